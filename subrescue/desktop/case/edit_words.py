"""Says an edit in words: which field, what it was, what it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from subrescue.desktop.case.session import Edit
from subrescue.desktop.casualty.fields import described, instant_text, number_text
from subrescue.desktop.parts.words import tr, trn
from subrescue.domain.base import Model
from subrescue.domain.case import EscapeGear, Plight
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.exchange.case_changes import ABSENT, Change, changes_at, named, parts_of
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.wording import label

_CHOICES: dict[type[Enum], str] = {Plight: "plight", EscapeGear: "gear"}
"""Where the words for the choices of a field stand in the catalogue."""


@dataclass(frozen=True)
class EditWords:
    """An edit as a line of the history says it."""

    field: str
    before: str
    after: str


def edit_words(
    edit: Edit, notation: str, assumptions: Assumptions | None = None, names: Mapping[str, str] | None = None
) -> EditWords:
    """An edit in words; positions in a notation, assumptions by their titles where these are known.

    Of a list it says which entries came, went or changed; what stands there by id is told by `names`.
    """
    title, unit = _field(edit.path, assumptions)
    if isinstance(edit.before, tuple) and isinstance(edit.after, tuple):
        parts = [_parts(change, notation) for change in changes_at(edit.path, edit.before, edit.after, names)]
        before, after = (semicolon().join(filter(None, (part[side] for part in parts))) for side in (0, 1))
        return EditWords(title, before or "–", after or "–")
    unset = tr("as shipped") if edit.path.startswith("assumptions.") else tr("unknown")
    before, after = (
        unset if value is None else _told(named(value, names or {}), unit, notation)
        for value in (edit.before, edit.after)
    )
    return EditWords(title, before, after)


def _parts(change: Change, notation: str) -> tuple[str, str]:
    """What one change in a list was and is, each with what it is of."""
    of = ", ".join(tr(part) if isinstance(part, str) else _value(part, notation) for part in change.titles[1:])
    before, after = change.before, change.after
    if before is ABSENT:
        return "", tr("{entry} added", entry=_entry(of, after, notation))
    if after is ABSENT:
        return _entry(of, before, notation), tr("{entry} taken out", entry=of)
    if isinstance(before, tuple) and isinstance(after, tuple):
        told = _value(before, notation), _value(after, notation)
    else:
        told = _told(before, change.unit, notation), _told(after, change.unit, notation)
    was, now = (f"{of}{colon()}{words}" if of else words for words in told)
    return was, now


def _entry(name: str, entry: Any, notation: str) -> str:
    """An entry of a list by its name, and what it says beside that."""
    if not isinstance(entry, Model):
        return name
    said = [f"{tr(title)} {_told(part, unit, notation)}" for title, unit, part in parts_of(entry)[1:]]
    return f"{name} ({', '.join(said)})" if said else name


def _told(value: Any, unit: str, notation: str) -> str:
    return tr("unknown") if value is None else " ".join(filter(None, (_value(value, notation), _unit(value, tr(unit)))))


def _field(path: str, assumptions: Assumptions | None) -> tuple[str, str]:
    head, _, key = path.partition(".")
    if head == "assumptions" and key:
        item = assumptions.items.get(key) if assumptions is not None else None
        return (tr(item.title), tr(unit_sign(item.unit))) if item is not None else (key, "")
    try:
        field = described(path)
    except KeyError:
        return path, ""
    return tr(field.title), field.unit


def _unit(value: Any, unit: str) -> str:
    return unit if isinstance(value, int | float | Pert) and not isinstance(value, bool) else ""


def _value(value: Any, notation: str) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Position):
        from subrescue.exchange.numbers import position as position_text

        return position_text(value, notation)
    if isinstance(value, Pert):
        low, mode, high = (number_text(part) for part in (value.min, value.mode, value.max))
        return mode if low == high else f"{mode} ({low}-{high})"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Enum):
        group = _CHOICES.get(type(value))
        return label(group, value) if group is not None else str(value.value).replace("_", " ")
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, tuple | list | dict):
        return trn("{count} entry", "{count} entries", len(value))
    return str(value)
