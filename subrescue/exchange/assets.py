"""Lists and shows what the registry holds, as table, JSON or CSV, each fact with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel
from rich.console import RenderableType
from rich.text import Text

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import AircraftType, MedicalUnit
from subrescue.domain.assets.base import AssetBase
from subrescue.domain.base import Model
from subrescue.domain.contacts import PointOfContact
from subrescue.domain.evidence import Evidence, Source
from subrescue.domain.mates import Mate
from subrescue.domain.near_names import ids_meant
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.domain.sighting import Sighting
from subrescue.domain.submarines import SubmarineClass
from subrescue.exchange import numbers
from subrescue.exchange.case_changes import parts_of
from subrescue.exchange.delimited import Cell, to_csv
from subrescue.exchange.json_text import json_text
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.sightings import sighting_words
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.wording import UNKNOWN, label, text
from subrescue.store.model_fields import unit_of
from subrescue.store.registry import ASSET_KINDS, KINDS

Entry = AssetBase | AircraftType | SubmarineClass | Mate | Agreement | PointOfContact

GROUPS = {kind: field for kind, (field, _) in KINDS.items() if kind != "source"}
"""Kind of an entry: the field of the registry."""

SEATS = ("rescue_seats", "rescue_seat")
"""Fields whose words are ids of kinds of rescue seat, though a nation may write others."""

HEADER = (
    "kind",
    "id",
    "name",
    "nations",
    "status",
    "status_date",
    "base",
    "max_depth_m",
    "speed_kn",
    "notice_h",
    "sources",
)


def entries(registry: Registry, nation: str | None = None, kind: str | None = None) -> list[tuple[str, Entry]]:
    """The entries of the registry with their kinds, of one nation or kind; without a kind, all assets."""
    found: list[tuple[str, Entry]] = []
    for group in [kind] if kind is not None else ASSET_KINDS:
        found += [(group, entry) for entry in getattr(registry, GROUPS[group]).values()]
    if nation is None:
        return found
    return [(group, entry) for group, entry in found if nation.upper() in nations_of(entry, registry)]


def nations_of(entry: Entry, registry: Registry) -> tuple[str, ...]:
    """The nations that an entry belongs to; a cell of the mate matrix to those of the boat and of the vehicle."""
    own: tuple[str, ...] = getattr(entry, "nations", ())
    vehicle = registry.rescue_systems.get(entry.rescue_system) if isinstance(entry, Mate) else None
    return own if vehicle is None else (*own, *vehicle.nations)


def find_entry(registry: Registry, entry_id: str) -> tuple[str, Entry] | None:
    """The asset, aircraft type or submarine class of this id or full name with its kind; None for none or several."""
    entries = [(kind, entry) for kind, group in GROUPS.items() for entry in getattr(registry, group).values()]
    meant = set(ids_meant(entry_id, ((entry.id, entry.name) for _, entry in entries)))
    found = [pair for pair in entries if pair[1].id in meant]
    return found[0] if len(found) == 1 else None


def ids(registry: Registry) -> list[str]:
    """The ids of everything that can be shown."""
    return [entry_id for group in GROUPS.values() for entry_id in getattr(registry, group)]


def list_as_json(listed: Iterable[tuple[str, Entry]]) -> str:
    """The entries with all their fields and evidence; what is not known is null."""
    data = [{"kind": kind, **entry.model_dump(mode="json")} for kind, entry in listed]
    return json_text(data)


def list_as_csv(listed: Iterable[tuple[str, Entry]]) -> str:
    """One row an entry, with the ids of its sources; what is not known is an empty cell."""
    return to_csv(HEADER, [_csv_row(kind, entry) for kind, entry in listed])


def list_as_table(listed: list[tuple[str, Entry]], screen: Screen) -> str:
    """One row an entry for a terminal."""
    table = plain_table()
    for name in ("id", "name", "nations", "kind", "status", "base", "main"):
        right = name == "main"
        table.add_column(text(f"assets.{name}"), justify="right" if right else "left", no_wrap=name == "id")
    for kind, entry in listed:
        table.add_row(
            entry.id,
            entry.name,
            " ".join(getattr(entry, "nations", ())),
            label("kind", kind),
            _status(entry),
            _base(entry) or "-",
            _main_figure(entry),
        )
    count = Text(text("assets.count", {"count": len(listed)}), style="dim")
    parts: list[RenderableType] = [table, Text(""), count]
    return rendered(parts, screen)


def entry_as_json(kind: str, entry: Entry, registry: Registry) -> str:
    """One entry with all its fields, evidence, and the documents that it names."""
    data = {"kind": kind, **entry.model_dump(mode="json"), "sources": _documents(entry, registry)}
    return json_text(data)


def entry_as_csv(kind: str, entry: Entry, registry: Registry) -> str:
    """One row a field: name, value, unit, confidence, sources with what each states."""
    header = ("kind", "id", "field", "title", "value", "unit", "confidence", "sources")
    rows: list[tuple[Cell, ...]] = []
    for name, title, unit, value, evidence in _facts(entry):
        shown = None if value is None else _shown(value)
        sources = "; ".join(_statement(item, registry.sources) for item in evidence)
        rows.append((kind, entry.id, name, title, shown, unit, _confidence(evidence), sources or None))
    return to_csv(header, rows)


def entry_as_table(kind: str, entry: Entry, registry: Registry, now: datetime, screen: Screen) -> str:
    """One entry for a terminal: each fact with its confidence and its sources, then the documents.

    A position has its age, as seen from `now`.
    """
    table = plain_table()
    table.add_column(text("assets.fact"), no_wrap=True)
    table.add_column(text("assets.value"), ratio=3)
    table.add_column(text("assets.confidence"), no_wrap=True)
    table.add_column(text("assets.sources"), ratio=4)
    for name, title, unit, value, evidence in _facts(entry):
        known = value is not None and value != ()
        shown = _with_unit(_worded(_seats(value) if name in SEATS else value), unit) if known else UNKNOWN
        if isinstance(value, Sighting):
            shown = sighting_words(value, now)
        table.add_row(
            title,
            Text(shown, style="" if known else "dim"),
            _confidence(evidence) or "-",
            "; ".join(_statement(item, {}) for item in evidence) or "-",
        )
    heading = Text.assemble((entry.name, "bold"), f"  {label('kind', kind)}, {entry.id}")
    documents = [
        Text(f"{source['id']}: {source['title']}{_dated(source['date'])}") for source in _documents(entry, registry)
    ]
    return rendered([heading, table, Text(""), *documents], screen)


def _csv_row(kind: str, entry: Entry) -> tuple[Cell, ...]:
    notice = getattr(entry, "notice_h", None)
    return (
        kind,
        entry.id,
        entry.name,
        " ".join(getattr(entry, "nations", ())),
        *_state(entry),
        _base(entry),
        getattr(entry, "max_depth_m", None),
        getattr(entry, "speed_kn", None),
        _shown(notice) if notice is not None else None,
        " ".join(_source_ids(entry)) or None,
    )


def _value(value: Any) -> Cell:
    plain: Cell = value.value if hasattr(value, "value") else value
    return plain


def _state(entry: Entry) -> tuple[Cell, str | None]:
    """What stands in the columns of status and date: of an asset, a mate, an agreement; the role of an office."""
    if isinstance(entry, AssetBase):
        return entry.status.value, entry.status_date
    if isinstance(entry, Mate):
        return entry.state.value, entry.date
    if isinstance(entry, Agreement):
        return entry.state.value, entry.signed
    return (entry.role.value if isinstance(entry, PointOfContact) else None), None


def _status(entry: Entry) -> str:
    state, date = _state(entry)
    return " ".join(part for part in (label("choice", str(state)) if state is not None else None, date) if part) or "-"


def _base(entry: Entry) -> str | None:
    if isinstance(entry, PointOfContact):
        return entry.place
    if not isinstance(entry, AssetBase):
        return None
    return entry.base.name if entry.base is not None else getattr(entry, "airfield_icao", None)


def _main_figure(entry: Entry) -> str:
    """The figure by which an entry is known: depth, speed, payload, number, crew, chambers."""
    if isinstance(entry, MedicalUnit):
        places = entry.chamber_places
        return f"{places:,g} {text('assets.places')}" if places is not None else UNKNOWN
    figures = (
        ("max_depth_m", "m"),
        ("speed_kn", "kn"),
        ("max_payload_t", "t"),
        ("count", text("assets.aircraft")),
        ("crew", text("assets.crew")),
    )
    for name, unit in figures:
        if hasattr(entry, name):
            value = getattr(entry, name)
            return f"{value:,g} {unit}" if value is not None else UNKNOWN
    return "-"


def _facts(entry: Entry) -> Iterable[tuple[str, str, str, Any, tuple[Evidence, ...]]]:
    """Name, title, unit, value and evidence of every field, those of the parts of a shipment among them."""
    for name, field in type(entry).model_fields.items():
        if name in ("evidence", "kind", "id", "name"):
            continue
        evidence = [item for key, items in entry.evidence.items() if key.split(".")[0] == name for item in items]
        unit = unit_of(field) or ("h" if name.endswith("_h") else "")  # of a range of hours the ends bear the unit
        yield name, field.title or name, unit, getattr(entry, name), tuple(evidence)


def _worded(value: Any) -> str:
    """A value for a reader: the word of a choice, parts by their titles and with their units."""
    if isinstance(value, Enum):
        return label("choice", value)
    if isinstance(value, Model) and not isinstance(value, Pert | Position | Sighting):
        return ", ".join(f"{title} {_with_unit(_worded(part), unit)}" for title, unit, part in parts_of(value))
    if isinstance(value, tuple) and any(isinstance(item, Model) for item in value):
        return "; ".join(f"({_worded(item)})" for item in value)
    return _shown(value)


def _with_unit(words: str, unit: str) -> str:
    sign = unit_sign(unit)
    return f"{words}{sign}" if sign == "°" else f"{words} {sign}".strip()


def _seats(ids: str | tuple[str, ...]) -> str:
    return ", ".join(label("seat", seat) for seat in ((ids,) if isinstance(ids, str) else ids))


def _shown(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Pert):
        return f"{value.min:g}" if value.min == value.max else f"{value.min:g} / {value.mode:g} / {value.max:g}"
    if isinstance(value, Sighting):
        return sighting_words(value)
    if isinstance(value, BaseModel):
        if {"lat_deg", "lon_deg"} <= type(value).model_fields.keys():
            return numbers.position(value) if isinstance(value, Position) else str(value)
        known = [(name, getattr(value, name)) for name in type(value).model_fields]
        return ", ".join(f"{name} {_shown(inner)}" for name, inner in known if inner not in (None, ()))
    if isinstance(value, tuple | list):
        parts = [_shown(item) for item in value]
        return ("; " if any(" " in part for part in parts) else ", ").join(parts)
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(_value(value))


def _statement(evidence: Evidence, sources: Mapping[str, Source]) -> str:
    """What one source says: `S21 high, states 600 (note)`."""
    words = f"{evidence.source} {evidence.confidence.value}"
    source = sources.get(evidence.source)
    if source is not None:
        words += f", {source.title}"
    words += _dated(evidence.date or (source.date if source else None))
    if evidence.value is not None:
        words += f", states {_shown(evidence.value)}"
    return f"{words} - {evidence.note}" if evidence.note else words


def _dated(date: str | None) -> str:
    return f" ({date})" if date else ""


def _confidence(evidence: tuple[Evidence, ...]) -> str | None:
    """The best confidence among the sources of the value in use."""
    ranks = ("high", "medium", "low")
    found = [item.confidence.value for item in evidence if item.value is None] or [
        item.confidence.value for item in evidence
    ]
    return min(found, key=ranks.index) if found else None


def _source_ids(entry: Entry) -> list[str]:
    return list(dict.fromkeys(item.source for items in entry.evidence.values() for item in items))


def _documents(entry: Entry, registry: Registry) -> list[dict[str, Any]]:
    known = [registry.sources[name] for name in _source_ids(entry) if name in registry.sources]
    return [source.model_dump(mode="json") for source in known]
