"""What a command says that cannot be done."""


class Refused(Exception):
    """A command that cannot be done; its text is one line for a person."""
