"""The log of a case in words and files: a line for each change that the plan feels, and the log as text or CSV.

The lines stand in the case file, so they are written in English whatever the window speaks: files never depend on
language. Who reads them has what the program wrote put into the language that is spoken (`said`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from subrescue.domain.base import Model
from subrescue.domain.case import Case, CaseShip, FieldFact, LandingClearance, LogEntry, Offer
from subrescue.domain.case_ports import PortFact
from subrescue.domain.instants import hours_between
from subrescue.domain.near_names import folded
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumption, Pert
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.domain.stores import Compartment
from subrescue.earth.positions.coordinates import parse_position
from subrescue.exchange.case_changes import ABSENT, Change, changes_at, named, parts_of
from subrescue.exchange.delimited import to_csv
from subrescue.exchange.elapsed import t_plus
from subrescue.exchange.entry_names import told_passage
from subrescue.exchange.languages import colon, marked, semicolon, spoken, told
from subrescue.exchange.numbers import position, unit_sign
from subrescue.exchange.response_json import banner, banner_words
from subrescue.exchange.wording import UNKNOWN

AUTOMATIC = "desk"
"""Source of a line that the program wrote itself when a value of the case was changed."""

HEADER = ("banner", "case", "at_utc", "t_plus_h", "text", "source", "confidence")

_NOT_PLANNED_WITH = frozenset({"id", "title", "kind", "summary", "annotations", "range_rings", "log", "sources"})
_NUMBER = re.compile(r"(?P<number>-?[\d.]+(?:/[\d.]+){0,2})(?P<space> ?)(?P<unit>[^\d\s,]\S*)?")
_IN_MINUTES = re.compile(r"\d+°[\d.]+'[NS] \d+°[\d.]+'[EW]")


def change_words(
    path: str,
    before: Any,
    after: Any,
    assumptions: Mapping[str, Assumption] | None = None,
    names: Mapping[str, str] | None = None,
) -> str | None:
    """A changed field of a case in words: "Depth: 255 m → 300 m"; None for a field that no plan is made from.

    `path` is dotted, assumption keys keep their own dots. `assumptions` gives their titles, units and standard
    values, `names` those of what is named by id (`names_by_id`); without them keys and ids are written.
    """
    head, _, key = path.partition(".")
    if head in _NOT_PLANNED_WITH:
        return None
    if head == "assumptions" and key:
        known = (assumptions or {}).get(key)
        title, unit = (known.title, unit_sign(known.unit)) if known is not None else (key, "")
        standard = f"{_shown(known.value, unit)} (standard)" if known is not None else "standard"
        old, new = (standard if value is None else _shown(value, unit) for value in (before, after))
        return f"{title}: {old} → {new}"
    if path == "assumptions":
        keys = [*before, *(name for name in after if name not in before)]
        told = (
            change_words(f"assumptions.{name}", before.get(name), after.get(name), assumptions)
            for name in keys
            if before.get(name) != after.get(name)
        )
        return "; ".join(words for words in told if words) or None
    return "; ".join(_words(change) for change in changes_at(path, before, after, names)) or None


def _words(change: Change) -> str:
    title, before, after = ", ".join(_shown(part) for part in change.titles), change.before, change.after
    if after is ABSENT:
        return f"{title}: taken out"
    if before is ABSENT:
        return f"{title}: {_shown(after) if isinstance(after, Model) else 'added'}"
    if isinstance(before, tuple) and isinstance(after, tuple):
        return f"{title}: changed"
    return f"{title}: {_shown(before, change.unit)} → {_shown(after, change.unit)}"


def _shown(value: Any, unit: str = "") -> str:
    """A value in words, with its unit where it is known."""
    if value is None or value == ():
        return UNKNOWN if value is None else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%SZ}" if value.second else f"{value:%Y-%m-%d %H:%MZ}"
    if isinstance(value, Position):
        return position(value)
    if isinstance(value, Pert):
        parts = [value.mode] if value.min == value.max else [value.min, value.mode, value.max]
        return _with_unit("/".join(f"{part:.12g}" for part in parts), unit)
    if isinstance(value, int | float):
        return _with_unit(f"{value:.12g}", unit)
    if isinstance(value, tuple):
        return ", ".join(_shown(entry) for entry in value)
    if isinstance(value, Model):
        return ", ".join(f"{title} {_shown(part, unit)}" for title, unit, part in parts_of(value))
    return str(value)


def _with_unit(words: str, unit: str) -> str:
    return f"{words}{unit}" if unit == "°" else f"{words} {unit}".rstrip()


def said(entry: LogEntry) -> str:
    """A line in the language that is spoken.

    Titles, numbers and units of a line that the program wrote itself are put into it; what people wrote stays as it is,
    and so does a part that is no change in the form of `change_words`.
    """
    if entry.source != AUTOMATIC or spoken() == "en":
        return entry.text
    return semicolon().join(_said_change(part) for part in entry.text.split("; "))


def entry_words(entry: Model, names: Mapping[str, str]) -> str:
    """What an entry of a list of a case says beside its first field, in the language that is spoken, with `names`."""
    told_parts = parts_of(named(entry, names))[1:]
    words = [f"{title} {_shown(part, unit)}" for title, unit, part in told_parts]
    return ", ".join(words if spoken() == "en" else map(_said_part, words))


def _said_change(words: str) -> str:
    title, found, values = words.partition(": ")
    if not found:
        return words
    whole = told(title)
    titles = whole if whole != title else ", ".join(_said_name(part) for part in title.split(", "))
    before, changed, after = values.partition(" → ")
    if not changed:  # what came, or that something is gone
        return f"{titles}{colon()}{_said_value(', '.join(_said_part(part) for part in values.split(', ')))}"
    return f"{titles}{colon()}{_said_value(before)} → {_said_value(after)}"


def _said_value(words: str) -> str:
    standard = " (standard)"
    if words.endswith(standard):
        usual = told("standard")
        return f"{_said_value(words.removesuffix(standard))} ({usual})"
    if _IN_MINUTES.fullmatch(words):
        return position(parse_position(words))
    number = _NUMBER.fullmatch(words)
    if number is not None:
        unit = number["unit"]
        return f"{marked(number['number'])}{number['space']}{told(unit) if unit else ''}"
    own = {"added": told("added"), "taken out": told("taken out"), "changed": told("changed"), "none": told("none")}
    return own.get(words) or _said_name(words)


def _said_part(words: str) -> str:
    """One of the parts of an entry that came: a title and a value. What begins with no title of ours stays as it is."""
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    for place in reversed(spaces):
        title, value = words[:place], words[place + 1 :]
        if title in _titles():
            return f"{told(title)} {_said_value(value)}"
    return words


@cache
def _titles() -> frozenset[str]:
    """Titles of the fields of what stands in the lists of a case."""
    found: set[str] = set()
    for kind in (Offer, CaseShip, FieldFact, PortFact, LandingClearance, SeaClearance, Compartment):
        found.update(field.title for field in kind.model_fields.values() if field.title)
    return frozenset(found)


def _said_name(words: str) -> str:
    """A title or another text of ours, or canals and straits by their English names; older lines have their ids."""
    found = told(words)
    return found if found != words else ", ".join(told_passage(part) for part in words.split(", "))


def matching(log: tuple[LogEntry, ...], words: str = "", *, automatic: bool = True) -> tuple[LogEntry, ...]:
    """The lines that hold all words, in any case; without `automatic`, only those that somebody wrote."""
    wanted = folded(words).split()
    return tuple(
        entry
        for entry in log
        if (automatic or entry.source != AUTOMATIC)
        and all(word in folded(f"{entry.text} {said(entry)} {entry.source or ''}") for word in wanted)
    )


def log_to_csv(case: Case) -> str:
    """The log as CSV text in the order of the case; what is not known is an empty cell."""
    rows = (
        (
            banner(case),
            case.id,
            entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            round(hours_between(case.alert, entry.at), 2),
            entry.text,
            entry.source,
            entry.confidence.value if entry.confidence is not None else None,
        )
        for entry in case.log
    )
    return to_csv(HEADER, rows)


def log_to_text(case: Case) -> str:
    """The log as text for people: a heading that tells exercise from real, then a line an entry, UTC and T+."""
    alert = told("Alert {alert:%Y-%m-%d %H:%MZ}", alert=case.alert)
    lines = [f"{banner_words(case)}  {case.title}", alert, ""]
    for entry in case.log:
        said_by = f"  [{entry.source}]" if entry.source else ""
        words = " ".join(said(entry).split())
        lines.append(f"{entry.at:%Y-%m-%d %H:%M:%SZ}  {t_plus(entry.at, case.alert)}  {words}{said_by}")
    return "\n".join(lines) + "\n"
