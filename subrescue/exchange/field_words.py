"""The name of a field of a case as the window shows it, for a fault that names it as files do."""

from __future__ import annotations

import re

from subrescue.domain.case import Case
from subrescue.exchange.languages import told
from subrescue.store import model_fields

OTHERS: tuple[str, ...] = ("Ship", "Prepared for")
"""Titles of fields in which the window shows no value."""

_NAMED = re.compile(r"\[([^\]]*)\]")


def case_field(path: str) -> str:
    """The title of a field in the language that is spoken, with the entries of lists that the path names:
    `offers[gb-nsrs].told_to_go` is "Told to go (gb-nsrs)". What is no path in a case stays as it is.
    """
    keys = [int(key) if key.isdigit() else key for key in _NAMED.sub(".0", path).split(".")]
    shape = model_fields.at(Case, tuple(keys))
    while shape is None or shape.field is None or not shape.field.title:
        if not keys or not isinstance(keys[-1], int):  # an entry of a list bears the name of the list
            return path
        keys.pop()
        shape = model_fields.at(Case, tuple(keys))
    title = told(shape.field.title)
    names = ", ".join(_NAMED.findall(path))
    return f"{title} ({names})" if names else title
