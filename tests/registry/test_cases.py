"""The shipped and the test cases read as cases, name known assets, and cite known sources."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from subrescue.datafiles import data_dir
from subrescue.domain.case import Case, CaseKind, Plight
from subrescue.domain.errors import InputError
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.shape.land import Land
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.registry import load_registry

TESTS = Path(__file__).parent.parent
BROKEN = TESTS / "cases" / "broken"
SHIPPED = {
    "demo-norwegian-sea",
    "demo-skagerrak",
    "demo-strait-of-sicily",
    "kursk-2000",
    "as-28-2005",
    "san-juan-2017",
    "nanggala-2021",
}
LOGIC = {"thresher-1963", "minerve-1968", "losharik-2019", "pacocha-1988"}
ASSET_TABLES = {
    "rescue_systems": "rescue_system",
    "intervention_systems": "intervention_system",
    "ships": "ship",
    "aircraft_fleets": "aircraft_fleet",
}
UNSOURCED = {
    "id",
    "name",
    "kind",
    "nations",
    "notes",
    "operator",
    "vehicle_type",
    "intervention_kind",
    "role",
    "civilian",
    "evidence",
}


def case_path(case_id: str) -> Path:
    folder = data_dir("resources") / "cases" if case_id in SHIPPED else TESTS / "cases"
    return folder / f"{case_id}.toml"


def raw(case_id: str) -> dict[str, Any]:
    return tomllib.loads(case_path(case_id).read_text(encoding="utf-8"))


def case(case_id: str) -> Case:
    return read_case(case_path(case_id))


def registry_ids(file: str, table: str) -> set[str]:
    text = (data_dir("resources") / "registry" / f"{file}.toml").read_text(encoding="utf-8")
    return {row["id"] for row in tomllib.loads(text)[table]}


def asset_ids(one: Case) -> list[str]:
    """Ids of all assets with which the case is planned; those of the case itself first."""
    own = [
        *one.assets.rescue_systems,
        *one.assets.intervention_systems,
        *one.assets.ships,
        *one.assets.aircraft_fleets,
    ]
    ids = [asset.id for asset in own]
    if one.assets.use_registry:
        for file, table in ASSET_TABLES.items():
            ids += sorted(registry_ids(file, table))
    return ids


def case_assets(case_id: str) -> Iterator[dict[str, Any]]:
    for group, found in raw(case_id).get("assets", {}).items():
        if group not in ("use_registry", "without"):
            yield from found


def test_the_shipped_cases_and_the_logic_cases_are_there() -> None:
    assert {path.stem for path in (data_dir("resources") / "cases").glob("*.toml")} == SHIPPED
    assert {path.stem for path in (TESTS / "cases").glob("*.toml")} == LOGIC


@pytest.mark.parametrize("case_id", sorted(SHIPPED | LOGIC))
def test_a_case_reads_under_its_file_name_as_an_exercise(case_id: str) -> None:
    one = case(case_id)
    assert one.id == case_id
    assert one.kind is CaseKind.EXERCISE
    assert "exercise" in one.title.lower()
    assert one.summary


@pytest.mark.parametrize("case_id", sorted(SHIPPED | LOGIC))
def test_offers_and_ships_of_a_case_are_known_and_no_two_ids_equal(case_id: str) -> None:
    one = case(case_id)
    ids = asset_ids(one)
    if not one.assets.use_registry:
        assert len(ids) == len(set(ids))
    named = {offer.asset for offer in one.offers} | {ship.ship for ship in one.ships}
    named |= {offer.ship for offer in one.offers if offer.ship}
    for vehicle in one.assets.rescue_systems:
        named |= set(vehicle.home_ships)
    for gear in one.assets.intervention_systems:
        named |= set(gear.home_ships)
    for ship in one.assets.ships:
        named |= {*ship.certified_for, *ship.screened_for}
    for known in one.ships:
        named |= set(known.prepared_for)
    assert named <= set(ids), sorted(named - set(ids))


@pytest.mark.parametrize("case_id", sorted(SHIPPED | LOGIC))
def test_the_class_and_the_aircraft_types_of_a_case_are_known(case_id: str) -> None:
    one = case(case_id)
    classes = registry_ids("submarine_classes", "submarine_class")
    classes |= {found.id for found in one.assets.submarine_classes}
    assert one.dissub.class_id in classes
    types = registry_ids("aircraft_types", "aircraft_type") | {own.id for own in one.assets.aircraft_types}
    assert {fleet.aircraft_type for fleet in one.assets.aircraft_fleets} <= types


@pytest.mark.parametrize("case_id", sorted(SHIPPED | LOGIC))
def test_every_known_field_of_a_case_s_asset_names_a_source_that_exists(case_id: str) -> None:
    sources = registry_ids("sources", "source") | {source.id for source in case(case_id).sources}
    for row in case_assets(case_id):
        evidence = row.get("evidence", {})
        missing = set(row) - UNSOURCED - set(evidence)
        assert not missing, f"{row['id']}: no evidence for {sorted(missing)}"
        cited = {entry["source"] for entries in evidence.values() for entry in entries}
        assert cited <= sources, f"{row['id']}: unknown sources {sorted(cited - sources)}"


@pytest.mark.parametrize("case_id", sorted(SHIPPED | LOGIC))
def test_the_log_is_in_order_of_time(case_id: str) -> None:
    times = [entry.at for entry in case(case_id).log]
    assert times == sorted(times)


def test_every_datum_lies_at_sea() -> None:
    land = Land()
    for case_id in SHIPPED | LOGIC:
        where = case(case_id).dissub.fix.position
        assert not land.is_land(where.lat_deg, where.lon_deg), case_id


def test_airfields_and_ports_that_cases_name_are_in_the_gazetteer() -> None:
    gazetteer = Gazetteer()
    for case_id in SHIPPED:
        one = case(case_id)
        fields = {field.icao for field in one.airfields}
        fields |= {offer.apod for offer in one.offers if offer.apod}
        fields |= {fleet.airfield_icao for fleet in one.assets.aircraft_fleets if fleet.airfield_icao}
        for icao in fields:
            assert gazetteer.find_airfield(icao) is not None, icao
        for port in {offer.spod for offer in one.offers if offer.spod}:
            assert gazetteer.find_port(port) is not None, port


@pytest.mark.parametrize(("case_id", "people"), [("demo-norwegian-sea", 21), ("demo-strait-of-sicily", 26)])
def test_the_crews_of_the_demonstrations_can_live_70_to_150_hours(case_id: str, people: int) -> None:
    one = case(case_id)
    assert one.dissub.survivors == people
    one_class = load_registry().submarine_classes[one.dissub.class_id or ""]
    window = survival_window(one, one_class, load_assumptions()).window
    assert window.limiting == "carbon_dioxide"
    assert window.p10_h is not None
    assert window.p90_h is not None
    assert 70 < window.p10_h < window.p90_h < 150


def test_the_logic_cases_say_what_the_tests_rely_on() -> None:
    assert case("losharik-2019").dissub.plight is Plight.SURFACED
    assert case("thresher-1963").dissub.hull_crushed is True
    assert case("minerve-1968").dissub.hull_crushed is None
    assert case("pacocha-1988").dissub.depth_m == 43


def test_the_history_cases_stand_as_the_sources_have_them() -> None:
    assert case("kursk-2000").dissub.depth_m == 108
    assert case("as-28-2005").dissub.entangled is True
    assert case("san-juan-2017").dissub.depth_m == 907
    assert case("nanggala-2021").dissub.depth_m == 838
    (fleet,) = case("kursk-2000").assets.aircraft_fleets
    assert (fleet.aircraft_type, fleet.usable_count) == ("an-124-100", 1)


def test_every_asset_of_the_back_test_stands_for_one_of_a_case() -> None:
    figures = json.loads((TESTS / "data" / "backtest_cases.json").read_text(encoding="utf-8"))
    mapping = tomllib.loads((TESTS / "data" / "backtest_assets.toml").read_text(encoding="utf-8"))
    files = mapping["cases"]
    assert set(files) == {found["id"] for found in figures["cases"]}
    stands_for = {(row["case"], row["id"]): row for row in mapping["asset"]}
    for found in figures["cases"]:
        for asset in found["assets"]:
            assert (found["id"], asset["id"]) in stands_for
    for (back_case, _), row in stands_for.items():
        known = asset_ids(case(files[back_case]))
        assert {row[key] for key in ("asset", "ship", "fleet") if key in row} <= set(known)


@pytest.mark.parametrize(
    ("name", "line", "field", "found"),
    [
        ("latitude-95", 16, "dissub.fix.position.lat_deg", "95"),
        ("time-without-zone", 5, "alert", "2026-11-23T06:00:00"),
        ("survivors-above-aboard", 13, "dissub.survivors", "30"),
        ("misspelt-field", 19, "environment.wave_heigth_m", "a field of an unknown name"),
    ],
)
def test_a_broken_case_is_refused_at_its_line_and_field(name: str, line: int, field: str, found: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(BROKEN / f"{name}.toml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.field, problem.found) == (line, field, found)


@pytest.mark.parametrize("name", ["unknown-class", "unknown-asset", "port-inland", "dissub-on-mountain"])
def test_what_only_registry_or_earth_can_refuse_reads_as_a_case(name: str) -> None:
    assert read_case(BROKEN / f"{name}.toml").id == name


def test_the_files_that_are_no_cases_at_all_are_there() -> None:
    assert (BROKEN / "empty.toml").read_bytes() == b""
    with pytest.raises(UnicodeDecodeError):
        (BROKEN / "binary.toml").read_text(encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads((BROKEN / "not-toml.toml").read_text(encoding="utf-8"))
