"""Which of the cases this is, and what becomes of v."""

from math import atan2, degrees

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.lab import Reading
from mmlviz.core.words import degrees as degrees_text
from mmlviz.core.words import equals, is_exact, show
from mmlviz.maths import spectrum as sp
from mmlviz.maths.matrix2 import is_close
from mmlviz.models.eigen import Result, State


def tell(state: State, result: Result) -> Reading:
    """The product, the characteristic polynomial and its roots; which of the cases this is."""
    spectrum = result.spectrum
    first, second = spectrum.eigenvalues
    return Reading(
        formulas=(
            planar.product_node(state, result.image),
            _roots_node(spectrum),
            _polynomial_node(spectrum),
        ),
        values={
            "eigenvalues": [[first.real, first.imag], [second.real, second.imag]],
            "eigenvectors": spectrum.vectors.tolist(),
            "kind": spectrum.kind,
            "characteristic_polynomial": [1.0, -float(spectrum.trace) + 0.0, float(spectrum.determinant)],
            "discriminant": float(spectrum.discriminant),
            "image": result.image.tolist(),
            "angle": result.angle,
            "ratio": result.ratio,
        },
        sentence=f"{_case(spectrum)} {_trial(result)}".strip(),
        readout={
            "trace": show(spectrum.trace),
            "det": show(spectrum.determinant),
            "(tr/2)² − det": show(spectrum.discriminant),
            "angle from v to Av": "undefined" if result.angle is None else degrees_text(round(result.angle, 2)),
            "|Av| / |v|": "undefined" if result.ratio is None else show(result.ratio),
        },
        warnings=("v is the zero vector: it lies on every line, and is no eigenvector.",) if not result.v.any() else (),
    )


def _polynomial_node(spectrum: sp.Spectrum) -> f.Node:
    lam = f.Symbol("λ")
    square = f.Power(lam, f.Text("2"))
    trace, det = spectrum.trace, spectrum.determinant
    parts: list[f.Node | str] = [f.Text("det"), "(", f.Symbol("A"), "−", lam, f.Symbol("I"), ")", "=", square]
    if trace != 0:
        parts += ["−" if trace > 0 else "+", *([f.number(abs(trace))] if abs(trace) != 1 else []), lam]
    if det != 0:
        parts += ["−" if det < 0 else "+", f.number(abs(det))]
    if not (is_exact(trace) and is_exact(det)):
        parts[7] = "≈"
    return f.row(*parts)


def _roots_node(spectrum: sp.Spectrum) -> f.Node:
    """λ₁, λ₂ with as many digits as tell them apart."""
    lam = f.Symbol("λ")
    if spectrum.discriminant == 0:
        root = spectrum.trace / 2
        return f.row(lam, "=" if is_exact(root) else "≈", f.Coloured("special", f.number(root)))
    if spectrum.is_complex:
        return f.row(lam, *_complex_roots(spectrum))
    digits = telling(spectrum)
    roots = spectrum.rational or tuple(z.real for z in spectrum.pair)
    exact = spectrum.rational is not None and all(is_exact(x, digits) for x in roots)
    both = f.row(f.number(roots[0], digits), ",", f.number(roots[1], digits))
    return f.row(lam, "=" if exact else "≈", f.Coloured("special", both))


def telling(spectrum: sp.Spectrum) -> int:
    """How many digits tell the two real eigenvalues apart: 4, or more."""
    one, other = spectrum.rational or tuple(z.real for z in spectrum.pair)
    return next((d for d in range(4, 15) if show(one, d) != show(other, d)), 4)


def _complex_roots(spectrum: sp.Spectrum) -> tuple[f.Node, f.Node]:
    """'= 1/2 ± i' for the pair tr/2 ± √−Δ i."""
    half = spectrum.trace / 2
    height = spectrum.root if spectrum.root is not None else spectrum.pair[0].imag
    exact = spectrum.root is not None and is_exact(half) and is_exact(height)
    parts = [] if half == 0 else [f.number(half)]
    factor = [] if height == 1 else [f.number(height)]
    return f.EQUALS if exact else f.ABOUT, f.Coloured("special", f.row(*parts, "±", *factor, f.Symbol("i")))


def _case(spectrum: sp.Spectrum) -> str:
    first, second = (z.real for z in spectrum.eigenvalues)
    match spectrum.kind:
        case "whole plane":
            what = {1.0: "the identity", 0.0: "zero", -1.0: "−I"}.get(first, f"{show(first)} times the identity")
            return f"Every vector but 0 is an eigenvector: A is {what}."
        case "defective":
            gone = " A² = 0." if spectrum.determinant == 0 and spectrum.trace == 0 else ""
            value = equals(spectrum.trace / 2)
            return f"Defective: λ {value} counts twice but has only one eigenline, so no eigenbasis.{gone}"
        case "zero eigenvalue":
            return "λ = 0: the dashed eigenline is sent to 0, and A is singular."
        case "opposite eigenvalues":
            size = show(abs(first))
            return f"The eigenvalues are ±{size}: equal moduli, so neither line wins when A is repeated."
        case "negative eigenvalue":
            if first < 0 and second < 0:
                return "Both eigenvalues are negative: vectors on either eigenline turn round to the other side."
            value = root_text(min(first, second), spectrum)
            return f"λ {value} is negative: vectors on that eigenline turn round to the other side."
        case "complex pair":
            z = spectrum.pair[0]
            turn = degrees_text(round(degrees(atan2(z.imag, z.real)), 2))
            if is_close(abs(z), 1):
                return f"No real eigenvector: each step goes {turn} round the dashed ellipse, and Aⁿv stays on it."
            size = show(abs(z))
            return f"No real eigenvector: each step goes {turn} round the dashed ellipse and scales by {size}."
    return "Two eigenlines stay in place; along each, A only multiplies by λ."


def _trial(result: Result) -> str:
    if result.eigenvalue is None:
        return ""
    sign = "=" if result.is_parallel and is_exact(result.eigenvalue) else "≈"
    if result.is_parallel:
        return f"v is an eigenvector: Av {sign} {show(result.eigenvalue)} v."
    return f"v is almost an eigenvector: Av ≈ {show(result.eigenvalue)} v, {show(off_line(result), 2)}° off the line."


def recipe(state: State) -> str:
    """The same numbers in numpy, by trace and determinant."""
    return f"""{planar.recipe_of_image(state)}trace, determinant = a + d, a * d - b * c
characteristic_polynomial = [1, -trace, determinant]
h = (a - d) / 2
discriminant = h**2 + b * c
# What the rounding of the entries can make of a zero counts as zero: numpy.linalg.eig does not know that.
size, units = max(abs(a), abs(d)), 8 * np.finfo(float).eps
if abs(discriminant) <= units * (2 * abs(b * c) + abs(h) * size + units * size**2):
    discriminant = 0
root = np.sqrt(complex(discriminant))
eigenvalues = sorted([trace / 2 + root, trace / 2 - root], key=lambda z: (abs(z), z.real, -z.imag))
"""


def off_line(result: Result) -> float:
    """Degrees between the lines of v and Av."""
    return 90.0 if result.angle is None else min(abs(result.angle), 180 - abs(result.angle))


def root_text(value: float, spectrum: sp.Spectrum) -> str:
    """'= 2' or '≈ 2.618'; a rational eigenvalue is known exactly."""
    digits = telling(spectrum)
    if spectrum.rational is not None:
        return equals(min(spectrum.rational, key=lambda x: abs(float(x) - value)), digits)
    return f"≈ {show(value, digits)}"
