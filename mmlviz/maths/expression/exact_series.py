"""Power series whose coefficients are closed forms: fractions times products of known constants, by product.

t^shift · Σ m · s_m(t) over products m of constants, s_m a series of fractions (flint.fmpq_series). How many terms are
worked with is flint's ctx.cap, set by whoever calls. NotKnown is raised where no rule gives the series.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mmlviz.maths.expression.closed_form import (
    MOST_TERMS,
    ONE,
    Form,
    Monomial,
    NotKnown,
    is_positive,
    monomial_power,
    product,
    raised,
    single,
)

MOST_PAIRS = 60  # of products that are multiplied with each other
MOST_PAIR_BITS = 30_000  # of these products together
MOST_COMPOSED = 2  # terms of a polynomial that is put into a series
MOST_BITS = 12_000  # of a coefficient


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """t^shift · Σ m · s_m(t); shift ≤ 0, and below 0 only at a pole."""

    parts: dict[Monomial, Any]
    shift: int = 0

    def __add__(self, other: "Exact") -> "Exact":
        low = min(self.shift, other.shift)
        return settled(total([risen(self, self.shift - low), risen(other, other.shift - low)], low))

    def __neg__(self) -> "Exact":
        return Exact({m: -s for m, s in self.parts.items()}, self.shift)

    def __sub__(self, other: "Exact") -> "Exact":
        return self + -other

    def __mul__(self, other: "Exact") -> "Exact":
        pairs = len(self.parts) * len(other.parts)
        bits = max(map(_bits, (*self.parts.values(), *other.parts.values())), default=0)
        if pairs > MOST_PAIRS or pairs * bits > MOST_PAIR_BITS:
            raise NotKnown
        found = [
            {k: s * u * _fmpq(c) for k, c in product(m, n).items()}
            for m, s in self.parts.items()
            for n, u in other.parts.items()
        ]
        return settled(total([Exact(parts) for parts in found], self.shift + other.shift))

    def __truediv__(self, other: "Exact") -> "Exact":
        return self * inverse(other)


def constant(form: Form) -> Exact:
    """A constant as a series."""
    from flint import fmpq_series

    return Exact({m: fmpq_series([_fmpq(c)]) for m, c in form.items()})


def line(form: Form, slope: Fraction) -> Exact:
    """form + slope · t."""
    from flint import fmpq_series

    start = constant(form)
    return start if not slope else start + Exact({ONE: fmpq_series([0, _fmpq(slope)])})


def _fmpq(c: Fraction) -> Any:
    from flint import fmpq

    return fmpq(c.numerator, c.denominator)


def as_fraction(c: Any) -> Fraction:
    """A flint.fmpq as a fraction."""
    return Fraction(int(c.p), int(c.q))


def total(terms: Iterable[Exact], shift: int) -> Exact:
    """t^shift times the sum of series, whose own shifts are left out.

    What is 0 as far as it is known stays where that is not as far as the rest: it says where knowledge ends.
    """
    from flint import ctx

    out: dict[Monomial, Any] = {}
    for term in terms:
        for m, s in term.parts.items():
            out[m] = out[m] + s if m in out else s
    kept = {m: s for m, s in out.items() if s.length() or s.prec < ctx.cap}
    if len(kept) > MOST_TERMS or any(_bits(s) > MOST_BITS for s in kept.values()):
        raise NotKnown
    return Exact(kept, shift)


def _bits(s: Any) -> int:
    """Of the largest number above the common denominator, or of that."""
    if not s.length():
        return 0
    last = s.length() - 1
    middle = s.p[last // 2]
    return max(int(s.q.bit_length()), *(int(abs(c).bit_length()) for c in (s.p[0], middle, s.p[last])))


def terms_known(series: Exact, cap: int) -> int:
    """How many coefficients from that of t^shift on are known."""
    return min((s.prec for s in series.parts.values()), default=cap)


def risen(series: Exact, k: int) -> Exact:
    """t^k times the series, its shift left as it is."""
    return Exact({m: _raised(s, k) for m, s in series.parts.items()}, series.shift) if k else series


def _raised(s: Any, k: int) -> Any:
    from flint import ctx, fmpq_series

    return fmpq_series([0] * k + s.coeffs(), prec=min(ctx.cap, s.prec + k))


def lowered(s: Any, k: int) -> Any:
    """s / t^k for a series that begins with k zeros."""
    return type(s)(s.coeffs()[k:], prec=max(0, s.prec - k)) if k else s


def valuation(series: Exact) -> int:
    """How many coefficients from that of t^shift on are 0; −1 for a sum without terms, which is 0."""
    return min((s.valuation() if s.length() else s.prec for s in series.parts.values()), default=-1)


def settled(series: Exact) -> Exact:
    """The same with a shift of 0 wherever it has no pole."""
    if series.shift > 0:
        return Exact(risen(series, series.shift).parts)
    k = min(-series.shift, valuation(series))
    if k == -1:
        return Exact({})
    return Exact({m: lowered(s, k) for m, s in series.parts.items()}, series.shift + k) if k else series


def begins(series: Exact) -> Form:
    """The coefficient of t⁰ of a series without pole."""
    return coefficient(series, 0)


def coefficient(series: Exact, k: int) -> Form:
    """The coefficient of t^k of a series without pole."""
    return {m: as_fraction(s[k]) for m, s in series.parts.items() if s[k]}


def regular(series: Exact) -> Exact:
    """The series itself. Raises NotKnown where it has a pole, and where leading zeros left no term."""
    if series.shift < 0 or terms_known(series, 1) < 1:
        raise NotKnown
    return series


def leading(series: Exact) -> tuple[int, Monomial, Any]:
    """(k, m, s) with series = t^k · m · s(t) and s(0) ≠ 0. Raises NotKnown unless all is a multiple of one product."""
    if len(series.parts) != 1:
        raise NotKnown
    m, s = next(iter(series.parts.items()))
    k = s.valuation()
    if k < 0:
        raise NotKnown
    return series.shift + k, m, lowered(s, k)


def near_one(series: Exact) -> tuple[Form, Monomial, Any]:
    """(c, m, s) with series = c (1 + m · s(t)), s(0) = 0. Raises NotKnown where there are more parts."""
    first = begins(regular(series))
    by = raised(first, Fraction(-1))
    rest = (series - constant(first)) * constant(by)
    if len(rest.parts) != 1:
        raise NotKnown
    m, s = next(iter(rest.parts.items()))
    return first, m, s


def composed(m: Monomial, s: Any, coefficients: Iterable[Fraction]) -> Exact:
    """a₀ + a₁(m s) + a₂(m s)² + … for an s with s(0) = 0."""
    from flint import fmpq_series

    if not is_positive(m) or sum(1 for c in s.coeffs() if c) > MOST_COMPOSED:
        raise NotKnown
    out, size = [], fmpq_series([1])
    for k, c in enumerate(coefficients):
        if not size.length():
            break
        if c:
            out.append(Exact({n: size * _fmpq(c * d) for n, d in monomial_power(m, k).items()}))
        size = size * s
    return total(out, 0)


def binomials(n: Fraction) -> Iterator[Fraction]:
    """1, n, n(n − 1)/2, … the coefficients of (1 + w)^n."""
    c, k = Fraction(1), 0
    while True:
        yield c
        c = c * (n - k) / (k + 1)
        k += 1


def inverse(series: Exact) -> Exact:
    """1 / series."""
    if len(series.parts) == 2:
        try:
            first, m, s = near_one(series)
        except NotKnown:
            return _by_conjugate(series)
        return composed(m, s, binomials(Fraction(-1))) * constant(raised(first, Fraction(-1)))
    k, m, s = leading(series)
    n, c = single(raised({m: Fraction(1)}, Fraction(-1)))
    return settled(Exact({n: 1 / s * _fmpq(c)}, -k))


def _by_conjugate(series: Exact) -> Exact:
    """1/(u + v) = (u − v)/(u² − v²) where that has one product only, as of 1 + √2 t."""
    (m, s), (n, u) = series.parts.items()
    if len(product(m, m)) > 1 or product(m, m).keys() != product(n, n).keys():
        raise NotKnown
    other = Exact({m: s, n: -u}, series.shift)
    return other * inverse(series * other)


def whole_power(series: Exact, n: int) -> Exact:
    """series^n for n ≥ 0, by squaring."""
    if n > 10_000:
        raise NotKnown
    out, square = constant({ONE: Fraction(1)}), series
    while n:
        if n % 2:
            out = out * square
        n //= 2
        if n:
            square = square * square
    return out


def derivative(series: Exact) -> Exact:
    """The derivative of a series without pole."""
    return Exact({m: s.derivative() for m, s in regular(series).parts.items()})


def integral(series: Exact) -> Exact:
    """The integral from the centre on of a series without pole."""
    return Exact({m: s.integral() for m, s in regular(series).parts.items()})
