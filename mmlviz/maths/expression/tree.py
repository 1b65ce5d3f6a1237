"""Typed mathematics as a small frozen tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Expression:
    """A part of a formula. Two are equal when they are read the same way and their numbers are typed the same."""


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A number from 0 on, as typed: 2, .5, 1e-3."""

    text: str


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """pi or e."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    """x, or another name that the reader was told."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    """−part."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """Two or more terms; what is subtracted is a Negative. Not nested for a + b + c: depth stays for brackets."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """Two or more factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient(Expression):
    """above / below."""

    above: Expression
    below: Expression


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """base ^ exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class Degrees(Expression):
    """part · π/180."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of one argument, by its one name in `vocabulary.FUNCTIONS`."""

    function: str
    argument: Expression


@dataclass(frozen=True, slots=True)
class Logarithm(Expression):
    """The logarithm of the argument to a base that was given."""

    base: Expression
    argument: Expression


def parts(node: Expression) -> Iterator[Expression]:
    """The expressions that a node is made of, from left to right."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Expression):
            yield value
        elif isinstance(value, tuple):
            yield from value


def rebuilt(node: Expression, new: Iterable[Expression]) -> Expression:
    """The node made of other parts, as many and in the same order."""
    left = iter(new)
    values: dict[str, object] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Expression):
            values[field.name] = next(left)
        elif isinstance(value, tuple):
            values[field.name] = tuple(next(left) for _ in value)
    return replace(node, **values)


def renamed(node: Expression, old: str, new: str) -> Expression:
    """The node with one variable under another name."""
    if isinstance(node, Variable):
        return Variable(new) if node.name == old else node
    return rebuilt(node, [renamed(part, old, new) for part in parts(node)])


def nodes(node: Expression) -> Iterator[Expression]:
    """The node and all that it is made of."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(parts(node))


@lru_cache(maxsize=256)
def variables(node: Expression) -> frozenset[str]:
    """The names of the variables that occur."""
    return frozenset(each.name for each in nodes(node) if isinstance(each, Variable))


def is_written_whole(node: Expression) -> bool:
    """Whether every number in it is typed without point and power of ten: 1/3 is, 0.2 is not."""
    return all(each.text.isdigit() for each in nodes(node) if isinstance(each, Literal))
