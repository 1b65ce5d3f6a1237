"""Pictures from files. The core has no decoder; whoever has one hands it down when the program starts."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (h, w, 3) or (h, w, 4), row 0 at the top
Loader = Callable[[str], "Pixels | str"]


def _none(path: str) -> str:
    return "No picture can be opened here."


class _Decoder:
    """Holds the one loader of this process."""

    load: Loader = staticmethod(_none)


def use(loader: Loader) -> None:
    """From now on pictures are loaded in this way: path, empty for the built-in one → pixels, or a sentence."""
    _Decoder.load = staticmethod(loader)


def load(path: str) -> Pixels | str:
    """The pixels of a file, the same array as long as the file is the same; or a sentence that says why not."""
    return _Decoder.load(path)
