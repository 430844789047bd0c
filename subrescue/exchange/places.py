"""Writes places of the gazetteer as tables, JSON and CSV: lists, and all that is known of one, unknowns too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.position import Position
from subrescue.earth.passages.passages import Passage
from subrescue.earth.places.place_search import FoundPlace
from subrescue.earth.places.place_tables import Airfield, Port, Runway
from subrescue.exchange import numbers
from subrescue.exchange.delimited import Cell, to_csv
from subrescue.exchange.json_text import json_text
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.wording import UNKNOWN, label, text

LIST_HEADER = (
    "kind",
    "id",
    "name",
    "country",
    "lat_deg",
    "lon_deg",
    "detail",
    "matched",
    "distance_nm",
    "bearing_deg",
    "water",
    "runway_ident",
    "runway_length_m",
    "runway_width_m",
    "runway_surface",
)
RUNWAY_FIELDS = ("ident", "length_m", "width_m", "surface", "lights", "strength")


@dataclass(frozen=True)
class ListedPlace:
    """A place in a list; distance in nm and bearing in degrees from true north where the list is about a point.

    matched: the other name by which it was found. runway: the one that suits; water: what a port lies on.
    """

    kind: str
    id: str
    name: str
    country: str | None
    position: Position
    detail: str
    matched: str = ""
    distance_nm: float | None = None
    bearing_deg: float | None = None
    water: str | None = None
    runway: Runway | None = None

    @classmethod
    def of(cls, found: FoundPlace) -> ListedPlace:
        """The row of a place that was searched for."""
        matched = "" if found.matched == found.name else found.matched
        return cls(found.kind, found.id, found.name, found.country, found.position, found.detail, matched)


def list_as_json(listed: Sequence[ListedPlace]) -> str:
    """A list of objects; what is not known, and what the list is not about, is null."""
    rows = [dict(zip(LIST_HEADER, _list_row(place), strict=True)) for place in listed]
    return json_text(rows)


def list_as_csv(listed: Sequence[ListedPlace]) -> str:
    """One row a place."""
    return to_csv(LIST_HEADER, [_list_row(place) for place in listed])


def list_as_table(listed: Sequence[ListedPlace], screen: Screen) -> str:
    """One row a place for a terminal; distance, bearing and runway only where the list is about a point."""
    near = any(place.distance_nm is not None for place in listed)
    table = plain_table()
    if near:
        table.add_column(text("places.distance"), justify="right", no_wrap=True)
        table.add_column(text("places.bearing"), justify="right", no_wrap=True)
    for name in ("kind", "id", "name", "country", "position"):
        ratio = 2 if name == "name" else None
        table.add_column(text(f"places.{name}"), no_wrap=name in ("id", "position"), ratio=ratio)
    table.add_column(text("places.suits" if near else "places.detail"), ratio=2)
    for place in listed:
        row = [
            label("place_kind", place.kind),
            place.id,
            place.name,
            place.country or "-",
            numbers.position(place.position),
            (_suits(place) if near else _called(place)) or "-",
        ]
        if near:
            row = [numbers.miles(place.distance_nm), f"{place.bearing_deg or 0.0:03.0f}°", *row]
        table.add_row(*row)
    count = Text(text("places.found", {"count": len(listed)}), style="dim")
    return rendered([table, Text(""), count], screen)


def facts(place: FoundPlace, record: Airfield | Port | Passage | None) -> dict[str, Any]:
    """All that is known of a place by field; runways as a list. What is not known is None."""
    known: dict[str, Any] = {
        "kind": place.kind,
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "lat_deg": place.position.lat_deg,
        "lon_deg": place.position.lon_deg,
    }
    if isinstance(record, Airfield):
        known |= {
            "icao": record.icao,
            "iata": record.iata,
            "place": record.place,
            "elevation_m": record.elevation_m,
            "runways": [{name: getattr(runway, name) for name in RUNWAY_FIELDS} for runway in record.runways],
        }
    elif isinstance(record, Port):
        known |= {
            "unlocode": record.unlocode,
            "aliases": list(record.aliases),
            "water": record.water,
            "depth_alongside_m": None,
            "crane_t": None,
        }
    elif isinstance(record, Passage):
        del known["country"]
        return known | {"passage": record.kind, "length_nm": record.length_nm}
    elif place.detail:
        known["berth"] = place.detail
    if record is not None:
        known |= {"source": record.source, "confidence": record.confidence}
    return known


def shown_as_json(shown: Sequence[dict[str, Any]]) -> str:
    """A list of objects, mostly of one; what is not known is null."""
    return json_text(list(shown))


def shown_as_csv(shown: Sequence[dict[str, Any]]) -> str:
    """One row a fact; those of a runway are called `runway 1 length_m`. What is not known is an empty cell."""
    rows: list[tuple[Cell, ...]] = []
    for known in shown:
        for field, value in known.items():
            if field == "runways":
                rows += [
                    (known["kind"], known["id"], f"runway {n} {name}", fact)
                    for n, runway in enumerate(value, start=1)
                    for name, fact in runway.items()
                ]
            else:
                cell = "; ".join(value) if isinstance(value, list) else value
                rows.append((known["kind"], known["id"], field, cell))
    return to_csv(("kind", "id", "field", "value"), rows)


def shown_as_table(shown: Sequence[dict[str, Any]], screen: Screen) -> str:
    """All facts for a terminal, then every runway."""
    parts: list[RenderableType] = []
    for known in shown:
        parts.append(Text.assemble((known["name"], "bold"), f"  {label('place_kind', known['kind'])}, {known['id']}"))
        table = _table("fact", "value")
        table.add_row("position", numbers.position(Position(lat_deg=known["lat_deg"], lon_deg=known["lon_deg"])))
        for field, value in known.items():
            if field not in ("kind", "id", "name", "lat_deg", "lon_deg", "runways"):
                table.add_row(_title(field), _words(field, value))
        parts += [table, Text("")]
        if "runways" in known:
            runways = _table("runway", "length", "width", "surface", "lights", "strength")
            for runway in known["runways"]:
                runways.add_row(*(_words(name, runway[name]) for name in RUNWAY_FIELDS))
            parts += [runways, Text("")]
    return rendered(parts[:-1], screen)


def _table(*columns: str) -> Table:
    table = plain_table(gap=2, expand=False)
    for name in columns:
        table.add_column(text(f"places.{name}"))
    return table


def _title(field: str) -> str:
    return field.removesuffix("_m").removesuffix("_nm").removesuffix("_t").replace("_", " ")


def _words(field: str, value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.endswith("_nm"):
        return numbers.miles(value)
    if field.endswith("_m"):
        return numbers.metres(value)
    if field == "water":
        return label("water", value)
    return "; ".join(value) or "-" if isinstance(value, list) else str(value)


def _suits(place: ListedPlace) -> str:
    """What of a near place matters: `12/30 2,987 m x 45 m, concrete`, or what a port lies on."""
    runway = place.runway
    if runway is None:
        return label("water", place.water) if place.water else ""
    words = f"{numbers.metres(runway.length_m)} x {numbers.metres(runway.width_m)}, {runway.surface or UNKNOWN}"
    return f"{runway.ident} {words}" if runway.ident else words


def _called(place: ListedPlace) -> str:
    return "; ".join(part for part in (place.matched, place.detail) if part)


def _list_row(place: ListedPlace) -> tuple[Cell, ...]:
    runway = place.runway
    about = (None,) * 4 if runway is None else (runway.ident, runway.length_m, runway.width_m, runway.surface)
    return (
        place.kind,
        place.id,
        place.name,
        place.country,
        round(place.position.lat_deg, 5),
        round(place.position.lon_deg, 5),
        place.detail or None,
        place.matched or None,
        numbers.tenth(place.distance_nm),
        numbers.tenth(place.bearing_deg),
        place.water,
        *about,
    )
