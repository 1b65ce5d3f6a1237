"""Typed numbers as Python writes them, for recipes."""

from typing import Any

from mmlviz.maths.number import Number


def literal(number: Number) -> str:
    """The number as typed, in digits and names that Python reads: 1/3 stays 1/3, 007 becomes 7.

    >>> literal(Number("-007/2")), literal(Number(".5")), literal(Number("00")), literal(Number("√2/2"))
    ('-7/2', '.5', '0', 'np.sqrt(2) / 2')
    """
    if not number.is_plain:
        from mmlviz.maths.expression import formula  # loaded with the first number that needs it
        from mmlviz.maths.expression.python import source

        return source(formula(number))
    above, slash, below = number.text.partition("/")
    return _digits(above) + slash + _digits(below)


def _digits(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    digits = text.lstrip("+-")
    return sign + (digits.lstrip("0") or "0") if digits.isdigit() else text


def array(value: Any) -> str:
    """A vector or a matrix as np.array([[3/2, 1/2], [-1/2, 5/4]], dtype=float)."""
    return f"np.array({_nested(value)}, dtype=float)"


def _nested(value: Any) -> str:
    return literal(value) if isinstance(value, Number) else f"[{', '.join(map(_nested, value))}]"
