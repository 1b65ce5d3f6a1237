"""Typed numbers as Python reads them."""

import pytest

from mmlviz.core.python import array, literal
from mmlviz.maths.number import Number
from tests.matrices import rows


@pytest.mark.parametrize("text", ["1/2", "-03", "007", "00", "010/002", "1e-05", "1.", ".5", "01.50", "-0", "1e5/2.5"])
def test_a_literal_has_the_value_that_was_typed(text: str) -> None:
    number = Number(text)
    assert eval(literal(number)) == pytest.approx(float(number), rel=1e-15, abs=0)


def test_arrays_keep_what_was_typed() -> None:
    assert array(rows("1/2,-1;0,3/4")) == "np.array([[1/2, -1], [0, 3/4]], dtype=float)"
    assert array((Number("1/2"), Number("-03"))) == "np.array([1/2, -3], dtype=float)"
