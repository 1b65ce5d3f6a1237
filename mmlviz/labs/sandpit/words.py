"""What a game and a walk come to, in words."""

from math import hypot

from mmlviz.core import formula as f
from mmlviz.core.lab import Reading
from mmlviz.core.python import literal
from mmlviz.core.words import MINUS, counted, equals, pair, show
from mmlviz.maths.descent import eigenvalues
from mmlviz.models.sandpit import WARNED, Point, Result, State, is_over

NAMES = {
    "east": "Walking east",
    "descent": "Steepest descent",
    "newton": "Newton's method",
    "hybrid": "The hybrid",
}
FLAT = 1e-6  # a slope below it is none: no arrow could show it


def tell(state: State, result: Result) -> Reading:
    """Depth and gradient; how the game stands; what became of the walk. Nothing that gives the phone away."""
    over = is_over(state, result)
    F, Fx, Fy, Fxx, Fxy, Fyy = result.at
    run = result.run
    return Reading(
        formulas=_formulas(state, result, over),
        values={
            "depth": F,
            "gradient": [Fx, Fy],
            "hessian": [[Fxx, Fxy], [Fxy, Fyy]],
            "found": result.found is not None,
            "dips_left": result.dips_left,
            "phone": list(result.pit.phone),
            "verdict": run.verdict,
            "steps_to_phone": run.found_at,
            "walk": run.path[:6].tolist(),
        },
        sentence=" ".join(filter(None, (_game(state, result), _walked(state, result) if over else ""))),
        readout=_readout(state, result, over),
        warnings=_warnings(result, over),
    )


def metres(depth: float) -> str:
    """−3.91 m: always two decimals, as the dipstick has marks."""
    return f"{depth:.2f} m".replace("-", MINUS)


# Formulas ----------------------------------------------------------------------------------------


def _formulas(state: State, result: Result, over: bool) -> tuple[f.Node, ...]:
    if over:
        at, start = result.at_start, state.start
        return _step_node(state, result), _slope_node(start, at), _hessian_node(at), _depth_node(start, at)
    if not state.dips:
        return (f.row(f.Symbol("F"), "(", f.Symbol("x"), f.Text(", "), f.Symbol("y"), ")", f.Text(" is hidden")),)
    last = state.dips[-1]
    depth = _depth_node(last, result.at)
    return (depth, _slope_node(last, result.at)) if state.mode == "gradient" else (depth,)


def _point(point: Point) -> f.Node:
    return f.row("(", f.number(point[0]), f.Text(", "), f.number(point[1]), ")")


def _depth_node(point: Point, at: tuple[float, ...]) -> f.Node:
    return f.row(f.Symbol("F"), _point(point), "≈", f.Coloured("input", f.Text(metres(at[0]))))


def _slope_node(point: Point, at: tuple[float, ...]) -> f.Node:
    return f.row("−", f.Symbol("J"), _point(point), "≈", f.column([-at[1], -at[2]], "second"))


def _hessian_node(at: tuple[float, ...]) -> f.Node:
    a, b, c = (f.number(x) for x in at[3:])
    return f.row(f.Symbol("H"), "≈", f.Matrix(((a, b), (b, c))))


def _step_node(state: State, result: Result) -> f.Node:
    """The first step of the walk, as the strategy makes it."""
    path, delta = result.run.path, f.Symbol("δ")
    if len(path) < 2:
        return f.row(delta, "=", f.Text("no step"))
    step = f.column([float(x) for x in path[1] - path[0]], "output")
    descent = [f.row("−", f.Symbol("γ"), f.Symbol("J"), "=", "−", f.number(state.rate), f.Symbol("J"))]
    newton = [f.row("−", f.Power(f.Symbol("H"), f.Text("−1")), f.Symbol("J"))]
    rule = {"descent": descent, "newton": newton, "hybrid": [], "east": []}[state.strategy]
    return f.row(
        delta, *(part for node in rule for part in ("=", node)), "≈" if state.strategy != "east" else "=", step
    )


# Words -------------------------------------------------------------------------------------------


def _game(state: State, result: Result) -> str:
    n = len(state.dips)
    if result.found is not None:
        place = pair(result.pit.phone)
        return f"Found: dip {result.found} is within 0.15 m of the phone at {place} m."
    if state.mode == "practice":
        return ""
    if result.is_lost:
        return f"Lost: all dips are used up. The phone lies at {pair(result.pit.phone)} m."
    if not n:
        return f"A phone lies at the deepest point of this pit. You cannot see the ground, but dip: {_left(result)}."
    depth = f"Dip {n}: {metres(result.at[0])}."
    if result.stuck == "minimum":
        return f"{depth} No phone here: a local minimum is within 0.15 m, but somewhere else it is deeper."
    if result.stuck == "edge":
        return f"{depth} No phone here: this is the lowest spot of the edge nearby, but inside it is deeper."
    return f"{depth} {_hint(state, result)}"


def _left(result: Result) -> str:
    return f"{counted(result.dips_left, 'dip')} left"


