"""1,797 real images of handwritten digits, 8×8 pixels each.

The test part of "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak (1998, UCI Machine
Learning Repository, doi 10.24432/C50P49); licence in resources/data/digits.LICENSE.txt.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mmlviz.data import resource
from mmlviz.maths.matrix2 import Array

COUNT, SIDE = 1797, 8  # images, and the pixels along a side of one
INK = 16  # a pixel counts the inked ones of a 4×4 block of the scan


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """X (1797, 64) from 0 (paper) to 1 (ink), an image a row, itself row by row from the top left; labels (1797,)."""

    X: Array
    labels: NDArray[np.int64]


@lru_cache(maxsize=1)
def digits() -> Digits:
    """All the images with what they show, 0 to 9, in the order of the original file. The arrays are read-only."""
    with np.load(resource("data/digits.npz")) as file:
        X, labels = file["images"] / INK, file["labels"].astype(np.int64)
    X.flags.writeable = labels.flags.writeable = False
    return Digits(X, labels)
