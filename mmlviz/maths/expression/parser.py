"""Reads mathematics as a person types it. `readings.py` lists what was decided where it could be read in two ways.

A Pratt parser (Pratt, Top down operator precedence, POPL 1973) over a fixed list of names: nothing that is typed is
ever run as code, and length, depth and size of numbers are bounded before anything is computed.

    sum       = term { (+|−) term }
    term      = group { (·|/) group, or group behind a space }
    group     = { sign } power { power }        side by side without a space: binds closer than · and /
    power     = operand [ ^ exponent ]          2^3^2 = 2^(3^2), −x^2 = −(x^2)
    operand   = number, name, (sum), |sum|, √power, function [ ^ exponent ] argument
    argument  = (sum), or numbers, constants, variables and their powers up to the next sign or function
"""

from collections.abc import Sequence
from functools import lru_cache

from mmlviz.maths.expression.cursor import Cursor
from mmlviz.maths.expression.text import write
from mmlviz.maths.expression.tokens import Refused, Token, is_blank, quoted, shown, tokens
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
)
from mmlviz.maths.expression.vocabulary import FRACTIONS, FUNCTIONS
from mmlviz.maths.number import Problem

LONGEST = 1000  # characters

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ATOMS = {"number", "fraction", "constant", "variable"}  # kinds of tokens
_OPERANDS = _ATOMS | {"function", "root"}  # that begin an operand


@lru_cache(maxsize=256)
def read(text: str, variables: tuple[str, ...] = ("x",)) -> Expression | Problem:
    """The formula that was typed, with these variables; or what is wrong with it, and where.

    >>> read("2x sin x") == read("2·x·sin(x)")
    True
    >>> str(read("2 + sn(x)"))
    "the name 'sn' is not known; did you mean 'sin'?"
    """
    if len(text) > LONGEST:
        return Problem(LONGEST, len(text), f"{len(text)} characters are too many", f"at most {LONGEST} are read")
    if is_blank(text):
        return Problem(0, len(text), "nothing is typed here", "type a formula such as sin(x)" if variables else "")
    try:
        return _Reader(tokens(text, variables), text, variables).whole()
    except Refused as refused:
        return refused.problem


