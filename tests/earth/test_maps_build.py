"""How the map builder treats what it finds in the packages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely

from subrescue.domain.errors import InputError
from subrescue.earth.places.place_tables import WATERS
from subrescue.earth.sea_and_sky.climate_grids import Grid
from tools.maps_airfields import airfield_rows
from tools.maps_climate import grid_values
from tools.maps_common import read_parts, read_shapes, update_manifest, write_arrays
from tools.maps_countries import _unwrapped
from tools.maps_ports import merge_ports
from tools.own_airfields import OwnAirfield, read_own_airfields
from tools.port_rules import (
    are_one,
    clean_names,
    in_living_nations,
    in_their_nations,
    with_waters,
    without_twins,
)

OWN = """
[[airfield]]
ident = "XX01"
name = "Field"
place = "Town"
country = "RU"
lat_deg = 69.0
lon_deg = 33.4
runways = [{length_m = 3500, surface = "concrete"}]
confidence = "low"
source = "test"
date = "2026-11"
"""


def own_airfields(folder: Path, text: str) -> tuple[OwnAirfield, ...]:
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return read_own_airfields(folder / "own.toml")


def station(**changes: Any) -> dict[str, Any]:
    runway = {"length_ft": 6000, "width_ft": 0, "surface": "asphalt", "ident1": "04"}
    return {
        "type": "small_airport",
        "name": "Field",
        "city": None,
        "country": "NO",
        "latitude": 60.0,
        "longitude": 5.0,
        "elevation_m": None,
        "icao": None,
        "runways": [runway, dict(runway)],
        **changes,
    }


def port(ident: str, name: str, lat: float, lon: float, *, naval: bool = False) -> dict[str, Any]:
    return {
        "id": ident,
        "unlocode": "" if naval else ident.upper(),
        "name": name,
        "country": "JP",
        "lat": lat,
        "lon": lon,
        "naval": naval,
        "aliases": [],
        "confidence": "low",
        "source": "test",
        "trade": True,
        "lists": 1,
        "number": "",
        "from": "sea-ports",
    }


def test_a_runway_listed_twice_is_one_and_no_width_is_unknown() -> None:
    (row,) = airfield_rows({"XX01": station()}, [])
    assert row["runways"] == [(1829, -1, 1, "04", 0)]
    assert row["icao"] == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "heliport"},
        {"type": "seaplane_base"},
        {"runways": None},
        {"runways": [{"length_ft": 9000, "width_ft": 100, "surface": "water", "ident1": "N"}]},
        {"runways": [{"length_ft": 2900, "width_ft": 100, "surface": "asphalt", "ident1": "09"}]},
    ],
)
def test_what_no_transport_can_use_is_left_out(changes: dict[str, Any]) -> None:
    assert airfield_rows({"XX01": station(**changes)}, []) == []


def test_every_runway_of_a_field_is_kept_and_no_helicopter_pad() -> None:
    strips = [
        {"length_ft": 6000, "width_ft": 150, "surface": "asphalt", "ident1": "04", "ident2": "22", "lights": True},
        {"length_ft": 1200, "width_ft": None, "surface": None, "ident1": "13", "ident2": "31", "lights": False},
        {"length_ft": 100, "width_ft": 100, "surface": "concrete", "ident1": "H1", "ident2": ""},
    ]
    (row,) = airfield_rows({"XX01": station(runways=strips)}, [])
    assert row["runways"] == [(1829, 46, 1, "04/22", 1), (366, -1, 0, "13/31", 0)]


class StraightCoast:
    """The sea south of 0 N, a river for seagoing ships along 10 E up to 1 N, a lake east of 20 E and north of 1 N."""

    def sea_nm(self, lat: Any, lon: Any) -> Any:
        return np.maximum(np.asarray(lat) * 60.0, 0.0)

    def on_lake(self, lat: Any, lon: Any) -> Any:
        return (np.asarray(lat) > 1) & (np.asarray(lon) > 20)

    def on_sea_river(self, lat: Any, lon: Any, beside_nm: float) -> Any:
        return (np.abs(np.asarray(lon) - 10) * 60 <= beside_nm) & (np.asarray(lat) <= 1)

    def on_river(self, lat: Any, lon: Any, beside_nm: float) -> Any:
        return np.abs(np.asarray(lon) - 10) * 60 <= beside_nm


@pytest.mark.parametrize(
    "lat, lon, trade, water",
    [
        (0.05, 0.0, False, "sea"),  # 3 nm inland: at the sea, whatever the lists say
        (0.15, 0.0, True, "sea"),  # 9 nm and trade
        (0.15, 5.0, False, "sea"),  # 9 nm, no trade, and no port beside it: a small port whose position is rough
        (0.15, 0.1, False, "inland"),  # 9 nm, no trade, 6 nm from a port with trade: a suburb
        (0.8, 10.1, True, "river"),  # 48 nm up the river, 6 nm beside it
        (0.8, 10.1, False, "inland_town"),
        (0.8, 10.03, False, "river"),  # no trade, but right at it
        (1.2, 10.0, True, "inland"),  # above the head of navigation
        (2.0, 21.0, False, "lake"),
        (0.3, 0.0, False, "inland"),  # 18 nm: the position may be wrong
        (2.0, 0.0, True, "inland"),
        (2.0, 0.0, False, "inland_town"),
    ],
)
def test_what_a_listed_place_lies_on_follows_from_its_position_and_trade(
    lat: float, lon: float, trade: bool, water: str
) -> None:
    asked = {**port("aaaaa", "Place", lat, lon), "trade": trade}
    known = {**port("bbbbb", "Known", 0.15, 0.0), "trade": True}
    rows, counts = with_waters([asked, known], StraightCoast())
    found = [WATERS[row["water"]] for row in rows if row["id"] == "aaaaa"]
    assert found == ([] if water == "inland_town" else [water])
    assert counts["town"] == (water == "inland_town")


def test_a_canal_is_no_port() -> None:
    rows, counts = with_waters([port("egscn", "Suez Canal", -1.0, 0.0)], StraightCoast())
    assert rows == []
    assert counts["canal"] == 1


@pytest.mark.parametrize(
    "given, name, aliases",
    [
        ("Kolkata (ex Calcutta)", "Kolkata", ["Calcutta", "Kolkata (ex Calcutta)"]),
        ("As Suways (Suez)", "As Suways", ["Suez", "As Suways (Suez)"]),
        ("Oslo", "Oslo", []),
    ],
)
def test_a_name_with_another_in_brackets_is_both(given: str, name: str, aliases: list[str]) -> None:
    assert clean_names(given, [given]) == (name, aliases)


@pytest.mark.parametrize(
    "other, lat, one",
    [
        ("Macao", 0.04, True),
        ("Port of Macau", 0.04, True),
        ("Macau", 0.19, True),
        ("Macau", 0.21, False),
        ("Macao", 0.06, False),
        ("Zhuhai", 0.01, False),
    ],
)
def test_ports_of_one_name_or_of_like_names_nearby_are_one(other: str, lat: float, one: bool) -> None:
    # 0.05 degrees are 3 nm, 0.2 degrees 12 nm.
    assert are_one(port("momfm", "Macau", 0.0, 0.0), port("cnxxx", other, lat, 0.0)) is one


def test_of_twins_the_one_that_more_lists_hold_is_kept_with_the_other_s_names_and_code() -> None:
    twins = [port("cnsgh", "Shanghai", 31.2, 121.5), {**port("cnsha", "Shanghai", 31.3, 121.5), "lists": 2}]
    (kept,) = without_twins(twins)
    assert kept["id"] == "cnsha"
    assert kept["aliases"] == ["CNSGH"]


def test_an_own_airfield_that_the_data_have_by_now_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="XX01"):
        airfield_rows({"XX01": station()}, own_airfields(tmp_path, OWN))


def test_an_own_airfield_joins_those_of_the_data_with_its_source_and_date(tmp_path: Path) -> None:
    (row,) = airfield_rows({}, own_airfields(tmp_path, OWN))
    assert row["runways"] == [(3500, -1, 2, "", -1)]
    assert (row["elevation"], row["confidence"], row["source"]) == (-32768, "low", "test (2026-11)")


@pytest.mark.parametrize(
    "old, new, field",
    [
        ("lat_deg = 69.0", "lat_deg = 169.0", "lat_deg"),
        ("lat_deg = 69.0\n", "", "lat_deg"),
        ('"concrete"', '"marble"', "surface"),
        ("3500", "35000", "length_m"),
        ('"low"', '"sure"', "confidence"),
        ('date = "2026-11"', 'date = "soon"', "date"),
        ('source = "test"', 'sauce = "test"', "sauce"),
    ],
)
def test_a_fault_of_an_own_airfield_is_told_by_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    with pytest.raises(InputError, match=f"own.toml, line .*{field}"):
        own_airfields(tmp_path, OWN.replace(old, new))


def test_an_own_airfield_given_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="each code stands once"):
        own_airfields(tmp_path, OWN + OWN)


# Eskifjordur with its sides turned, San Jose of Costa Rica and Jarjis with the wrong sign, as the lists have them; and
# Southampton in England under the code of Bermuda's.
@pytest.mark.parametrize(
    "given, field, place",
    [
        ((-14.05, 65.07), (65.28, -14.40), (65.07, -14.05)),
        ((9.56, 84.05), (9.99, -84.21), (9.56, -84.05)),
        ((33.50, -11.10), (33.88, 10.78), (33.50, 11.10)),
        ((50.91, -1.40), (32.36, -64.70), None),
        # Near by it stays, and on an island without an airfield.
        ((34.0, 135.0), (34.4, 135.2), (34.0, 135.0)),
        ((23.78, -15.63), (27.7, -9.9), (23.78, -15.63)),
    ],
)
def test_a_port_lies_in_its_nation_or_is_turned_there_or_dropped(
    given: tuple[float, float], field: tuple[float, float], place: tuple[float, float] | None
) -> None:
    rows, counts = in_their_nations([port("jpxxx", "Somewhere", *given)], {"JP": np.array([field])})
    assert [(row["lat"], row["lon"]) for row in rows] == ([] if place is None else [place])
    assert counts["mended"] == (place not in (None, given))
    assert counts["dropped"] == (place is None)


def test_the_other_ports_tell_where_a_nation_without_airfields_is() -> None:
    rows = [port("jpxx1", "One", 12.1, -68.9), port("jpxx2", "Two", 12.2, -68.3), port("jpxx3", "Three", -68.45, 12.17)]
    found, _ = in_their_nations(rows, {})
    assert (found[2]["lat"], found[2]["lon"]) == (12.17, -68.45)
    assert in_their_nations(rows[2:], {})[0] == rows[2:]


def test_a_port_under_a_code_of_no_nation_joins_that_of_the_nation_where_it_lies() -> None:
    # Six miles apart, as the lists have them; the one under the slip of a code has trade and is in more lists.
    slip = {**port("tkmrw", "Turkmenbashy", 40.01667, 53.0), "country": "TK", "lists": 2}
    own = {**port("tmkrw", "Turkmenbasy", 40.05457, 52.87661), "country": "TM", "trade": False}
    fields = {"AZ": np.array([[40.47, 50.05]]), "TM": np.array([[40.06, 53.01]])}
    (kept,) = without_twins(in_living_nations([slip, own], fields))
    assert (kept["id"], kept["country"], kept["aliases"]) == ("tmkrw", "TM", ["Turkmenbashy", "TKMRW"])
    # Names that are only alike do not join ports so far apart that their own nation lists.
    assert len(without_twins([{**slip, "name": "Turkmenbagy", "country": "TM"}, own])) == 2


def test_shapes_are_read_with_their_names_and_in_parts(tmp_path: Path) -> None:
    file = tmp_path / "shapes.shp"
    lines = shapely.from_wkt(["LINESTRING (0 0, 1 1)", "MULTILINESTRING ((2 2, 3 3), (4 4, 5 5))"])
    pyogrio.raw.write(
        file,
        shapely.to_wkb(lines),
        [np.array(["one", None], dtype=object)],
        ["name"],
        geometry_type="LineString",
        crs="EPSG:4326",
    )
    shapes, names = read_shapes(file, "name")
    assert (len(shapes), names.tolist(), read_shapes(file)[1].tolist()) == (2, ["one", ""], ["", ""])
    parts, names = read_parts(file, "name")
    assert [part.coords[0] for part in parts] == [(0, 0), (2, 2), (4, 4)]
    assert names.tolist() == ["one", "", ""]


def test_a_naval_base_takes_the_place_and_code_of_the_civil_port_beside_it() -> None:
    base = port("yokosuka", "Yokosuka", 35.29, 139.66, naval=True)
    rows = merge_ports([base], [port("jpyos", "Yokosuka", 35.45, 139.65), port("jpukb", "Kobe", 34.68, 135.2)])
    assert [(row["id"], row["unlocode"]) for row in rows] == [("yokosuka", "JPYOS"), ("jpukb", "JPUKB")]
    assert rows[0]["lat"] == 35.29


def test_a_base_that_covers_two_ports_bears_both_codes_the_better_known_first() -> None:
    base = port("yokosuka", "Yokosuka", 35.29, 139.66, naval=True)
    far = 35.29 + 13 / 60  # no twin of the other: over 12 nm from it
    known = {**port("jpyos", "Yokosuka", far, 139.66), "lists": 2}
    (row,) = merge_ports([base], [port("jpaaa", "Yokosuka", 35.29, 139.66), known])
    assert (row["unlocode"], row["aliases"]) == ("JPYOS", ["JPAAA"])


@pytest.mark.parametrize(
    "name, apart_nm, covered",
    [
        ("Korsoer", 2.0, True),
        ("Korsoer", 4.0, False),
        ("Korsbaek", 2.0, False),
        ("Port of Korsør", 2.0, True),
    ],
)
def test_a_base_covers_a_civil_port_beside_it_whose_name_sounds_the_same(
    name: str, apart_nm: float, covered: bool
) -> None:
    base = port("korsor", "Korsor naval base", 55.333, 11.13, naval=True)
    rows = merge_ports([base], [port("dkkor", name, 55.333 + apart_nm / 60, 11.13)])
    assert [row["id"] for row in rows] == (["korsor"] if covered else ["korsor", "dkkor"])
    assert (rows[0]["aliases"], rows[0]["unlocode"]) == (([name], "DKKOR") if covered else ([], ""))


def test_twins_by_sound_are_one_port_at_once() -> None:
    cabedelo, other = port("brcdo", "Cabedelo", -6.97, -34.84), port("brcab", "Cabedello", -6.97, -34.90)
    assert are_one(cabedelo, other)
    assert not are_one(cabedelo, {**other, "name": "Cabo Delo"})


def test_a_code_that_spells_a_base_s_name_gives_way() -> None:
    rows = merge_ports([port("brest", "Brest", 48.4, -4.5, naval=True)], [port("brest", "Estancia", -11.3, -37.4)])
    assert [row["id"] for row in rows] == ["brest", "brest_port"]


def test_an_outline_that_jumps_over_the_date_line_is_cut_there() -> None:
    ring = np.array([[179.0, -17], [-179.0, -17], [-179.0, -16], [179.0, -16], [179.0, -17]])
    shape = _unwrapped([ring])
    assert shape.area == pytest.approx(2.0)
    assert shapely.get_num_geometries(shape) == 2
    assert shapely.intersects_xy(shape, [179.5, -179.5, 0.0], [-16.5, -16.5, -16.5]).tolist() == [True, True, False]


def test_an_outline_round_the_pole_reaches_the_pole() -> None:
    ring = np.array([[lon, -70.0] for lon in range(-180, 181, 20)])
    assert shapely.intersects_xy(_unwrapped([ring]), 33.0, -89.0)


class _Variable:
    """A variable of a netCDF file with latitudes and longitudes."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self.dimensions = ("lat", "lon")

    def __getitem__(self, _part: object) -> Any:
        return self.values


