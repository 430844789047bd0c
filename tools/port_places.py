"""Reads `port_places.toml`: what no rule tells of a listed port, with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from subrescue.earth.places.place_tables import WATERS
from tools.port_rules import Row

FILE = Path(__file__).with_name("port_places.toml")
LISTS = ("searoute", "sea-ports")


@dataclass(frozen=True)
class PortPlace:
    """Where a port stands: `at`, degrees, or as the list of that name has it; water: on what, None as the rules say."""

    at: tuple[float, float] | None
    of_list: str | None
    water: str | None
    source: str


@dataclass(frozen=True)
class PortPlaces:
    """By code where ports stand, by the code of a port the other codes that are the same port, and ports in no list."""

    places: dict[str, PortPlace]
    one: dict[str, tuple[str, ...]]
    new: list[Row] = field(default_factory=list)


def read_port_places(path: Path = FILE) -> PortPlaces:
    """Read the table; ValueError names the entry that lacks something or is there twice."""
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    places: dict[str, PortPlace] = {}
    for entry in stored.get("port", []):
        code = entry.get("code", "without a code")
        _check(path, code, entry, ("code", "why", "source"))
        at, of_list, water = entry.get("at"), entry.get("list"), entry.get("water")
        if code in places or (at is None and of_list is None and water is None) or (at and of_list):
            raise ValueError(f"{path.name}: port {code}: there twice, without at, list or water, or with at and list")
        if of_list not in (None, *LISTS) or water not in (None, *WATERS):
            raise ValueError(f"{path.name}: port {code}: a list is one of {', '.join(LISTS)}, a water of "
                             f"{', '.join(WATERS)}")
        places[code] = PortPlace(tuple(at) if at else None, of_list, water, entry["source"])
    one: dict[str, tuple[str, ...]] = {}
    for entry in stored.get("one", []):
        _check(path, str(entry.get("codes")), entry, ("codes", "why", "source"))
        one[entry["codes"][0]] = tuple(entry["codes"][1:])
    new = []
    for entry in stored.get("new", []):
        _check(path, str(entry.get("id")), entry, ("id", "name", "country", "at", "source"))
        new.append(_new_row(entry))
    return PortPlaces(places, one, new)


def _new_row(entry: dict[str, Any]) -> Row:
    """The row of a port that neither list has, as those of the lists."""
    lat, lon = entry["at"]
    return {"id": entry["id"], "unlocode": "", "name": entry["name"], "country": entry["country"], "lat": lat,
            "lon": lon, "naval": False, "confidence": "low", "source": entry["source"],
            "aliases": list(entry.get("aliases", [])), "trade": True, "number": "", "from": "own", "lists": 0}


def _check(path: Path, name: str, entry: dict[str, object], needed: tuple[str, ...]) -> None:
    missing = [key for key in needed if not entry.get(key)]
    if missing:
        raise ValueError(f"{path.name}: {name}: {', '.join(missing)} missing")


def at_their_places(rows: list[Row], places: dict[str, PortPlace]) -> list[Row]:
    """Return the rows, those of which the table has the position put there."""
    found = []
    for row in rows:
        place = places.get(row["unlocode"])
        if place is not None and place.at is not None:
            row = {**row, "lat": place.at[0], "lon": place.at[1], "source": place.source}
        found.append(row)
    return found


def as_one(rows: list[Row], one: dict[str, tuple[str, ...]]) -> list[Row]:
    """Return the rows, those of several codes of one port joined: the names and codes of the others become aliases."""
    by_code = {row["unlocode"]: row for row in rows if row["unlocode"]}
    gone: set[str] = set()
    for code, others in one.items():
        for other in others:
            if code in by_code and other in by_code:
                row = by_code[other]
                by_code[code]["aliases"] += [row["name"], *row["aliases"], other]
                by_code[code]["trade"] |= row["trade"]
                gone.add(other)
    return [row for row in rows if row["unlocode"] not in gone]
