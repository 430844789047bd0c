"""Builds the ports, naval bases first, from the two port lists and our own table of naval bases."""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from subrescue.earth.map_files.map_arrays import pack_text
from subrescue.earth.places.names import fold
from subrescue.earth.places.naval_bases import BaseKind, NavalBase, load_naval_bases
from subrescue.earth.places.place_tables import WATERS, AirfieldTable, FloatArray
from subrescue.earth.router.access import MOST_PORT_GAP_NM
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from tools.maps_common import positions, write_arrays
from tools.port_places import as_one, at_their_places, read_new_ports, read_port_places, without_none
from tools.port_readings import readings
from tools.port_rules import (
    AT_SEA_NM,
    LIKE_NAME_NM,
    Row,
    WatersLike,
    are_like_named,
    clean_names,
    in_living_nations,
    in_their_nations,
    with_waters,
    without_twins,
)
from tools.port_towns import NAMESAKES, Towns, in_their_towns
from tools.port_waters import Waters

# A civil port and a naval base of one name nearer than this are one port, and the base's position is kept.
SAME_PORT_NM = 25.0
# Positions whose distances to the shore differ by less are as good as each other.
_POSITION_NM = 0.1
_UNLOCODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")


def _archive_text(archive: Path, ending: str) -> str:
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith(ending):
                stream = tar.extractfile(member)
                if stream is not None:
                    return stream.read().decode("utf-8")
    raise FileNotFoundError(f"{archive.name} holds no {ending}")


