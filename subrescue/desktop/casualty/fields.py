"""What the casualty form asks, in which order, and what the models say of each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Literal

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel

from subrescue.desktop.parts.words import language, tr
from subrescue.domain.case import Case
from subrescue.domain.instants import instant_of_group
from subrescue.domain.position import Position
from subrescue.exchange.languages import localised
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.wording import unknown
from subrescue.store import model_fields

FieldKind = Literal["number", "whole", "text", "choice", "yes_no", "instant", "position"]


@dataclass(frozen=True)
class FormField:
    """One field of the case as its model describes it. low and high are None where the model sets no limit."""

    path: str
    title: str
    unit: str
    help: str
    kind: FieldKind
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    measure: str = ""
    """The unit in English, whatever language is spoken."""

    @property
    def tip(self) -> str:
        """Help with unit and range, for a tooltip."""
        parts = [self.help]
        if self.low is not None and self.high is not None:
            parts.append(tr("{low:.10g} to {high:.10g} {unit}", low=self.low, high=self.high, unit=self.unit).rstrip())
        if not self.required:
            parts.append(tr("empty: unknown"))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Section:
    """A group of the form; `folded` sections open on request."""

    title: str
    paths: tuple[str, ...]
    folded: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("Datum", ("dissub.fix.position", "dissub.fix.error_radius_nm", "dissub.depth_m")),
    Section(
        "Submarine",
        (
            "dissub.name",
            "dissub.nation",
            "dissub.class_id",
            "dissub.plight",
            "dissub.list_deg",
            "dissub.trim_deg",
            "dissub.pressure_bar",
            "dissub.seat_usable",
            "dissub.entangled",
            "dissub.hull_crushed",
            "dissub.fire",
            "dissub.radiation",
            "dissub.weapons_damaged",
            "dissub.rescue_seat",
        ),
    ),
    Section(
        "People",
        (
            "dissub.people_aboard",
            "dissub.survivors",
            "dissub.escape_gear",
            "dissub.last_proof_of_life",
            "dissub.sunk_at",
        ),
    ),
    Section(
        "Stores",
        (
            "dissub.stores.soda_lime_kg",
            "dissub.stores.lioh_kg",
            "dissub.stores.superoxide_kg",
            "dissub.stores.absorbent_canisters",
            "dissub.stores.canister_person_h",
            "dissub.stores.canister_source",
            "dissub.stores.absorbent_needs_power",
            "dissub.stores.oxygen_candles",
            "dissub.stores.candle_oxygen_m3",
            "dissub.stores.oxygen_bottles_m3",
            "dissub.stores.water_l",
            "dissub.stores.power_h",
        ),
    ),
    Section(
        "Environment",
        (
            "environment.wave_height_m",
            "environment.wave_from_deg",
            "environment.wind_kn",
            "environment.current_kn",
            "environment.visibility_m",
            "environment.water_temperature_c",
            "environment.bottom_temperature_c",
            "environment.ice",
        ),
    ),
    Section("Case", ("title", "alert", "summary")),
)
"""The form from top to bottom."""


def described(path: str) -> FormField:
    """What the models say of the field at a path of the case. Raises KeyError where there is none."""
    return described_in(Case, path)


def described_in(model: type[BaseModel], path: str) -> FormField:
    """What a model says of the field at a dotted path, in the user's language. Raises KeyError where there is none."""
    return _translated(model, path, language())


@cache
def _translated(model: type[BaseModel], path: str, _: str) -> FormField:
    field = field_in_english(model, path)
    return replace(field, title=tr(field.title), unit=tr(field.unit), help=tr(field.help))


@cache
def field_in_english(model: type[BaseModel], path: str) -> FormField:
    """What a model says of the field at a dotted path. Raises KeyError where there is none."""
    shape = model_fields.at(model, tuple(path.split(".")))
    if shape is None or shape.field is None:
        raise KeyError(path)
    field = shape.field
    extra = field.json_schema_extra
    unit = str(extra.get("unit") or "") if isinstance(extra, Mapping) else ""
    low = next(
        (float(str(m.ge if isinstance(m, Ge) else m.gt)) for m in field.metadata if isinstance(m, Ge | Gt)), None
    )
    high = next((float(str(m.le)) for m in field.metadata if isinstance(m, Le)), None)
    return FormField(
        path=path,
        title=field.title or path,
        unit=unit_sign(unit),
        measure=unit_sign(unit),
        help=field.description or "",
        kind=_kind(shape),
        low=low,
        high=high,
        choices=tuple(
            str(member.value)
            for kind in shape.types
            if isinstance(kind, type) and issubclass(kind, Enum)
            for member in kind
        ),
        required=field.is_required() or (field.default is not None and not field.is_required()),
    )


def _kind(shape: model_fields.Shape) -> FieldKind:
    if shape.takes(Position):
        return "position"
    if shape.takes(Enum):
        return "choice"
    if shape.takes(bool):
        return "yes_no"
    if shape.takes(datetime):
        return "instant"
    if shape.takes(float):
        return "number"
    return "whole" if shape.takes(int) else "text"


def number_text(value: float | None) -> str:
    """A number as it is typed: no more digits than it has, with the decimal mark of the language; empty for unknown."""
    if value is None:
        return ""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return localised(repr(float(value)), language())


def instant_text(value: datetime | None) -> str:
    """An instant as it is typed, in UTC: 2026-11-23 14:07Z, seconds where there are some; empty where not known."""
    if value is None:
        return ""
    seconds = value.second or value.microsecond
    return value.strftime("%Y-%m-%d %H:%M:%SZ" if seconds else "%Y-%m-%d %H:%MZ")


def instant_from_text(text: str, now: datetime) -> datetime | str | None:
    """The instant that was typed: a date-time group, whose month and year may be left out near `now`, or the word now
    itself, to the minute; None for nothing; any other text as it is, for the model to read."""
    words = text.strip()
    if not words or words.casefold() in ("unknown", unknown()):
        return None
    if words.casefold() in ("now", tr("now").casefold()):
        return now.replace(second=0, microsecond=0)
    found = instant_of_group(words, near=now)
    return words if found is None else found


def number_from_text(text: str) -> float | str | None:
    """The number that was typed, with a dot or comma; None for nothing; the text where it is no number."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not text or text.casefold() in ("unknown", unknown()):
        return None
    try:
        value = float(text.replace(",", ".")) if text.count(",") <= 1 and "." not in text else float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
