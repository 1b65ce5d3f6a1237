"""What matrices of any shape can be called, see kinds."""

PROPERTIES = (
    "identity", "zero", "scaling", "rotation", "reflection", "rotoreflection", "shear", "projection",
    "nilpotent", "singular", "symmetric", "skew-symmetric", "diagonal", "upper triangular", "lower triangular",
    "orthogonal",
)  # fmt: skip

WORDS = (
    "identity", "zero", "scaling", "rotation", "reflection", "rotoreflection", "projection onto a line",
    "projection onto a plane", "nilpotent", "skew-symmetric", "singular", "shear", "symmetric", "upper triangular",
    "lower triangular", "general", "space onto the plane", "space onto a line in the plane",
    "plane onto a plane in space", "plane onto a line in space",
)  # fmt: skip
