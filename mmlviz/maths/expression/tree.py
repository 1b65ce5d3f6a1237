"""Typed mathematics as a small frozen tree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import is_


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A part of a formula. Two are equal when they are read the same way and their numbers are typed the same.

    What each part is asked for again and again is found once, when it is made: a derivative of a tower holds the same
    parts in many places, and walking it anew takes twice as long with every storey. size is the number of parts, of
    those that stand in several places each time; names are those of its variables.
    """

    size: int = field(init=False, repr=False)
    names: frozenset[str] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        inner = parts(self)
        own: tuple[str, ...] = (self.name,) if isinstance(self, Variable) else ()
        object.__setattr__(self, "size", 1 + sum([part.size for part in inner]))
        object.__setattr__(self, "names", frozenset(own).union(*[part.names for part in inner]))
        object.__setattr__(self, "_hash", hash((type(self), *self._values())))

    def _values(self) -> tuple[object, ...]:
        """What it is made of, texts and parts."""
        fields: tuple[str, ...] = self.__match_args__
        return tuple([getattr(self, field) for field in fields])

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Expression) or type(self) is not type(other) or self._hash != other._hash:
            return False
        return self._values() == other._values()


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Expression):
    """A number from 0 on, as typed: 2, .5, 1e-3."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Expression):
    """pi or e."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Variable(Expression):
    """x, or another name that the reader was told."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Negative(Expression):
    """−part."""

    part: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Expression):
    """Two or more terms; what is subtracted is a Negative. Not nested for a + b + c: depth stays for brackets."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Product(Expression):
    """Two or more factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Quotient(Expression):
    """above / below."""

    above: Expression
    below: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Power(Expression):
    """base ^ exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Degrees(Expression):
    """part · π/180."""

    part: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Call(Expression):
    """A function of one argument, by its one name in `vocabulary.FUNCTIONS`."""

    function: str
    argument: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Logarithm(Expression):
    """The logarithm of the argument to a base that was given."""

    base: Expression
    argument: Expression


_PARTS: dict[type, Callable[..., tuple[Expression, ...]]] = {
    Literal: lambda node: (),
    Constant: lambda node: (),
    Variable: lambda node: (),
    Negative: lambda node: (node.part,),
    Sum: lambda node: node.terms,
    Product: lambda node: node.factors,
    Quotient: lambda node: (node.above, node.below),
    Power: lambda node: (node.base, node.exponent),
    Degrees: lambda node: (node.part,),
    Call: lambda node: (node.argument,),
    Logarithm: lambda node: (node.base, node.argument),
}


def parts(node: Expression) -> tuple[Expression, ...]:
    """The expressions that a node is made of, from left to right."""
    return _PARTS[type(node)](node)


E = Constant("e")


def rebuilt(node: Expression, new: Iterable[Expression]) -> Expression:
    """The node made of other parts, as many and in the same order; itself where all are the same objects."""
    inner = tuple(new)
    if all(map(is_, inner, parts(node))):
        return node
    match node:
        case Sum():
            return Sum(inner)
        case Product():
            return Product(inner)
        case Call(function):
            return Call(function, *inner)
    return type(node)(*inner)


def renamed(node: Expression, old: str, new: str) -> Expression:
    """The node with one variable under another name."""
    if isinstance(node, Variable):
        return Variable(new) if node.name == old else node
    return rebuilt(node, [renamed(part, old, new) for part in parts(node)])


def nodes(node: Expression) -> Iterator[Expression]:
    """The node and all that it is made of; what stands in several places each time."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(parts(node))


def variables(node: Expression) -> frozenset[str]:
    """The names of the variables that occur."""
    return node.names


def is_written_whole(node: Expression) -> bool:
    """Whether every number in it is typed without point and power of ten: 1/3 is, 0.2 is not."""
    return all(each.text.isdigit() for each in nodes(node) if isinstance(each, Literal))