def civil_ports(
    searoute: Path, sea_ports: Path, waters: WatersLike, towns: Towns, of_list: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Merge both port lists by UN/LOCODE. Of two positions that by the town's airfield is kept, or by the sea.

    of_list: the list that is right about a code, where that is known. trade: whether a list shows trade by sea, number:
    that of Schedule K or D, see `port_rules`.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for feature in json.loads(_archive_text(searoute, "searoute/data/ports.geojson"))["features"]:
        stored_lon, stored_lat = feature["geometry"]["coordinates"]
        facts = feature["properties"]
        if facts["name"]:
            found.setdefault(facts["port"], []).extend(
                {
                    "name": facts["name"],
                    "lat": lat,
                    "lon": lon,
                    "aliases": [],
                    "from": "searoute",
                    "number": "",
                    "trade": facts.get("t") is not None or bool(facts.get("to_cty")),
                    "doubt_nm": doubt * AT_SEA_NM,
                }
                for doubt, (lat, lon) in enumerate(readings(stored_lat, stored_lon))
            )
    for code, port in json.loads(_archive_text(sea_ports, "lib/ports.json")).items():
        if "coordinates" in port:
            lon, lat = port["coordinates"]
            codes = [other for other in port.get("unlocs") or [] if other != code]
            found.setdefault(code, []).append(
                {
                    "name": port["name"],
                    "lat": lat,
                    "lon": lon,
                    "from": "sea-ports",
                    "trade": bool(port.get("code")),
                    "number": port.get("code") or "",
                    "doubt_nm": 0.0,
                    "aliases": [*(port.get("alias") or []), port.get("city") or "", *codes],
                }
            )
    rows, of_list = [], of_list or {}
    for code in sorted(found):
        given = [
            port
            for port in found[code]
            if abs(port["lat"]) <= 90
            and abs(port["lon"]) <= 180
            and (code not in of_list or port["from"] == of_list[code])
        ]
        if len(code) != 5 or not given:
            continue
        places = np.array([(port["lat"], port["lon"]) for port in given], dtype=float)
        off_shore = waters.off_shore_nm(places[:, 0], places[:, 1])
        # Quays are built out, and terminals lie in the water; so far out a port stands where there is none.
        inland = np.where(off_shore > AT_SEA_NM, off_shore, waters.sea_nm(places[:, 0], places[:, 1]))
        # The less likely reading of a position is taken where the other is no place for a port.
        inland = inland + [port["doubt_nm"] for port in given]
        borne_out = towns.likeliest(code, [port["name"] for port in given], places)
        best = given[int(np.lexsort((np.round(inland / _POSITION_NM), -borne_out))[0])]
        row = _civil_row(code, best, given)
        rows.append(row)
        if code in NAMESAKES:
            other = given[int(np.argmin(inland))]
            rows.append({**_civil_row(code, other, [other]), "id": f"{row['id']}_port", "unlocode": ""})
    return rows


def _civil_row(code: str, best: dict[str, Any], given: list[dict[str, Any]]) -> dict[str, Any]:
    name, aliases = clean_names(best["name"], [n for port in given for n in (port["name"], *port["aliases"])])
    return {
        "id": code.lower(),
        "unlocode": code,
        "name": name,
        "country": code[:2],
        "lat": best["lat"],
        "lon": best["lon"],
        "naval": False,
        "confidence": "low",
        "source": f"{best['from']}, position may be some miles out",
        "aliases": aliases,
        "trade": any(port["trade"] for port in given),
        "from": best["from"],
        "number": next((port["number"] for port in given if port["number"]), ""),
        "lists": len({port["from"] for port in given}),
    }


def merge_ports(naval: list[dict[str, Any]], civil: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join the lists: a civil port that a naval base of the same name covers, and a twin of another, drop out.

    So does one beside the base whose name sounds the same: Korsoer and Korsor naval base. A base takes the code of the
    port that it covers; of several, that of the one that most lists hold. The others' codes become names of it.
    """
    kept: list[dict[str, Any]] = []
    taken = {base["id"] for base in naval}
    for port in sorted(without_twins(civil), key=lambda row: (-row["lists"], not row["trade"], str(row["id"]))):
        if port["id"] in taken:  # a UN/LOCODE that spells a base's name: BREST is a place in Brazil
            port["id"] += "_port"
        names = {fold(name) for name in (port["name"], *port["aliases"])}
        for base in naval:
            known = {fold(name) for name in (base["name"], *base["aliases"])}
            apart = float(distance_nm(port["lat"], port["lon"], base["lat"], base["lon"]))
            if (apart <= SAME_PORT_NM and names & known) or (apart <= LIKE_NAME_NM and are_like_named(base, port)):
                also = [code for code in port["aliases"] if _UNLOCODE.fullmatch(code)]
                if not names & known:
                    also = [name for name in (port["name"], *port["aliases"]) if fold(name) not in known]
                base["aliases"] += also
                if not base["unlocode"]:
                    base["unlocode"] = port["unlocode"]
                elif port["unlocode"]:
                    base["aliases"].append(port["unlocode"])
                break
        else:
            kept.append(port)
    return sorted(naval, key=lambda row: (not row["naval"], str(row["id"]))) + sorted(
        kept, key=lambda row: str(row["id"])
    )


def naval_rows(bases: Sequence[NavalBase]) -> list[dict[str, Any]]:
    """Return the rows of our own table as the lists are merged; the source with its date."""
    return [
        {
            "id": base.id,
            "unlocode": "",
            "name": base.name,
            "country": base.country,
            "lat": base.position.lat_deg,
            "lon": base.position.lon_deg,
            "naval": base.kind is BaseKind.NAVAL_BASE,
            "confidence": str(base.confidence),
            "source": f"{base.source} ({base.date})",
            "aliases": list(base.aliases),
        }
        for base in bases
    ]


def build(
    searoute: Path, sea_ports: Path, bases: Path, waters: Waters, land: Land, out: Path
) -> dict[str, dict[str, str]]:
    """Write ports.npz; return the manifest entry. bases: the folder of naval_bases.csv; out has airfields.npz."""
    naval = naval_rows(load_naval_bases(bases))
    for base in naval:
        base["water"] = _water_of_base(base, waters)
    airfields = AirfieldTable(out)
    towns = Towns(airfields)
    nations = _by_nation(airfields)
    own = read_port_places()
    of_list = {code: place.of_list for code, place in own.places.items() if place.of_list}
    listed, turned = in_their_nations(civil_ports(searoute, sea_ports, waters, towns, of_list), nations)
    listed, moved = in_their_towns(listed, towns)
    listed = at_their_places(as_one(without_none(listed, own.none), own.one), own.places) + read_new_ports()
    print(
        f"  {turned['mended']} positions turned to where the nation is, {turned['dropped']} of no such nation "
        f"dropped, {moved['moved']} moved to their town"
    )
    known = {code: place.water for code, place in own.places.items() if place.water}
    civil, counts = with_waters(in_living_nations(listed, nations), waters, known)
    rows = merge_ports(naval, on_charted_waters(civil, land))
    _tell(len(listed), counts, len(naval), len(rows))
    arrays = positions(rows, land)
    arrays["is_naval_base"] = np.array([row["naval"] for row in rows], dtype=np.bool_)
    arrays["water"] = np.array([row["water"] for row in rows], dtype=np.uint8)
    for column in ("id", "unlocode", "name", "country", "source", "confidence"):
        arrays[column] = pack_text([str(row[column]) for row in rows])
    arrays["aliases"] = pack_text(["\t".join(row["aliases"]) for row in rows])
    write_arrays(out / "ports.npz", arrays)
    return {
        "ports.npz": {
            "origin": "PyPI searoute 1.6.0 ports.geojson, npm sea-ports 0.0.9, own tables naval_bases.csv and "
            "tools/new_ports.csv; rivers of Natural Earth tell seaports from inland places",
            "licence": "Apache-2.0 (searoute), MIT (sea-ports), own",
            "date": "2026-11-23",
        }
    }


def on_charted_waters(rows: list[Row], land: Land) -> list[Row]:
    """Return the rows, ports up rivers that the map does not have as inland: no way by sea leads to them.

    land: with the fairways cut out. The miles are those that the router looks for a port's water within.
    """
    shore_nm = land.sea_shore.nearest(
        np.array([row["lat"] for row in rows], float), np.array([row["lon"] for row in rows], float)
    )[0]
    river, inland = WATERS.index("river"), WATERS.index("inland")
    return [
        {**row, "water": inland} if row["water"] == river and far else row
        for row, far in zip(rows, (shore_nm > MOST_PORT_GAP_NM).tolist(), strict=True)
    ]


def _by_nation(airfields: AirfieldTable) -> dict[str, FloatArray]:
    """The places of the airfields of each nation, (n, 2) degrees."""
    nations = np.array(airfields.country)
    places = np.column_stack((airfields.lat_deg, airfields.lon_deg))
    return {nation: places[nations == nation] for nation in np.unique(nations).tolist() if nation}


def _water_of_base(base: dict[str, Any], waters: Waters) -> int:
    """What a place of our own table lies on: it is there for its water, whatever the distance to the sea."""
    lat, lon = np.array([base["lat"]]), np.array([base["lon"]])
    if waters.on_lake(lat, lon)[0] and waters.sea_nm(lat, lon)[0] > 0:
        return WATERS.index("lake")
    return WATERS.index("river" if waters.sea_nm(lat, lon)[0] > SAME_PORT_NM else "sea")


def _tell(listed: int, counts: Counter[str], bases: int, kept: int) -> None:
    """Print what came of the lists."""
    on_water = sum(counts[water] for water in WATERS)
    print(
        f"  {listed} listed ports: "
        + ", ".join(f"{counts[water]} {water}" for water in WATERS)
        + f"; dropped {counts['town']} towns, {counts['canal']} canals, {counts['airport']} airports, "
        f"{on_water + bases - kept} twins; {bases} of our own table; {kept} kept"
    )
