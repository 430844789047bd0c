"""A user's act on the registry as plain data, and the journal's rows as they are read back."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from subrescue.domain.base import Model, fact
from subrescue.domain.change import EntryChange
from subrescue.domain.instants import UtcInstant

LONGEST_NAME = 200
LONGEST_WHY = 4000


def _storable(text: str) -> str:
    """Text that every database takes: no null character, no half of a surrogate pair."""
    if "\0" in text:
        raise ValueError("found a null character; text without one is needed")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("found half a character; whole Unicode text is needed")
    return text


class Act(StrEnum):
    """What a row of the journal is."""

    SEED = "seed"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    OBSERVATION = "observation"


class Stamp(Model):
    """Who does something, when, at which desk and why; the clock is read at the edge and handed in."""

    who: str = Field(title="Who", description="Name of the person or service", min_length=1, max_length=LONGEST_NAME)
    at: UtcInstant = fact("When", "Time of the act, UTC", default=...)
    desk: str = Field(
        title="Desk",
        description="Where it was done; undo takes back what this desk did",
        min_length=1,
        max_length=LONGEST_NAME,
    )
    why: str = Field(default="", title="Why", description="The reason, in the person's words", max_length=LONGEST_WHY)

    @field_validator("who", "desk", "why")
    @classmethod
    def _text_is_storable(cls, value: str) -> str:
        return _storable(value)


class Command(Stamp):
    """Changes that are applied together or not at all, as one row of the journal and one step of undo."""

    changes: tuple[EntryChange, ...] = fact("Changes", "What becomes of which entry; each entry once", default=...)


class JournalRow(Stamp):
    """A command as the journal keeps it; `of_revision` is the command that an undo or redo is of."""

    revision: int = fact("Revision", "Number of the command; they count up by one", default=...)
    act: Act = fact("Act", "seed, edit, undo, redo or observation", default=...)
    of_revision: int | None = fact("Of", "Revision of the command undone or done again")


class Applied(JournalRow):
    """A journal row with whole entries before and after: what a view must redraw."""

    changes: tuple[EntryChange, ...] = fact("Changes", "What became of which entry", default=())


class FieldChange(JournalRow):
    """One field of one entry, before and after one command; the field is empty for an entry made or retired whole."""

    kind: str = fact("Kind", "Kind of the entry", default=...)
    entry_id: str = fact("Entry", "Id of the entry", default=...)
    field: str = fact("Field", "Name of the field, or evidence.NAME; empty for the whole entry", default=...)
    before: Any = fact("Before", "Value before; none where it was not known or the entry was not there")
    after: Any = fact("After", "Value after; none where it is not known or the entry is retired")