class _Reader(Cursor):
    """Reads the tokens from left to right."""

    # Sums and products --------------------------------------------------------------------------

    def whole(self) -> Expression:
        node = self.sum()
        if self.here.kind != "end":
            self.unexpected()
        return node

    def sum(self) -> Expression:
        first = self.here
        terms = [self.term()]
        while self.sees("+", "-"):
            is_minus, start = self.next().text == "-", self.here
            term = self.term()
            terms.append(self.made(Negative(term), start) if is_minus else term)
        return self.made(Sum(tuple(terms)), first) if len(terms) > 1 else terms[0]

    def term(self) -> Expression:
        """Products and quotients from left to right."""
        first, depth = self.here, self.depth
        sign = self.sign()
        factors = self.group()
        while True:
            if self.sees("/"):
                self.next()
                self.deeper()  # each one holds all that is left of it
                above = self.product(factors, first)
                factors = [self.made(Quotient(above, self.below()), first)]
            elif self.sees("*"):
                self.next()
                factors.extend(self.signed_factors())
            elif self.begins_operand():
                factors.extend(self.group())
            else:
                break
        self.depth = depth
        node = self.product(factors, first)
        return self.made(Negative(node), first) if sign else node

    def product(self, factors: list[Expression], first: Token) -> Expression:
        return self.made(Product(tuple(factors)), first) if len(factors) > 1 else factors[0]

    def sign(self) -> bool:
        """Whether an odd number of minus signs stands here; they and any + are passed over."""
        is_minus = False
        while self.sees("+", "-"):
            is_minus ^= self.next().text == "-"
        return is_minus

    def signed_factors(self) -> list[Expression]:
        first = self.here
        if not self.sees("+", "-"):
            return self.group()
        return [self.signed(first)]

    def below(self) -> Expression:
        """What is divided by: 1/2x is 1/(2x), but whether 1/2(x+1), 1/2x² or 2/3π is meant so nobody can tell."""
        first = self.here
        is_minus = self.sign()
        factors = self.group()
        if len(factors) > 1 and not _is_plain_product(factors):
            typed = quoted(self.text[first.start : self.tokens[self.at - 1].end])
            raise Refused(
                first.start, self.tokens[self.at - 1].end, f"it is not clear whether all of {typed} is below",
                "put what is below in brackets, or a space or · before what is not",
            )  # fmt: skip
        node = self.product(factors, first)
        return self.made(Negative(node), first) if is_minus else node

    def signed(self, first: Token) -> Expression:
        is_minus = self.sign()
        node = self.product(self.group(), first)
        return self.made(Negative(node), first) if is_minus else node

    def group(self) -> list[Expression]:
        """The factors that stand side by side without a space."""
        factors = [self.power()]
        while self.begins_operand() and not self.here.is_apart:
            factors.append(self.power())
        return factors

    def begins_operand(self) -> bool:
        """Whether a factor without a sign before it comes next; a number behind another factor is refused."""
        token = self.here
        if token.kind in ("number", "fraction"):
            self.number_behind()
        return token.kind in _OPERANDS or self.sees("(", "[", "{") or (self.sees("|") and self.bars == 0)

    # Powers and operands ------------------------------------------------------------------------

    def power(self) -> Expression:
        first = self.here
        return self.raised(self.operand(), first)

    def raised(self, base: Expression, first: Token) -> Expression:
        """The base with the exponent that stands behind it, if there is one."""
        exponent = self.exponent()
        return base if exponent is None else self.made(Power(base, exponent), first)

    def exponent(self) -> Expression | None:
        """What stands raised, or behind ^; None where neither is."""
        if self.here.kind == "raised":
            return self.small()
        if not self.sees("^"):
            return None
        self.next()
        self.deeper()
        first = self.here
        is_minus = self.sign()
        node = self.power()
        if self.tokens[self.at - 1].kind == "raised" and isinstance(node, Power) and isinstance(node.base, Literal):
            self.refuse("a second exponent stands here", "put brackets around what is raised", self.tokens[self.at - 1])
        self.depth -= 1
        return self.made(Negative(node), first) if is_minus else node

    def small(self) -> Expression:
        """Raised characters: x², x⁻¹."""
        node = self.apart("in this exponent")
        if self.sees("^") or self.here.kind == "raised":
            self.refuse("a second exponent stands here", "put brackets around what is raised")
        return node

    def apart(self, where: str) -> Expression:
        """A formula in raised or lowered characters."""
        token = self.next()
        try:
            inner = _Reader(tokens(token.text, self.variables), token.text, self.variables, self.depth)
            node = inner.whole()
        except Refused as refused:
            self.refuse(f"{where} {refused.problem.message}", refused.problem.suggestion, token)
        self.values.merge(inner.values)
        return node

    def operand(self) -> Expression:
        """A number, a name, brackets, bars, a root or a function with its argument."""
        token = self.here
        self.deeper()
        node = self.degrees(self.bare(token), token)
        self.depth -= 1
        return node

    def bare(self, token: Token) -> Expression:
        match token.kind:
            case "function":
                return self.function()
            case "root":
                return self.root(token)
        if self.sees("(", "[", "{"):
            return self.brackets()
        if self.sees("|"):
            return self.absolute()
        return self.atom(token)

    def atom(self, token: Token) -> Expression:
        if token.kind not in _ATOMS:
            self.unexpected()
        self.next()
        match token.kind:
            case "number":
                return self.made(Literal(token.text), token)
            case "constant":
                return self.made(Constant(token.text), token)
            case "variable":
                return self.made(Variable(token.text), token)
        above, below = (self.made(Literal(str(n)), token) for n in FRACTIONS[token.text])
        return self.made(Quotient(above, below), token)

    def root(self, token: Token) -> Expression:
        """√x, √-x, √(x+1): one factor with its power."""
        self.next()
        ahead = self.tokens[self.at : self.at + 3]
        if [each.text if each.kind == "sign" else each.kind for each in ahead] == ["[", "number", "]"]:
            self.refuse("a root with a number at it is not read so", "write cbrt(x), or x^(1/4)")
        first, is_bracket = self.here, self.sees("(", "{")
        is_minus = self.sign()
        node = self.power()
        if not is_bracket and not self.here.is_apart and self.begins_operand():
            typed = shown(self.text[token.start : self.tokens[self.at - 1].end])
            self.refuse("it is not clear how far the root reaches", f"write √(…), or {typed}·… with a point")
        node = self.made(Negative(node), first) if is_minus else node
        return self.made(Call(token.text, node), token)

    def degrees(self, node: Expression, first: Token) -> Expression:
        if not self.sees("°"):
            return node
        self.next()
        return self.made(Degrees(node), first)

    def brackets(self) -> Expression:
        opening = self.next()
        bars, self.bars = self.bars, 0
        if self.sees(_CLOSING[opening.text]):
            raise Refused(opening.start, self.here.end, "nothing stands in these brackets")
        node = self.sum()
        if not self.sees(_CLOSING[opening.text]):
            self.unclosed(opening, _CLOSING[opening.text])
        self.next()
        self.bars = bars
        return node

    def absolute(self) -> Expression:
        opening = self.next()
        self.bars += 1
        node = self.sum()
        if not self.sees("|"):
            self.unclosed(opening, "|")
        self.next()
        self.bars -= 1
        return self.made(Call("abs", node), opening)

    # Functions ----------------------------------------------------------------------------------

    def function(self) -> Expression:
        """A function with its argument: sin x, sin^2 x, sin^-1 x, log_2(x)."""
        token = self.next()
        self.number_glued(token)
        base = self.base(token)
        exponent = self.exponent()
        if _is_minus_one(exponent):
            if base is not None:
                low = write(base)
                self.refuse(f"{token.typed}^-1 can be read in two ways", f"write {low}^x or 1/log_{low}(x)", token)
            return self.made(Call(self.inverse(token), self.argument(token)), token)
        argument = self.argument(token)
        if base is not None:
            node: Expression = Logarithm(base, argument)
        else:
            node = Call(token.text, argument)
        node = self.made(node, token)
        return node if exponent is None else self.made(Power(node, exponent), token)

    def base(self, token: Token) -> Expression | None:
        """The base that stands below a logarithm."""
        if token.text == "lg":
            return self.made(Literal("10"), token)
        is_low = self.here.kind == "lowered"
        if not is_low and not self.sees("_"):
            return None
        if token.typed != "log":
            self.refuse("only log has a base below it", "write log_2(x)")
        if is_low:
            return self.apart("in this base")
        self.next()
        return self.operand()

    def inverse(self, token: Token) -> str:
        found = FUNCTIONS[token.text]
        if not found.inverse:
            said = token.typed
            self.refuse(f"{said}^-1 can be read in two ways", f"write {found.suggested}", token)
        return found.inverse

    def argument(self, function: Token) -> Expression:
        """In brackets, or without them up to the next sign or function."""
        if self.sees("(", "[", "{"):
            return self.brackets()
        first = self.here
        is_minus = self.sees("-") and not self.tokens[self.at + 1].is_apart
        if is_minus:
            self.next()
        if not (self.here.kind in _OPERANDS or (self.sees("|") and self.bars == 0)):
            said = function.typed
            self.refuse(f"'{said}' has no argument", f"write {said}(x)", function)
        factors = self.factors_of_argument()
        if self.sees("*") and all(isinstance(factor, Literal | Constant) for factor in factors):
            typed = shown(self.text[first.start : self.tokens[self.at - 1].end])
            said = function.typed
            self.refuse(
                "it is not clear whether this belongs to the argument", f"write {said}({typed}x) or {said}({typed})x"
            )
        node = self.product(factors, first)
        return self.made(Negative(node), first) if is_minus else node

    def factors_of_argument(self) -> list[Expression]:
        """sin 2x cos x ends its argument at cos, sin ln x after ln x."""
        if self.here.kind == "function":
            return [self.power()]
        factors = [self.power()]
        are_numbers = isinstance(factors[0], Literal | Constant)
        while self.begins_operand() and self.here.kind != "function":
            if self.sees("(", "[", "{", "|") and not are_numbers:
                self.refuse("it is not clear whether this belongs to the argument", "put the argument in brackets")
            factors.append(self.power())
            are_numbers = are_numbers and isinstance(factors[-1], Literal | Constant)
        return factors


def _is_plain_product(factors: Sequence[Expression]) -> bool:
    """Numbers and variables, no more: 2x, πx."""
    are_plain = all(isinstance(factor, Literal | Constant | Variable) for factor in factors)
    return are_plain and any(isinstance(factor, Variable) for factor in factors)


def _is_minus_one(exponent: Expression | None) -> bool:
    return exponent == Negative(Literal("1"))
