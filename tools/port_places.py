"""Reads `port_places.toml`, what no rule tells of a listed port, and `new_ports.csv`, ports that no list has."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from subrescue.earth.places.place_tables import WATERS
from tools.port_rules import Row

FILE = Path(__file__).with_name("port_places.toml")
NEW_FILE = Path(__file__).with_name("new_ports.csv")
LISTS = ("searoute", "sea-ports")


@dataclass(frozen=True)
class PortPlace:
    """Where a port stands: `at`, degrees, or as the list of that name has it; water: on what, None as the rules say.

    name: what it is called, where the list's name is mangled or another town's; None as the list says.
    """

    at: tuple[float, float] | None
    of_list: str | None
    water: str | None
    source: str
    name: str | None = None


@dataclass(frozen=True)
class PortPlaces:
    """By code where ports stand, by the code of a port the other codes that are the same port, and codes of no port."""

    places: dict[str, PortPlace]
    one: dict[str, tuple[str, ...]]
    none: frozenset[str] = frozenset()


def read_port_places(path: Path = FILE) -> PortPlaces:
    """Read the table; ValueError names the entry that lacks something or is there twice."""
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    places: dict[str, PortPlace] = {}
    for entry in stored.get("port", []):
        code = entry.get("code", "without a code")
        _check(path, code, entry, ("code", "why", "source"))
        at, of_list, water, name = (entry.get(key) for key in ("at", "list", "water", "name"))
        if code in places or all(value is None for value in (at, of_list, water, name)) or (at and of_list):
            raise ValueError(
                f"{path.name}: port {code}: there twice, without at, list, water or name, or with at and list"
            )
        if of_list not in (None, *LISTS) or water not in (None, *WATERS):
            raise ValueError(
                f"{path.name}: port {code}: a list is one of {', '.join(LISTS)}, a water of {', '.join(WATERS)}"
            )
        places[code] = PortPlace(tuple(at) if at else None, of_list, water, entry["source"], name)
    one: dict[str, tuple[str, ...]] = {}
    for entry in stored.get("one", []):
        _check(path, str(entry.get("codes")), entry, ("codes", "why", "source"))
        one[entry["codes"][0]] = tuple(entry["codes"][1:])
    none: list[str] = []
    for entry in stored.get("none", []):
        _check(path, str(entry.get("codes")), entry, ("codes", "why", "source"))
        none += entry["codes"]
    twice = sorted({code for code in none if none.count(code) > 1 or code in places or code in one})
    if twice:
        raise ValueError(f"{path.name}: none {', '.join(twice)}: there twice")
    return PortPlaces(places, one, frozenset(none))


def read_new_ports(path: Path = NEW_FILE) -> list[Row]:
    """Read the ports that neither list has, as rows of the lists; ValueError names the line that is wrong."""
    rows: list[Row] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for number, entry in enumerate(csv.DictReader(stream), start=2):
            _check(path, f"line {number}", entry, ("id", "name", "country", "lat_deg", "lon_deg", "source"))
            lat, lon = float(entry["lat_deg"]), float(entry["lon_deg"])
            if entry["id"] in {row["id"] for row in rows} or not (abs(lat) <= 90 and abs(lon) <= 180):
                raise ValueError(f"{path.name}: line {number}: {entry['id']} there twice, or nowhere on earth")
            rows.append(
                {
                    "id": entry["id"],
                    "unlocode": entry["unlocode"],
                    "name": entry["name"],
                    "country": entry["country"],
                    "lat": lat,
                    "lon": lon,
                    "naval": False,
                    "confidence": "low",
                    "source": entry["source"],
                    "aliases": [name for name in entry["aliases"].split(";") if name],
                    "trade": True,
                    "number": "",
                    "from": "own",
                    "lists": 0,
                }
            )
    return rows


def _check(path: Path, name: str, entry: Mapping[str, object], needed: tuple[str, ...]) -> None:
    missing = [key for key in needed if not entry.get(key)]
    if missing:
        raise ValueError(f"{path.name}: {name}: {', '.join(missing)} missing")


def at_their_places(rows: list[Row], places: dict[str, PortPlace]) -> list[Row]:
    """Return the rows, those of which the table has the position or the name put there and called so."""
    found = []
    for row in rows:
        place = places.get(row["unlocode"])
        if place is not None and place.at is not None:
            row = {**row, "lat": place.at[0], "lon": place.at[1], "source": place.source}
        if place is not None and place.name is not None:
            row = {**row, "name": place.name}
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


def without_none(rows: list[Row], none: Set[str]) -> list[Row]:
    """Return the rows, those of codes that are no port left out."""
    return [row for row in rows if row["unlocode"] not in none]
