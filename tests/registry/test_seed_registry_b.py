"""The shipped aircraft types, fleets and submarine classes are complete, sourced and plausible."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from subrescue.datafiles import data_dir
from subrescue.domain.assets import AircraftFleet, AircraftType
from subrescue.domain.position import Position
from subrescue.domain.submarines import SubmarineClass
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.shape.geodesy import distance_nm

UNSOURCED = {"id", "name", "kind", "nations", "notes", "operator", "evidence"}
TABLES: dict[str, Any] = {
    "aircraft_type": AircraftType,
    "aircraft_fleet": AircraftFleet,
    "submarine_class": SubmarineClass,
}
FILES = {
    "aircraft_type": "aircraft_types.toml",
    "aircraft_fleet": "aircraft_fleets.toml",
    "submarine_class": "submarine_classes.toml",
}


def registry() -> Path:
    return data_dir("resources") / "registry"


def rows(table: str) -> list[dict[str, Any]]:
    found = tomllib.loads((registry() / FILES[table]).read_text(encoding="utf-8"))[table]
    assert isinstance(found, list)
    return found


def all_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for table in TABLES:
        for row in rows(table):
            yield table, row


def source_ids() -> set[str]:
    text = (registry() / "sources.toml").read_text(encoding="utf-8")
    return {source["id"] for source in tomllib.loads(text)["source"]}


@pytest.mark.parametrize("table", list(TABLES))
def test_every_row_is_a_valid_model(table: str) -> None:
    for row in rows(table):
        TABLES[table].model_validate(row)


def test_there_are_as_many_as_the_issue_asks_for() -> None:
    classes = rows("submarine_class")
    assert len(rows("aircraft_type")) >= 9
    assert len(rows("aircraft_fleet")) >= 30
    assert len(classes) >= 45
    assert len({nation for row in classes for nation in row["nations"]}) >= 28


@pytest.mark.parametrize("table", list(TABLES))
def test_no_two_ids_are_equal(table: str) -> None:
    ids = [row["id"] for row in rows(table)]
    assert len(ids) == len(set(ids))


def test_every_known_field_names_a_source_that_exists() -> None:
    known = source_ids()
    for table, row in all_rows():
        evidence = row.get("evidence", {})
        missing = set(row) - UNSOURCED - set(evidence)
        assert not missing, f"{table} {row['id']}: no evidence for {sorted(missing)}"
        idle = set(evidence) - set(row)
        assert not idle, f"{table} {row['id']}: evidence for absent {sorted(idle)}"
        cited = {entry["source"] for entries in evidence.values() for entry in entries}
        assert cited <= known, f"{table} {row['id']}: unknown sources {sorted(cited - known)}"


def test_nations_are_two_capital_letters() -> None:
    for _, row in all_rows():
        for nation in [*row.get("nations", []), *row.get("serves", [])]:
            assert re.fullmatch("[A-Z]{2}", nation), row["id"]


def test_payload_falls_as_range_grows_and_starts_at_the_greatest() -> None:
    for row in rows("aircraft_type"):
        curve = [(point["range_nm"], point["payload_t"]) for point in row["payload_range"]]
        assert curve == sorted(curve), row["id"]
        assert [p for _, p in curve] == sorted((p for _, p in curve), reverse=True), row["id"]
        assert curve[0][1] == row["max_payload_t"], row["id"]


def test_a_runway_for_full_load_is_not_shorter_than_the_least() -> None:
    for row in rows("aircraft_type"):
        assert row.get("full_load_runway_m", row["min_runway_m"]) >= row["min_runway_m"], row["id"]


def test_fleets_fly_known_types_from_four_letter_fields() -> None:
    types = {row["id"] for row in rows("aircraft_type")}
    assert {row["aircraft_type"] for row in rows("aircraft_fleet")} == types
    for row in rows("aircraft_fleet"):
        assert re.fullmatch("[A-Z]{4}", row.get("airfield_icao", "ZZZZ")), row["id"]


def test_every_operator_of_the_kc390_and_il76_is_there_though_its_base_is_not_known() -> None:
    nations = {row["aircraft_type"]: set() for row in rows("aircraft_fleet")}
    for row in rows("aircraft_fleet"):
        nations[row["aircraft_type"]] |= set(row["nations"])
    assert nations["kc-390"] == {"BR", "PT", "HU", "NL", "AT", "CZ", "SE", "KR"}
    assert nations["il-76md"] == {"RU", "IN", "UA", "CN"}


def test_the_figures_of_the_c17_stand_as_published() -> None:
    c17 = next(row for row in rows("aircraft_type") if row["id"] == "c-17a")
    assert c17["max_payload_t"] == 77.5
    assert c17["payload_range"][0] == {"payload_t": 77.5, "range_nm": 2400}
    assert c17["load_factor"] == [0.28, 0.35, 0.37]


def test_a_test_depth_is_above_the_collapse_depth_where_both_are_known() -> None:
    for row in rows("submarine_class"):
        if "collapse_depth_m" in row and "test_depth_m" in row:
            assert row["test_depth_m"] < row["collapse_depth_m"], row["id"]


def test_rescue_seats_are_of_the_known_kinds() -> None:
    seats = {row["rescue_seat"] for row in rows("submarine_class") if "rescue_seat" in row}
    assert seats == {"stanag_1297", "russian", "none"}


def test_fleets_lie_near_their_home_airfield() -> None:
    gazetteer = Gazetteer()
    for row in (row for row in rows("aircraft_fleet") if "airfield_icao" in row):
        field = gazetteer.find_airfield(row["airfield_icao"])
        assert field is not None, row["airfield_icao"]
        assert field.runways, row["airfield_icao"]
        place = Position.model_validate(row["base"]["position"])
        away = distance_nm(place.lat_deg, place.lon_deg, field.position.lat_deg, field.position.lon_deg)
        assert away < 30, f"{row['id']}: {away:.0f} nm from {row['airfield_icao']}"
