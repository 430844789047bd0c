"""Builds the airfields with every runway on land, from the OurAirports data of avwx-engine and our own table."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from subrescue.earth.map_files.map_arrays import pack_text
from subrescue.earth.places.place_tables import SURFACES, UNKNOWN_ELEVATION
from subrescue.earth.shape.land import Land
from tools.maps_common import positions, write_arrays
from tools.own_airfields import OwnAirfield, OwnRunway, read_own_airfields

FOOT_M = 0.3048
# Fields with a runway this long are kept, with all their runways: no laden transport lands on less.
MIN_LONGEST_M = 900
# Ends that name no runway: pads for helicopters, and strips in all directions.
_NO_RUNWAY = ("H", "PAD")

Strip = tuple[int, int, int, str, int]


def _metres(feet: float | None) -> int:
    """Whole metres, or -1 where not known: the data give 0 for that."""
    return round((feet or 0) * FOOT_M) or -1


def runways(station: dict[str, Any]) -> list[Strip]:
    """Return (length_m, width_m, surface number, ends, lights 0 or 1) of the runways on land, longest first.

    -1 where a length or width is not known. The data list a strip many times over: each comes once.
    """
    seen = set()
    for runway in station.get("runways") or []:
        ends = [end for end in (runway.get("ident1"), runway.get("ident2")) if end and end != "unknown"]
        if runway.get("surface") == "water" or any(end.upper().startswith(_NO_RUNWAY) for end in ends):
            continue
        surface = SURFACES.index(runway["surface"]) if runway.get("surface") in SURFACES else 0
        seen.add(
            (
                _metres(runway.get("length_ft")),
                _metres(runway.get("width_ft")),
                surface,
                "/".join(ends),
                int(bool(runway.get("lights"))),
            )
        )
    return sorted(seen, key=lambda strip: (-strip[0], str(strip)))


def airfield_rows(stations: dict[str, Any], more: Sequence[OwnAirfield]) -> list[dict[str, Any]]:
    """Return airfields with a runway of 900 m or more, by ident; those of our own table added."""
    rows = []
    for ident, station in stations.items():
        strips = runways(station)
        if "airport" not in station["type"] or not strips or strips[0][0] < MIN_LONGEST_M:
            continue
        elevation = station.get("elevation_m")
        rows.append(
            {
                "ident": ident,
                "icao": station.get("icao") or "",
                "iata": station.get("iata") or "",
                "name": station["name"] or ident,
                "place": station.get("city") or "",
                "country": station.get("country") or "",
                "lat": station["latitude"],
                "lon": station["longitude"],
                "runways": strips,
                "source": "",
                "confidence": "",
                "large": station["type"] == "large_airport",
                "elevation": UNKNOWN_ELEVATION if elevation is None else elevation,
            }
        )
    known = {row["ident"] for row in rows}
    for extra in more:
        if extra.ident in known:
            raise ValueError(f"more_airfields.toml: {extra.ident} is in the data already")
        rows.append(
            {
                "ident": extra.ident,
                "icao": extra.ident,
                "iata": extra.iata or "",
                "name": extra.name,
                "place": extra.place,
                "country": extra.country,
                "lat": extra.lat_deg,
                "lon": extra.lon_deg,
                "runways": [_own_strip(runway) for runway in extra.runways],
                "large": False,
                "elevation": UNKNOWN_ELEVATION if extra.elevation_m is None else extra.elevation_m,
                "source": f"{extra.source} ({extra.date})",
                "confidence": str(extra.confidence),
            }
        )
    return sorted(rows, key=lambda row: str(row["ident"]))


def _own_strip(runway: OwnRunway) -> Strip:
    lights = -1 if runway.lights is None else int(runway.lights)
    return (runway.length_m, runway.width_m or -1, SURFACES.index(runway.surface or ""), runway.ident or "", lights)


def build(stations: Path, more: Path, land: Land, out: Path) -> dict[str, dict[str, str]]:
    """Write airfields.npz from avwx-engine's stations.json, or from its wheel; return the manifest entry."""
    if stations.suffix == ".whl":
        with zipfile.ZipFile(stations) as wheel:
            text = wheel.read("avwx/data/files/stations.json").decode("utf-8")
    else:
        text = stations.read_text(encoding="utf-8")
    rows = airfield_rows(json.loads(text), read_own_airfields(more))
    strips = [strip for row in rows for strip in row["runways"]]
    arrays = positions(rows, land)
    arrays["elevation_m"] = np.array([row["elevation"] for row in rows], dtype=np.int16)
    arrays["is_large"] = np.array([row["large"] for row in rows], dtype=np.bool_)
    arrays["runway_count"] = np.array([len(row["runways"]) for row in rows], dtype=np.uint8)
    arrays["runway_length_m"] = np.array([strip[0] for strip in strips], dtype=np.int16)
    arrays["runway_width_m"] = np.array([strip[1] for strip in strips], dtype=np.int16)
    arrays["runway_surface"] = np.array([strip[2] for strip in strips], dtype=np.uint8)
    arrays["runway_ident"] = pack_text([strip[3] for strip in strips])
    arrays["runway_lights"] = np.array([strip[4] for strip in strips], dtype=np.int8)
    for column in ("ident", "icao", "iata", "name", "place", "country", "source", "confidence"):
        arrays[column] = pack_text([str(row[column]) for row in rows])
    write_arrays(out / "airfields.npz", arrays)
    print(f"  {len(rows)} airfields with {len(strips)} runways")
    return {
        "airfields.npz": {
            "origin": "OurAirports, from PyPI avwx-engine 1.9.10 stations.json; own additions from more_airfields.toml",
            "licence": "public domain (data); avwx-engine MIT",
            "date": "2026-11-23",
        }
    }
