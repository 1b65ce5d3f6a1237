"""Turns the core's data into Qt; knows no lab."""
