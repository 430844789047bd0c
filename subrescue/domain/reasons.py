"""Reasons: message ids with values. The words come at the edge, in the reader's language."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.base import Model

Value = str | int | float | bool | None


class Reason(Model):
    """Why: a message id of the catalogue with the values that fill it.

    `remedy` is the nearest thing that would change the verdict, as a message of its own.
    """

    id: str = Field(title="Message", pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
    values: dict[str, Value] = Field(default_factory=dict, title="Values")
    remedy: Reason | None = Field(default=None, title="Remedy")


def reason(message_id: str, *, remedy: Reason | None = None, **values: Value) -> Reason:
    """A reason by its message id and its values."""
    return Reason(id=message_id, values=values, remedy=remedy)
