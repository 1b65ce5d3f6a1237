"""How each kind of mark is painted."""
