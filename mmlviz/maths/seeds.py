"""Random numbers out of a word: the same on every machine, for ever.

A seed is text that one can say aloud. SHAKE-256 (FIPS 202) turns it into as many bytes as are wanted; unlike
the streams of numpy or of the standard library it is a standard that no new version may change.
"""

from hashlib import shake_256

import numpy as np

from mmlviz.maths.matrix2 import Array

SPARE = 11  # bits of a 64-bit word beyond the 53 that a float in [0, 1) holds exactly


def stream(word: str, count: int) -> Array:
    """The first count uniform numbers (count,) in [0, 1) of a word: multiples of 2⁻⁵³, all equally likely.

    Number k is made of bytes 8k to 8k + 7 of SHAKE-256 of the word in UTF-8, little-endian, so a longer
    stream only continues a shorter one.
    """
    if count < 0:
        raise ValueError(f"a stream of {count} numbers; at least 0 are expected")
    # A half of a surrogate pair, as a broken command line holds it, is a seed as good as any.
    digest = shake_256(word.encode("utf-8", "surrogatepass")).digest(8 * count)
    whole = np.frombuffer(digest, dtype="<u8") >> np.uint64(SPARE)
    return whole.astype(np.float64) * 2.0**-53


def normals(word: str, count: int) -> Array:
    """The first count standard normal numbers (count,) of a word.

    Numbers 2k and 2k + 1 of the stream make normal numbers 2k and 2k + 1: √(−2 ln(1 − u)) (cos 2πv, sin 2πv)
    (Box and Muller, A note on the generation of random normal deviates, 1958). 1 − u is never 0.
    """
    uniform = stream(word, count + count % 2)
    radius, angle = np.sqrt(-2 * np.log1p(-uniform[0::2])), 2 * np.pi * uniform[1::2]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel()[:count]
