"""A seeded monkey that does what a person can do, and looks whether everything still holds: `make soak`."""