def test_a_climate_grid_is_turned_to_begin_at_the_date_line_and_its_gaps_are_told() -> None:
    values = np.ma.masked_equal(np.array([[1.0, 2.0, 3.0, -9.0], [5.0, 6.0, 7.0, 8.0]]), -9)
    data = {"T": _Variable(values), "lat": np.array([-45.0, 45.0]), "lon": np.array([45.0, 135.0, 225.0, 315.0])}
    turned = grid_values(data, "T", Grid(-45, -135, 90, 2, 4, reach_nm=1))
    # 225 and 315 degrees east are 135 and 45 west
    assert turned == pytest.approx(np.array([[3, np.nan, 1, 2], [7, 8, 5, 6]]), nan_ok=True)
    for wrong in (Grid(-45, -180, 90, 2, 4, reach_nm=1), Grid(-40, -135, 90, 2, 4, reach_nm=1)):
        with pytest.raises(ValueError, match=r"T: l.*tudes .*; the grid's are expected"):
            grid_values(data, "T", wrong)


def test_the_same_arrays_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        write_arrays(tmp_path / name, {"y": np.arange(5), "x": np.array(1.5)})
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_the_manifest_keeps_what_other_builders_wrote(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {"other.npz": {"origin": "elsewhere"}}}))
    (tmp_path / "mine.txt").write_text("abc")
    update_manifest(tmp_path, {"mine.txt": {"origin": "here", "licence": "own", "date": "2026-11-23"}})
    files = json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert files["other.npz"] == {"origin": "elsewhere"}
    assert files["mine.txt"]["bytes"] == 3
    assert files["mine.txt"]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
