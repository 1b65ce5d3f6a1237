"""What was decided where a typed formula could be read in two ways. This is the help page, and a test holds to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """One text, and how it is read: fully bracketed, or refused where read is "" (then `instead` says what to type)."""

    typed: str
    read: str
    why: str
    instead: tuple[str, ...] = ()


DECISIONS: tuple[Decision, ...] = (
    # Signs and powers
    Decision("-x^2", "-(x^2)", "a power binds closer than a sign"),
    Decision("2^3^2", "2^(3^2)", "powers are taken from the top down"),
    Decision("2^-x", "2^(-x)", "a sign may stand in an exponent"),
    Decision("e^-x^2", "e^(-(x^2))", "so e^-x^2 is the bell curve"),
    Decision("e^2x", "(e^2)*x", "only the number or name next to ^ is raised"),
    Decision("x^1/2", "(x^1)/2", "the same; a root is √x or x^(1/2)"),
    Decision("x²³", "x^23", "raised figures are one number"),
    Decision("x**2", "x^2", "as in Python"),
    Decision("x--2", "x - (-2)", "a second sign belongs to the number"),
    # Products
    Decision("2x", "2*x", "side by side is multiplied"),
    Decision("xy", "x*y", "also for names"),
    Decision("3x(x+1)", "3*x*(x + 1)", "only a function takes what is in brackets behind it"),
    Decision("xsinx", "x*sin(x)", "a word is split into the longest names that are known"),
    Decision("1/2x", "1/(2*x)", "without a space a product is read before the division, as it is printed in books"),
    Decision("1/2 x", "(1/2)*x", "a space sets it apart"),
    Decision("x/2 sin x", "(x/2)*sin(x)", "the same"),
    Decision("8/4/2", "(8/4)/2", "divisions go from left to right"),
    Decision("2e3", "2e3", "a power of ten, as on calculators; 2·e·3 needs its signs"),
    Decision("2e^x", "2*(e^x)", "no figures follow the e, so it is the number e"),
    # Functions without brackets
    Decision("sin 2x cos x", "sin(2*x)*cos(x)", "the argument ends where the next function begins"),
    Decision("sin x/2", "sin(x)/2", "the argument ends at a sign; half the angle is sin(x/2)"),
    Decision("sin x + 1", "sin(x) + 1", "the same"),
    Decision("sin x^2", "sin(x^2)", "the power belongs to the x it stands at"),
    Decision("sin(x)^2", "sin(x)^2", "behind the brackets it belongs to the sine"),
    Decision("sin(x)x", "sin(x)*x", "the argument ends with its brackets"),
    Decision("sin 2(x+1)", "sin(2*(x + 1))", "a number takes the brackets along"),
    Decision("sin ln x", "sin(ln(x))", "a function of a function"),
    Decision("sin -x", "sin(-x)", "a sign that stands at the argument belongs to it"),
    Decision("√x^2", "sqrt(x^2)", "the root sign covers one factor, with its power"),
    Decision("√2 x", "sqrt(2)*x", "a space ends it"),
    Decision("sqrt 2x", "sqrt(2*x)", "the word is a function as sin is"),
    # Powers of functions
    Decision("sin^2 x", "sin(x)^2", "a power of the value"),
    Decision("sin^-1 x", "arcsin(x)", "−1 at a function is its inverse; 1/sin x is csc x"),
    Decision("sin^-2 x", "sin(x)^(-2)", "every other exponent is a power"),
    # Names
    Decision("log x", "ln(x)", "the natural logarithm, as in mathematics and in numpy"),
    Decision("log_2(x)", "log_2(x)", "another base stands below"),
    Decision("lg x", "log_10(x)", "the decimal logarithm"),
    Decision("atan x", "arctan(x)", "the spellings of computers are read, too"),
    Decision("30°", "30°", "the sign makes degrees of it: π/6"),
    Decision("||x|-1|", "abs(abs(x) - 1)", "a bar opens where a number could stand, and closes where none could"),
    Decision("|x||y|", "abs(x)*abs(y)", "the same"),
    # Roots of negative numbers
    Decision("x^(1/3)", "x^(1/3)", "at −8 it is −2: a fraction with an odd denominator takes real roots"),
    Decision("x^0.2", "x^0.2", "for x ≥ 0 only: 0.2 may be rounded"),
    # Refused: a wrong guess would be worse
    Decision("1,000", "", "1 or 1000?", ("1000", "1.5")),
    Decision("x2", "", "x² or 2x?", ("x^2", "2x")),
    Decision("2 3", "", "a product, or a sign that got lost?", ("2·3",)),
    Decision("2½", "", "2.5 or 1?", ("2.5", "2·½")),
    Decision("1/2(x+1)", "", "is the bracket below?", ("1/2 (x+1)", "1/(2(x+1))")),
    Decision("1/2x²", "", "is the power below?", ("1/2 x²", "1/(2x²)")),
    Decision("2/3π", "", "two thirds of π, or 2 over 3π?", ("2/3 π", "2/(3π)")),
    Decision("√2x", "", "√2·x or √(2x)?", ("√2·x", "√(2x)")),
    Decision("sin 2·x", "", "sin 2x or x sin 2?", ("sin(2x)", "sin(2)x")),
    Decision("sine(x)", "", "sin x, or sin of e·x?", ("sin(x)", "sin(e x)")),
    Decision("sin x(x+1)", "", "does the bracket belong to the argument?", ("sin(x)(x+1)", "sin(x(x+1))")),
    Decision("log2(x)", "", "to base 2, or of 2x?", ("log_2(x)", "log(2x)")),
    Decision("sin2(x)", "", "sin²x or sin 2x?", ("sin^2(x)", "sin(2x)")),
    Decision("ln^-1 x", "", "its inverse or 1/ln x?", ("exp(x)", "1/ln(x)")),
    Decision("x²^3", "", "(x²)³ or x^(2³)?", ("(x^2)^3", "x^(2^3)")),
)  # fmt: skip
