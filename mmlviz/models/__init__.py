"""One model per lab: State, Result, compute. No Qt, no drawing."""
