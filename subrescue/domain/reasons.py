"""Reasons: message ids with values. The words come at the edge, in the reader's language."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field

from subrescue.domain.base import Model

Value = str | int | float | bool | None


_ID = r"^[a-z0-9_]+(\.[a-z0-9_]+)+$"
_PLAIN = frozenset((str, int, float, bool, type(None)))


class Reason(Model):
    """Why: a message id of the catalogue with the values that fill it.

    `remedy` is the nearest thing that would change the verdict, as a message of its own.
    """

    id: str = Field(title="Message", pattern=_ID)
    values: dict[str, Value] = Field(default_factory=dict, title="Values")
    remedy: Reason | None = Field(default=None, title="Remedy")


def reason(message_id: str, *, remedy: Reason | None = None, **values: Value) -> Reason:
    """A reason by its message id and its values."""
    if type(message_id) is str and _is_id(message_id) and all(type(value) in _PLAIN for value in values.values()):
        return Reason.of_checked(id=message_id, values=values, remedy=remedy)
    return Reason(id=message_id, values=values, remedy=remedy)


@lru_cache(maxsize=1024)
def _is_id(message_id: str) -> bool:
    return re.fullmatch(_ID, message_id) is not None
