"""How things are called in all panes and below them."""

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def polynomial_name(order: float) -> str:
    """T₂."""
    return "T" + str(int(order)).translate(_LOWERED)
