"""Mathematics shared by the models: no state, no Qt."""
