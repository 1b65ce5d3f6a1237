"""Products of matrices as a small frozen tree. Numbers in it are trees of maths.expression without variables."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mmlviz.maths.expression.tree import Expression

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # I is the identity

Vector = tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a product. Two are equal when they are read the same way, wherever they stand.

    at: the characters from and up to which it was typed.
    """

    at: tuple[int, int] = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A matrix by its letter."""

    letter: str


@dataclass(frozen=True, slots=True)
class Identity(Node):
    """I, of the size that fits."""


@dataclass(frozen=True, slots=True)
class Scalar(Node):
    """A number as a factor. Never two side by side in a product, and never alone."""

    number: Expression


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """A matrix written out: rows of numbers, all of the same length."""

    rows: tuple[Vector, ...]


@dataclass(frozen=True, slots=True)
class Maker(Node):
    """A matrix by what it does: its name in `makers.MAKERS`, numbers and vectors; angles are in radians."""

    name: str
    arguments: tuple[Expression | Vector, ...]


@dataclass(frozen=True, slots=True)
class Power(Node):
    """base ^ exponent."""

    base: Node
    exponent: int


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """baseᵀ."""

    base: Node


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Two or more factors, the last of which acts first. −A is the product of −1 and A."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Two or more terms; what is subtracted begins with a negative number."""

    terms: tuple[Node, ...]


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of, from left to right."""
    match node:
        case Product(parts) | Sum(parts):
            return parts
        case Power(base) | Transpose(base):
            return (base,)
    return ()


def nodes(node: Node) -> Iterator[Node]:
    """The node and all that it is made of, from left to right."""
    yield node
    for part in parts(node):
        yield from nodes(part)


def letters(node: Node) -> tuple[str, ...]:
    """The letters that stand in it, each once, from left to right."""
    return tuple(dict.fromkeys(each.letter for each in nodes(node) if isinstance(each, Name)))
