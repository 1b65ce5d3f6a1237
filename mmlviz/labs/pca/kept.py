"""Marks that are made once and shown again and again."""

from dataclasses import fields

import numpy as np

from mmlviz.core.marks import Mark


def kept(*marks: Mark) -> tuple[Mark, ...]:
    """The marks for a cache: from now on their numbers can only be read."""
    for mark in marks:
        for field in fields(mark):
            value = getattr(mark, field.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
    return marks
