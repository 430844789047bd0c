"""Builds the countries' outlines with their ISO codes from the TopoJSON of npm's world-atlas."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity

from subrescue.earth.map_files.map_arrays import pack_text
from subrescue.earth.map_files.rings import pack_rings
from subrescue.earth.places.place_tables import AirfieldTable
from tools.maps_common import rings_of, write_arrays

STEP_DEG = 0.001
MIN_AREA_DEG2 = 2e-5  # a fifth of a square kilometre: what is smaller vanishes in the rounding
# World-atlas shortens names and lacks codes for some; the airfields inside give the codes of all others.
FULL_NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "S. Sudan": "South Sudan",
    "W. Sahara": "Western Sahara",
    "Solomon Is.": "Solomon Islands",
    "Marshall Is.": "Marshall Islands",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Macedonia": "North Macedonia",
    "eSwatini": "Eswatini",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "Antigua and Barb.": "Antigua and Barbuda",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Cayman Is.": "Cayman Islands",
    "U.S. Virgin Is.": "U.S. Virgin Islands",
    "N. Mariana Is.": "Northern Mariana Islands",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "British Virgin Is.": "British Virgin Islands",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "Cook Is.": "Cook Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "Pitcairn Is.": "Pitcairn Islands",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "Wallis and Futuna Is.": "Wallis and Futuna",
    "Heard I. and McDonald Is.": "Heard and McDonald Islands",
    "St-Martin": "Saint Martin",
    "St-Barthélemy": "Saint Barthélemy",
    "Indian Ocean Ter.": "Australian Indian Ocean Territories",
    "U.S. Minor Outlying Is.": "U.S. Minor Outlying Islands",
    "N. Cyprus": "Northern Cyprus",
}
# ISO 3166-1 codes by the name in world-atlas, for those that no airfield in the data tells apart.
CODES = {
    "Andorra": "AD",
    "Liechtenstein": "LI",
    "Monaco": "MC",
    "San Marino": "SM",
    "Vatican": "VA",
    "Palestine": "PS",
    "Somaliland": "SO",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Dhekelia": "GB",
    "Akrotiri": "GB",
    "Gibraltar": "GI",
    "Cyprus U.N. Buffer Zone": "CY",
    "USNB Guantanamo Bay": "CU",
    "Baikonur": "KZ",
    "Antarctica": "AQ",
    "Macao": "MO",
    "Hong Kong": "HK",
    "Montserrat": "MS",
    "Niue": "NU",
    "Tuvalu": "TV",
    "Nauru": "NR",
    "Pitcairn Is.": "PN",
    "Tokelau": "TK",
    "Anguilla": "AI",
    "Saint Helena": "SH",
    "Norfolk Island": "NF",
    "Wallis and Futuna Is.": "WF",
    "St-Barthélemy": "BL",
    "St-Martin": "MF",
    "Sint Maarten": "SX",
    "Fr. S. Antarctic Lands": "TF",
    "Åland": "AX",
    "Heard I. and McDonald Is.": "HM",
    "S. Geo. and the Is.": "GS",
    "Br. Indian Ocean Ter.": "IO",
    "Jersey": "JE",
    "Guernsey": "GG",
    "Isle of Man": "IM",
    "U.S. Minor Outlying Is.": "UM",
    "Indian Ocean Ter.": "CX",
    "Coral Sea Is.": "AU",
    "Ashmore and Cartier Is.": "AU",
    "Clipperton I.": "FR",
    "Singapore": "SG",
    "Bermuda": "BM",
    "Curaçao": "CW",
    "Aruba": "AW",
    "British Virgin Is.": "VG",
    "U.S. Virgin Is.": "VI",
    "Dominica": "DM",
    "St. Pierre and Miquelon": "PM",
    "Faeroe Is.": "FO",
    "Palau": "PW",
    "Guam": "GU",
    "N. Mariana Is.": "MP",
    "American Samoa": "AS",
    "Cook Is.": "CK",
    "Tonga": "TO",
    "Samoa": "WS",
    "Lesotho": "LS",
    "Bahrain": "BH",
    "Luxembourg": "LU",
    "Malta": "MT",
    "Grenada": "GD",
    "Saint Lucia": "LC",
    "Barbados": "BB",
    "Mauritius": "MU",
    "Falkland Is.": "FK",
    "Seychelles": "SC",
    "Marshall Is.": "MH",
    "Micronesia": "FM",
    "Gambia": "GM",
    "Taiwan": "TW",
    "Puerto Rico": "PR",
    "Greenland": "GL",
    "W. Sahara": "EH",
}


def _arcs(topology: dict[str, Any]) -> list[npt.NDArray[np.float64]]:
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc, dtype=np.int64), axis=0) * scale + move for arc in topology["arcs"]]


def _ring(arcs: list[npt.NDArray[np.float64]], numbers: list[int]) -> npt.NDArray[np.float64]:
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.vstack([part[1:] if k else part for k, part in enumerate(parts)])


def _unwrapped(outlines: list[npt.NDArray[np.float64]]) -> Any:
    """Return a polygon whose outline may jump over the date line, cut there."""
    for outline in outlines:
        outline[:, 0] = np.unwrap(outline[:, 0], period=360)
    outer = outlines[0]
    if abs(outer[-1, 0] - outer[0, 0]) > 180:  # runs once round the pole
        outlines[0] = np.vstack([outer, [outer[-1, 0], -90], [outer[0, 0], -90]])
    shape = shapely.make_valid(shapely.Polygon(outlines[0], outlines[1:]))
    parts = [
        shapely.affinity.translate(shapely.intersection(shape, shapely.box(turn - 180, -90, turn + 180, 90)), -turn)
        for turn in (-360, 0, 360)
    ]
    return shapely.union_all(parts)


def country_polygons(topology: dict[str, Any]) -> list[tuple[str, list[shapely.Polygon]]]:
    """Return each country's name in world-atlas and its polygons."""
    arcs = _arcs(topology)
    result = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        shapes: list[shapely.Polygon] = []
        for rings in polygons:
            # The coast is told by the land file: small detail is thinned here, borders stay within a
            # kilometre or two.
            outlines = [outline for outline in (_ring(arcs, ring) for ring in rings) if len(outline) >= 4]
            if not outlines:
                continue
            shape = _unwrapped(outlines)
            shape = shapely.make_valid(shapely.simplify(shape, 0.005))
            shapes.extend(
                part
                for part in shapely.get_parts(shape)
                if isinstance(part, shapely.Polygon) and part.area > MIN_AREA_DEG2
            )
        result.append((geometry["properties"]["name"], shapes))
    return result