def _hint(state: State, result: Result) -> str:
    if state.mode == "depth":
        return "Only depths are told: compare them."
    if hypot(result.at[1], result.at[2]) < FLAT:
        return "J is zero here: the ground is level, and no arrow shows a way."
    return "The arrow −J points the way down that is steepest just here."


def _walked(state: State, result: Result) -> str:
    """What became of the walk, and why."""
    run, name = result.run, NAMES[state.strategy]
    steps = len(run.path) - 1
    if run.verdict == "converged":
        where = f"within 0.15 m after {counted(run.found_at or 0, 'step')}"
        return f"{name} converges to the phone: {where}."
    return f"{name} {_fate(state, result, steps)}"


def _fate(state: State, result: Result, steps: int) -> str:
    """The verdicts other than success."""
    passed = " It passed the phone on the way." if result.run.found_at is not None else ""
    fates = {
        "local minimum": "settles in a local minimum: level ground, but no phone.",
        "maximum": "runs up to a maximum: it looks for level ground, and asks not whether that is low.",
        "saddle": "runs to a saddle: level ground that falls to two sides.",
        "flat": "stops: H is singular here, so −H⁻¹J does not exist.",
        "left the pit": f"leaves the pit with step {steps}.",
        "diverging": f"diverges: its steps grow. {_limit(state, result)}".strip(),
        "zig-zag": f"zig-zags across the valley. {_limit(state, result)}".strip(),
        "still walking": f"is still walking after {steps} steps.",
    }
    return fates[result.run.verdict] + passed


def _limit(state: State, result: Result) -> str:
    """Steepest descent is stable near a minimum only for γ < 2/λ, λ the largest eigenvalue of H there."""
    if state.strategy != "descent":
        return ""
    largest = eigenvalues(_curvatures(result.pit.at(*result.pit.phone)))[1]
    if largest <= 0:
        return ""
    bound = 2 / largest
    side = "above" if state.rate > bound else "below"
    return f"γ {equals(state.rate)} is {side} 2/λ ≈ {show(bound)}, where λ is H's largest eigenvalue at the phone."


def _curvatures(fields: tuple[float, ...]) -> tuple[float, float, float]:
    return fields[3], fields[4], fields[5]


def _readout(state: State, result: Result, over: bool) -> dict[str, str]:
    told = {"dips": str(len(state.dips))}
    if not over:
        told["left"] = str(result.dips_left)
    else:
        told["phone"] = f"{pair(result.pit.phone)} m"
    if state.taken_back:
        told["taken back, but paid for"] = str(int(state.taken_back))
    if over:
        low, high = eigenvalues(_curvatures(result.at_start))
        told["eigenvalues of H at the start"] = f"{show(low)}, {show(high)}"
    elif state.dips and state.mode == "gradient":
        told["slope |J|"] = show(hypot(result.at[1], result.at[2]))
    return told


def _warnings(result: Result, over: bool) -> tuple[str, ...]:
    if over or result.spent < WARNED:
        return ()
    if result.dips_left:
        return (f"Only {_left(result)}.",)
    return ("No dip is left: the next one ends the game.",)


# The recipe --------------------------------------------------------------------------------------

_STEPS = {
    "east": "np.array([1.0, 0.0])",
    "descent": "-{rate} * J",
    "newton": "-np.linalg.solve(H, J)",
    "hybrid": "hybrid(J, H)",
}
_HYBRID = """
def hybrid(J, H):
    step = -np.linalg.solve(H, J)
    return step if step @ -J > 0 and np.hypot(*step) <= 2 else -{rate} * J

"""


_DEPTH_RECIPE = """import numpy as np
from mmlviz.maths.landscape import landscape

pit = landscape({pit!r}, {seed!r})
x, y = np.array([{x}, {y}], dtype=float).tolist()
depth = pit.at(x, y)[0]
"""


def recipe(state: State) -> str:
    """Depth, J and H in numpy; when the game is over, the first five steps of the walk as well."""
    x, y = map(literal, state.dips[-1] if state.dips else state.start)
    if state.mode == "depth" and not is_over(state):
        return _DEPTH_RECIPE.format(pit=state.pit, seed=state.seed, x=x, y=y)
    head = f"""import numpy as np
from mmlviz.maths.landscape import landscape

pit = landscape({state.pit!r}, {state.seed!r})


def look(x, y):
    F, Fx, Fy, Fxx, Fxy, Fyy = pit.at(x, y)
    return F, np.array([Fx, Fy]), np.array([[Fxx, Fxy], [Fxy, Fyy]])


depth, gradient, hessian = look({x}, {y})
"""
    return head + _walk_recipe(state) if is_over(state) else head


def _walk_recipe(state: State) -> str:
    rate = literal(state.rate)
    x, y = map(literal, state.start)
    hybrid = _HYBRID.format(rate=rate) if state.strategy == "hybrid" else ""
    return f"""phone = pit.phone
{hybrid}
walk = [np.array([{x}, {y}])]
for _ in range(5):
    F, J, H = look(*walk[-1])
    if np.hypot(*J) <= 4e-8 / 3 or (walk[-1] < 0).any() or (walk[-1] > 6).any():
        break
    walk.append(walk[-1] + {_STEPS[state.strategy].format(rate=rate)})
"""
