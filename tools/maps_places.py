"""Builds airfields with their runways and ports, naval bases first, from the packages and our own tables."""

from __future__ import annotations

import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.geodesy import distance_nm
from subrescue.earth.land import Land
from subrescue.earth.naval_bases import BaseKind, NavalBase, load_naval_bases
from subrescue.earth.place_tables import SURFACES, UNKNOWN_ELEVATION, fold, pack_text
from tools.maps_common import write_arrays
from tools.own_airfields import OwnAirfield, read_own_airfields

FOOT_M = 0.3048
MIN_LONGEST_M = 1500
MIN_RUNWAY_M = 600
COORD_STEPS = 1e5
# A civil port and a naval base of one name nearer than this are one port, and the base's position is kept.
SAME_PORT_NM = 25.0
# Two ports of one name in one country nearer than this are one.
SAME_NAME_NM = 12.0


def _runways(station: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Return (length_m, width_m or -1, surface number) of the runways on land, longest first, each strip once."""
    seen = set()
    for runway in station.get("runways") or []:
        length = round((runway.get("length_ft") or 0) * FOOT_M)
        if length < MIN_RUNWAY_M or runway.get("surface") == "water" or str(runway.get("ident1")).startswith("H"):
            continue
        surface = SURFACES.index(runway.get("surface") or "") if runway.get("surface") in SURFACES else 0
        seen.add((length, round((runway.get("width_ft") or 0) * FOOT_M) or -1, surface, runway.get("ident1")))
    return [strip[:3] for strip in sorted(seen, key=lambda strip: (-strip[0], str(strip)))]


def airfield_rows(stations: dict[str, Any], more: Sequence[OwnAirfield]) -> list[dict[str, Any]]:
    """Return airfields with a runway of 1,500 m or more, by ident; those of our own table added."""
    rows = []
    for ident, station in stations.items():
        runways = _runways(station)
        if "airport" not in station["type"] or not runways or runways[0][0] < MIN_LONGEST_M:
            continue
        elevation = station.get("elevation_m")
        rows.append({
            "ident": ident, "icao": station.get("icao") or "", "name": station["name"] or ident,
            "place": station.get("city") or "", "country": station.get("country") or "", "lat": station["latitude"],
            "lon": station["longitude"], "runways": runways, "source": "", "confidence": "",
            "elevation": UNKNOWN_ELEVATION if elevation is None else elevation})
    known = {row["ident"] for row in rows}
    for extra in more:
        if extra.ident in known:
            raise ValueError(f"more_airfields.toml: {extra.ident} is in the data already")
        rows.append({
            "ident": extra.ident, "icao": extra.ident, "name": extra.name, "place": extra.place,
            "country": extra.country, "lat": extra.lat_deg, "lon": extra.lon_deg,
            "runways": [(strip.length_m, strip.width_m or -1, SURFACES.index(strip.surface or ""))
                        for strip in extra.runways],
            "elevation": UNKNOWN_ELEVATION if extra.elevation_m is None else extra.elevation_m,
            "source": f"{extra.source} ({extra.date})", "confidence": str(extra.confidence)})
    return sorted(rows, key=lambda row: str(row["ident"]))


def _positions(rows: list[dict[str, Any]], land: Land) -> dict[str, npt.NDArray[Any]]:
    lat = np.rint(np.array([row["lat"] for row in rows]) * COORD_STEPS).astype(np.int32)
    lon = np.rint(np.array([row["lon"] for row in rows]) * COORD_STEPS).astype(np.int32)
    return {"lat": lat, "lon": lon, "landmass": land.landmass_at(lat / COORD_STEPS, lon / COORD_STEPS).astype(np.int32)}


def build_airfields(stations: Path, more: Path, land: Land, out: Path) -> dict[str, dict[str, str]]:
    """Write airfields.npz from avwx-engine's stations.json, or from its wheel; return the manifest entry."""
    if stations.suffix == ".whl":
        with zipfile.ZipFile(stations) as wheel:
            text = wheel.read("avwx/data/files/stations.json").decode("utf-8")
    else:
        text = stations.read_text(encoding="utf-8")
    rows = airfield_rows(json.loads(text), read_own_airfields(more))
    strips = [strip for row in rows for strip in row["runways"]]
    arrays = _positions(rows, land)
    arrays["elevation_m"] = np.array([row["elevation"] for row in rows], dtype=np.int16)
    arrays["runway_count"] = np.array([len(row["runways"]) for row in rows], dtype=np.uint8)
    arrays["runway_length_m"] = np.array([strip[0] for strip in strips], dtype=np.int16)
    arrays["runway_width_m"] = np.array([strip[1] for strip in strips], dtype=np.int16)
    arrays["runway_surface"] = np.array([strip[2] for strip in strips], dtype=np.uint8)
    for column in ("ident", "icao", "name", "place", "country", "source", "confidence"):
        arrays[column] = pack_text([str(row[column]) for row in rows])
    write_arrays(out / "airfields.npz", arrays)
    return {"airfields.npz": {
        "origin": "OurAirports, from PyPI avwx-engine 1.9.10 stations.json; own additions from more_airfields.toml",
        "licence": "public domain (data); avwx-engine MIT", "date": "2026-11-23"}}


def _archive_text(archive: Path, ending: str) -> str:
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith(ending):
                stream = tar.extractfile(member)
                if stream is not None:
                    return stream.read().decode("utf-8")
    raise FileNotFoundError(f"{archive.name} holds no {ending}")


def civil_ports(searoute: Path, sea_ports: Path, land: Land) -> list[dict[str, Any]]:
    """Merge both port lists by UN/LOCODE; where both give a position, the one nearer to the shore is kept."""
    found: dict[str, list[dict[str, Any]]] = {}
    for feature in json.loads(_archive_text(searoute, "searoute/data/ports.geojson"))["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        code, name = feature["properties"]["port"], feature["properties"]["name"]
        if name:
            found.setdefault(code, []).append({"name": name, "lat": lat, "lon": lon, "aliases": [], "from": "searoute"})
    for code, port in json.loads(_archive_text(sea_ports, "lib/ports.json")).items():
        if "coordinates" in port:
            lon, lat = port["coordinates"]
            found.setdefault(code, []).append({"name": port["name"], "lat": lat, "lon": lon,
                                               "aliases": port.get("alias") or [], "from": "sea-ports"})
    rows = []
    for code in sorted(found):
        given = [port for port in found[code] if abs(port["lat"]) <= 90 and abs(port["lon"]) <= 180]
        if len(code) != 5 or not given:
            continue
        off_shore = land.distance_to_shore_nm([port["lat"] for port in given], [port["lon"] for port in given])
        best = given[int(np.argmin(np.round(off_shore, 1)))]
        names = [name for port in given for name in (port["name"], *port["aliases"]) if name != best["name"]]
        rows.append({"id": code.lower(), "unlocode": code, "name": " ".join(best["name"].split()),
                     "country": code[:2], "lat": best["lat"], "lon": best["lon"], "naval": False, "confidence": "low",
                     "source": f"{best['from']}, position may be some miles out",
                     "aliases": list(dict.fromkeys(names))})
    return rows


def merge_ports(naval: list[dict[str, Any]], civil: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join the lists: a civil port that a naval base of the same name covers, and a second of one name, drop out."""
    kept: list[dict[str, Any]] = []
    taken = {base["id"] for base in naval}
    for port in civil:
        if port["id"] in taken:  # a UN/LOCODE that spells a base's name: BREST is a place in Brazil
            port["id"] += "_port"
        names = {fold(name) for name in (port["name"], *port["aliases"])}
        for base in naval:
            known = {fold(name) for name in (base["name"], *base["aliases"])}
            if names & known and distance_nm(port["lat"], port["lon"], base["lat"], base["lon"]) <= SAME_PORT_NM:
                base["unlocode"] = base["unlocode"] or port["unlocode"]
                break
        else:
            twin = next((other for other in kept if other["country"] == port["country"]
                         and fold(other["name"]) == fold(port["name"])
                         and distance_nm(port["lat"], port["lon"], other["lat"], other["lon"]) <= SAME_NAME_NM), None)
            if twin is None:
                kept.append(port)
    return sorted(naval, key=lambda row: (not row["naval"], str(row["id"]))) + kept


def naval_rows(bases: Sequence[NavalBase]) -> list[dict[str, Any]]:
    """Return the rows of our own table as the lists are merged; the source with its date."""
    return [{"id": base.id, "unlocode": "", "name": base.name, "country": base.country,
             "lat": base.position.lat_deg, "lon": base.position.lon_deg, "naval": base.kind is BaseKind.NAVAL_BASE,
             "confidence": str(base.confidence), "source": f"{base.source} ({base.date})",
             "aliases": list(base.aliases)} for base in bases]


def build_ports(searoute: Path, sea_ports: Path, bases: Path, land: Land, out: Path) -> dict[str, dict[str, str]]:
    """Write ports.npz; return the manifest entry. `bases` is the folder of naval_bases.csv."""
    naval = naval_rows(load_naval_bases(bases))
    rows = merge_ports(naval, civil_ports(searoute, sea_ports, land))
    arrays = _positions(rows, land)
    arrays["is_naval_base"] = np.array([row["naval"] for row in rows], dtype=np.bool_)
    for column in ("id", "unlocode", "name", "country", "source", "confidence"):
        arrays[column] = pack_text([str(row[column]) for row in rows])
    arrays["aliases"] = pack_text(["\t".join(row["aliases"]) for row in rows])
    write_arrays(out / "ports.npz", arrays)
    return {"ports.npz": {
        "origin": "PyPI searoute 1.6.0 ports.geojson, npm sea-ports 0.0.9, own table naval_bases.csv",
        "licence": "Apache-2.0 (searoute), MIT (sea-ports), own", "date": "2026-11-23"}}