def build(world_atlas: Path, out: Path) -> dict[str, dict[str, str]]:
    """Write countries.npz; airfields.npz must be there, its countries give the ISO codes."""
    with tarfile.open(world_atlas) as tar:
        stream = tar.extractfile("package/countries-10m.json")
        if stream is None:
            raise FileNotFoundError("world-atlas holds no countries-10m.json")
        countries = country_polygons(json.load(stream))
    airfields = AirfieldTable(out)
    tree = shapely.STRtree(np.asarray(shapely.points(airfields.lon_deg, airfields.lat_deg), dtype=object))
    iso = [airfield.country for airfield in airfields]
    polygons: list[shapely.Polygon] = []
    owner, codes, names = [], [], []
    for number, (name, shapes) in enumerate(countries):
        polygons.extend(shapes)
        owner.extend([number] * len(shapes))
        inside = tree.query(shapely.union_all(shapes), predicate="contains")
        votes = Counter(iso[i] for i in inside if iso[i])
        codes.append(CODES.get(name) or (votes.most_common(1)[0][0] if votes else "") or "")
        names.append(FULL_NAMES.get(name, name))
    packed = pack_rings(rings_of(np.array(polygons, dtype=object)), STEP_DEG)
    write_arrays(
        out / "countries.npz",
        {**packed, "country": np.array(owner, dtype=np.int16), "iso": pack_text(codes), "name": pack_text(names)},
    )
    return {
        "countries.npz": {
            "origin": "Natural Earth, from npm world-atlas 2.0.2 countries-10m.json, thinned",
            "licence": "ISC (world-atlas), public domain (Natural Earth)",
            "date": "2019-11-26",
        }
    }
