"""The window around the labs; knows none of them."""
