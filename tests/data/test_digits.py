"""The digits that are shipped are scikit-learn's, bit for bit, and their licence goes with them."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from mmlviz.data import resource
from mmlviz.data.digits import COUNT, SIDE, digits


def test_every_pixel_and_label_is_scikit_learns() -> None:
    wanted, found = load_digits(), digits()
    assert np.array_equal(found.X, wanted.data / 16)
    assert np.array_equal(found.labels, wanted.target)
    assert np.array_equal(found.X.reshape(COUNT, SIDE, SIDE), wanted.images / 16)
    assert found.X.dtype == np.float64


def test_pixels_go_from_paper_to_ink() -> None:
    X = digits().X
    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0, 1)
    assert np.array_equal(X * 16, np.round(X * 16))


def test_the_classes_are_those_of_the_original_description() -> None:
    """UCI's description lists how often each digit occurs in the test part."""
    assert np.bincount(digits().labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_one_read_only_copy_serves_all() -> None:
    found = digits()
    assert found is digits()
    for array in (found.X, found.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_file_is_small_and_its_licence_travels_with_it() -> None:
    assert resource("data/digits.npz").stat().st_size < 100_000
    notice = resource("data/digits.LICENSE.txt").read_text(encoding="utf-8")
    for named in ("E. Alpaydin", "C. Kaynak", "10.24432/C50P49", "creativecommons.org/licenses/by/4.0", "Changes"):
        assert named in notice
    assert resource("data/LICENSE-CC-BY-4.0.txt").name in notice
    code = resource("data/LICENSE-CC-BY-4.0.txt").read_text(encoding="utf-8")
    for section in range(1, 9):
        assert f"\nSection {section} -- " in code
