"""Constants in closed form: √2/2, e²/6, π/4 + ln 10, sums of fractions times products of powers of known constants.

A product is a set of pairs base, exponent. The bases are primes below a root, π, e to the power of a product, ln of a
fraction, cos of a sum, and values of other functions at fractions; sin K is −cos(K + π/2). What is equal is often,
not always, written in one way: a sum without terms is 0 for certain, another one may be.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache, reduce
from math import gcd
from typing import Any

Base = tuple[Any, ...]  # ("root", p), ("pi",), ("e", product), ("ln", q), ("cos", frozenset of a form), (function, q)
Monomial = frozenset[tuple[Base, Fraction]]
Form = dict[Monomial, Fraction]

ONE: Monomial = frozenset()
HALF = Fraction(1, 2)
PI: Monomial = frozenset({(("pi",), Fraction(1))})
LARGEST_FACTORED = 10**12
MOST_BITS = 4096  # of a fraction
MOST_TERMS = 50


class NotKnown(Exception):
    """There is no closed form by the rules that are tried."""


def fraction(x: Fraction | int) -> Form:
    """A fraction as a form."""
    return {ONE: Fraction(x)} if x else {}


def as_fraction(form: Form) -> Fraction | None:
    """The fraction that a form is; None where it has other terms."""
    if not form:
        return Fraction(0)
    return form.get(ONE) if len(form) == 1 else None


def scaled(form: Form, by: Fraction) -> Form:
    """by · form."""
    return {m: c * by for m, c in form.items()} if by else {}


def added(forms: Iterable[Form]) -> Form:
    """The sum of forms."""
    out: Form = {}
    for form in forms:
        for m, c in form.items():
            out[m] = out.get(m, Fraction(0)) + c
    return {m: c for m, c in out.items() if c}


def multiplied(a: Form, b: Form) -> Form:
    """The product of two forms. Raises NotKnown where it has too many terms."""
    if len(a) * len(b) > MOST_TERMS:
        raise NotKnown
    return added(scaled(product(m, n), c * d) for m, c in a.items() for n, d in b.items())


@lru_cache(maxsize=4096)
def monomial_power(m: Monomial, k: int) -> Form:
    """m^k for a product without cosines."""
    return powers({base: n * k for base, n in m})


@lru_cache(maxsize=4096)
def product(a: Monomial, b: Monomial) -> Form:
    """The product of two products of powers; two cosines become a sum, cos u cos v = (cos(u − v) + cos(u + v))/2."""
    if not a or not b:
        return {a or b: Fraction(1)}
    if _are_apart(a, b):
        return {a | b: Fraction(1)}
    exponents: dict[Base, Fraction] = {}
    waves = []
    for base, n in (*a, *b):
        if base[0] == "cos":
            waves.append(base)
        else:
            exponents[base] = exponents.get(base, Fraction(0)) + n
    out = powers(exponents)
    return _joined(out, _waves(waves)) if waves else out


def _are_apart(a: Monomial, b: Monomial) -> bool:
    """Whether no factor of one meets one of the other that it would be put together with."""
    kinds = {base[0] for base, _ in a} & {base[0] for base, _ in b}
    return not kinds or ("cos" not in kinds and {base for base, _ in a}.isdisjoint(base for base, _ in b))


def _joined(form: Form, waves: Form) -> Form:
    """The product of a form without cosines and one of cosines, or what they have become."""
    return added(
        {m | n: c * d} if _has_wave(n) else scaled(product(m, n), c * d)
        for m, c in form.items()
        for n, d in waves.items()
    )


def _has_wave(m: Monomial) -> bool:
    return any(base[0] == "cos" for base, _ in m)


def _waves(waves: list[Base]) -> Form:
    if len(waves) == 1:
        return {frozenset({(waves[0], Fraction(1))}): Fraction(1)}
    u, v = (dict(wave[1]) for wave in waves)
    both = (cosine(added((u, scaled(v, Fraction(-1))))), cosine(added((u, v))))
    return scaled(added(both), HALF)


def powers(exponents: dict[Base, Fraction]) -> Form:
    """A product of powers as a form: whole powers of primes are taken out of the roots."""
    scale, kept = Fraction(1), []
    for base, n in exponents.items():
        if base[0] == "root":
            whole = n.numerator // n.denominator
            scale *= _whole_power(base[1], whole)
            n -= whole
        if n:
            kept.append((base, n))
    return {frozenset(kept): scale}


def _whole_power(p: int, n: int) -> Fraction:
    if abs(n) * p.bit_length() > MOST_BITS:
        raise NotKnown
    return Fraction(p) ** n


@lru_cache(maxsize=1024)
def factors(n: int) -> tuple[tuple[int, int], ...]:
    """The primes of n ≥ 1 with their exponents. Raises NotKnown for large numbers."""
    if n > LARGEST_FACTORED:
        raise NotKnown
    from flint import fmpz

    return tuple((int(p), k) for p, k in fmpz(n).factor())


def _prime_powers(x: Fraction) -> list[tuple[int, int]]:
    return [*factors(x.numerator), *((p, -k) for p, k in factors(x.denominator))]


def single(form: Form) -> tuple[Monomial, Fraction]:
    """The one term of a form. Raises NotKnown where there are others."""
    if len(form) != 1:
        raise NotKnown
    return next(iter(form.items()))


def is_positive(m: Monomial) -> bool:
    """Whether a product is known to be positive: all bases but cosines are."""
    return not _has_wave(m)


def raised(form: Form, n: Fraction) -> Form:
    """form^n for a form of one term, positive where n is not whole."""
    m, c = single(form)
    if not is_positive(m) or (c < 0 and n.denominator > 1):
        raise NotKnown
    sign = -1 if c < 0 and n.numerator % 2 else 1
    if n.denominator == 1 and m == ONE:
        return {ONE: sign * Fraction(*_bounded(abs(c), int(n)))}
    exponents: dict[Base, Fraction] = {base: k * n for base, k in m}
    for p, k in _prime_powers(abs(c)):
        exponents[("root", p)] = exponents.get(("root", p), Fraction(0)) + k * n
    return scaled(powers(exponents), Fraction(sign))


def _bounded(x: Fraction, n: int) -> tuple[int, int]:
    if abs(n) * max(x.numerator.bit_length(), x.denominator.bit_length()) > MOST_BITS:
        raise NotKnown
    power = x**n
    return power.numerator, power.denominator


def exponential(form: Form) -> Form:
    """e^form: e^(q ln 2) is 2^q."""
    out = fraction(1)
    for m, c in form.items():
        base = next(iter(m))[0] if len(m) == 1 else ()
        is_logarithm = base[:1] == ("ln",) and (base, Fraction(1)) in m and base[1] != "pi"
        term = raised(fraction(base[1]), c) if is_logarithm else {frozenset({(("e", m), c)}): Fraction(1)}
        out = multiplied(out, term)
    return out


def logarithm(form: Form) -> Form:
    """ln of a form of one positive term."""
    m, c = single(form)
    if c <= 0:
        raise NotKnown
    return added([_ln_fraction(c), *(scaled(_ln_base(base), n) for base, n in m)])


def _ln_base(base: Base) -> Form:
    match base:
        case ("root", p):
            return _ln_fraction(Fraction(p))
        case ("e", m):
            return {m: Fraction(1)}
        case ("pi",):
            return {frozenset({(("ln", "pi"), Fraction(1))}): Fraction(1)}
    raise NotKnown


def _ln_fraction(x: Fraction) -> Form:
    """ln x, x > 0: that of a perfect power by its root, so ln 8 is 3 ln 2."""
    if x == 1:
        return {}
    found = _prime_powers(max(x, 1 / x))
    n = reduce(gcd, (abs(k) for _, k in found))
    root = Fraction(1)
    for p, k in found:
        root *= Fraction(p) ** (k // n)
    return {frozenset({(("ln", root), Fraction(1))}): Fraction(n if x > 1 else -n)}


# Sines ------------------------------------------------------------------------------------------


def sine(form: Form) -> Form:
    """sin of a form."""
    return cosine(added((form, {PI: -HALF})))


def cosine(form: Form) -> Form:
    """cos of a form: in roots for multiples of π/12, else a cosine whose part of a turn is in [0, π)."""
    rest = {m: c for m, c in form.items() if m != PI}
    turns = form.get(PI, Fraction(0))
    if rest and min(rest.items(), key=lambda term: _order(term[0]))[1] < 0:
        rest, turns = scaled(rest, Fraction(-1)), -turns
    sign = Fraction(-1 if turns % 2 >= 1 else 1)
    turns %= 1
    if not rest:
        return scaled(_of_turns(turns), sign)
    angle = rest | ({PI: turns} if turns else {})
    return {frozenset({(("cos", frozenset(angle.items())), Fraction(1))}): sign}


def _order(m: Monomial) -> str:
    return "" if not m else str(sorted(map(str, m)))


def root_of(n: int) -> Monomial:
    return frozenset((("root", p), HALF * k) for p, k in factors(n))


def _of_turns(turns: Fraction) -> Form:
    """cos(π turns) for 0 ≤ turns < 1."""
    if turns > HALF:
        return scaled(_of_turns(1 - turns), Fraction(-1))
    quarter = Fraction(1, 4)
    known: dict[Fraction, Form] = {
        Fraction(0): fraction(1),
        Fraction(1, 12): {root_of(6): quarter, root_of(2): quarter},
        Fraction(1, 6): {root_of(3): HALF},
        Fraction(1, 4): {root_of(2): HALF},
        Fraction(1, 3): fraction(HALF),
        Fraction(5, 12): {root_of(6): quarter, root_of(2): -quarter},
        HALF: {},
    }
    if turns in known:
        return known[turns]
    return {frozenset({(("cos", frozenset({(PI, turns)})), Fraction(1))}): Fraction(1)}
