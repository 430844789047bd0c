"""The seed registry of rescue and intervention systems and ships: complete, sourced, cautious and linked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import pytest

from subrescue.datafiles import data_dir
from subrescue.domain.assets import AssetBase, AssetStatus, InterventionSystem, RescueSystem, Ship
from subrescue.domain.evidence import Source
from subrescue.earth.shape.land import Land
from subrescue.planning.basis.may_fly import may_fly

Kind = TypeVar("Kind", bound=AssetBase)

FILES: dict[str, tuple[str, type[AssetBase]]] = {
    "rescue_systems.toml": ("rescue_system", RescueSystem),
    "intervention_systems.toml": ("intervention_system", InterventionSystem),
    "ships.toml": ("ship", Ship),
}
WITHOUT_EVIDENCE = {
    "id",
    "name",
    "kind",
    "nations",
    "operator",
    "notes",
    "vehicle_type",
    "intervention_kind",
    "role",
    "shipment",
    "evidence",
}
ROWS_OF_THE_TABLES = """
    nsrs us-prm-falcon us-src au-lr5 se-urf ru-as-26 ru-as-28 ru-as-34 ru-as-30 ru-as-40 ru-as-36
    sg-dsar-6 kr-dsrv-cheonghaejin kr-dsrv-ganghwado jp-dsrv-chihaya jp-dsrv-chiyoda in-dsrv-west
    in-dsrv-east cn-lr7 cn-dsrv-7103 vn-lr11 id-srv-f-mk3 it-srv-300 it-saver it-src-anteo
    tr-src-alemdar br-srs-guillobel kr-src-cheonghaejin ru-bell-epron ru-bell-sayany au-remora se-belos
    no-kv-barentshav no-kv-bergen no-kv-sortland no-kv-harstad gb-sd-northern-river tr-alemdar it-anteo
    it-olterra es-neptuno es-poseidon nl-mercuur pl-piast pl-lech pl-ratownik ru-igor-belousov ru-alagez
    ru-ss-750 ru-georgy-titov ru-mikhail-rudnitsky ru-sayany ru-kommuna ru-epron sg-swift-rescue
    kr-cheonghaejin kr-ganghwado jp-chihaya jp-chiyoda in-nistar in-nipun cn-haiyangdao cn-liugongdao
    cn-changdao vn-yet-kieu my-mega-bakti au-besant au-stoker br-guillobel tw-da-wu us-hos-dominator
    us-t-ats-navajo gb-spag nsrs-irov us-ads2000 au-scorpio-45 gr-elss-pods
"""
CAUTIOUS_IS_LESS = {"max_depth_m", "capacity_persons", "mating_angle_deg", "launch_wave_height_m", "speed_kn"}


@cache
def rows(file: str, table: str) -> list[dict[str, Any]]:
    with (data_dir("resources") / "registry" / file).open("rb") as stream:
        found: list[dict[str, Any]] = tomllib.load(stream)[table]
    return found


@cache
def source_ids() -> frozenset[str]:
    return frozenset(Source.model_validate(row).id for row in rows("sources.toml", "source"))


@cache
def assets() -> dict[str, AssetBase]:
    every = [model.model_validate(row) for file, (table, model) in FILES.items() for row in rows(file, table)]
    by_id = {asset.id: asset for asset in every}
    assert len(by_id) == len(every), "an id is given twice"
    return by_id


def of_kind(model: type[Kind]) -> dict[str, Kind]:
    return {key: asset for key, asset in assets().items() if isinstance(asset, model)}


def all_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for file, (table, _) in FILES.items():
        for row in rows(file, table):
            yield f"{file}: {row['id']}", row


def known_fields(row: dict[str, Any]) -> set[str]:
    nested = {f"shipment.{name}" for name in row.get("shipment", {})}
    return (set(row) - WITHOUT_EVIDENCE) | nested


def test_the_registry_holds_the_worlds_public_rescue_assets() -> None:
    assert len(of_kind(RescueSystem)) >= 25
    assert len(of_kind(Ship)) >= 25
    assert len(of_kind(InterventionSystem)) >= 8


@pytest.mark.parametrize(
    "asset_id",
    ROWS_OF_THE_TABLES.split(),
)
def test_every_row_of_the_domain_tables_has_its_asset(asset_id: str) -> None:
    assert asset_id in assets()


def test_every_published_source_is_listed_once() -> None:
    ids = [row["id"] for row in rows("sources.toml", "source")]
    assert len(ids) == len(set(ids))
    assert {f"S{number}" for number in range(1, 179)} | {"S8b", "S41b"} <= set(ids)
    assert {"MEM", "CALC", "ASSUME", "WMO3700"} <= set(ids)


def test_every_known_field_says_where_it_comes_from() -> None:
    bare = [
        f"{place}.{field}"
        for place, row in all_rows()
        for field in sorted(known_fields(row) - set(row.get("evidence", {})))
    ]
    assert bare == []


def test_no_evidence_speaks_of_a_field_that_is_not_there() -> None:
    idle = [
        f"{place}.{field}" for place, row in all_rows() for field in sorted(set(row["evidence"]) - known_fields(row))
    ]
    assert idle == []


def test_every_source_that_a_field_names_exists() -> None:
    missing = {
        statement.source
        for asset in assets().values()
        for statements in asset.evidence.values()
        for statement in statements
    } - source_ids()
    assert missing == set()


def test_no_statement_is_empty_handed() -> None:
    assert all(statements for asset in assets().values() for statements in asset.evidence.values())


@pytest.mark.parametrize("field", sorted(CAUTIOUS_IS_LESS))
def test_where_sources_disagree_the_cautious_value_is_used(field: str) -> None:
    bold = [
        f"{asset.id}: {value} used, {statement.value} stated by {statement.source}"
        for asset in assets().values()
        if (value := getattr(asset, field, None)) is not None
        for statement in asset.evidence[field]
        if isinstance(statement.value, float) and value > statement.value
    ]
    assert bold == []


@pytest.mark.parametrize(
    ("asset_id", "field", "used", "other"),
    [
        ("nsrs", "capacity_persons", 12, 15.0),
        ("au-lr5", "max_depth_m", 400.0, 460.0),
        ("au-lr5", "max_depth_m", 400.0, 650.0),
        ("cn-lr7", "max_depth_m", 300.0, 500.0),
        ("in-dsrv-west", "capacity_persons", 14, 17.0),
        ("se-urf", "max_depth_m", 444.0, 460.0),
    ],
)
def test_both_values_are_kept_where_sources_disagree(asset_id: str, field: str, used: float, other: float) -> None:
    asset = assets()[asset_id]
    assert getattr(asset, field) == used
    assert other in {statement.value for statement in asset.evidence[field]}


def test_both_places_stated_for_nsrs_are_kept() -> None:
    nsrs = assets()["nsrs"]
    assert nsrs.base is not None
    assert nsrs.base.name == "HMNB Clyde, Faslane"
    assert any("Glasgow Airport" in str(statement.value) for statement in nsrs.evidence["base"])


def test_links_between_vehicles_and_ships_lead_somewhere() -> None:
    ships, systems = of_kind(Ship), of_kind(RescueSystem)
    for system in systems.values():
        assert set(system.home_ships) <= set(ships), system.id
        assert set(system.ship_classes_certified) <= set(ships), system.id
    for gear in of_kind(InterventionSystem).values():
        assert set(gear.home_ships) <= set(ships), gear.id
    for ship in ships.values():
        assert set(ship.certified_for) <= set(systems), ship.id
        assert set(ship.screened_for) <= set(systems), ship.id


def test_a_ship_is_certified_for_a_system_when_the_system_says_so() -> None:
    by_ship = {(ship.id, system) for ship in of_kind(Ship).values() for system in ship.certified_for}
    by_system = {
        (ship, system.id)
        for system in of_kind(RescueSystem).values()
        for ship in (*system.home_ships, *system.ship_classes_certified)
    }
    assert by_ship == by_system


def test_a_ship_based_vehicle_lies_where_one_of_its_ships_lies() -> None:
    ships = of_kind(Ship)
    for system in of_kind(RescueSystem).values():
        if system.base is not None and system.home_ships:
            bases = [ships[ship].base for ship in system.home_ships]
            assert system.base.position in [base.position for base in bases if base is not None], system.id


def test_what_the_source_calls_unknown_is_left_out() -> None:
    japan = assets()["jp-dsrv-chihaya"]
    assert isinstance(japan, RescueSystem)
    assert japan.max_depth_m is None
    assert japan.mating_angle_deg is None
    lr7 = assets()["cn-lr7"]
    assert isinstance(lr7, RescueSystem)
    assert lr7.launch_wave_height_m is None
    assert lr7.current_limit_kn is None


def test_a_sea_state_is_converted_by_the_wmo_table_and_says_so() -> None:
    upper_end_m = {"SS 4": 2.5, "SS 5": 4.0, "SS 6": 6.0}
    seen = 0
    for system in of_kind(RescueSystem).values():
        statements = system.evidence.get("launch_wave_height_m", ())
        if any(statement.source == "WMO3700" for statement in statements):
            seen += 1
            stated = next((s for s in upper_end_m if s in (statements[0].note or "")), None)
            if stated is not None:
                assert system.launch_wave_height_m == upper_end_m[stated], system.id
            assert all(s.confidence == "low" for s in statements if s.source == "WMO3700"), system.id
    assert seen >= 6


def test_every_base_lies_on_the_coast_of_a_sea() -> None:
    """Bases are given to 0.02 degrees, 1.2 nm; the 1:10m map lacks the reclaimed land at Changi, 2.6 nm wide."""
    bases = [(asset.id, asset.base.position) for asset in assets().values() if asset.base is not None]
    shore_nm = Land().distance_to_shore_nm(
        [position.lat_deg for _, position in bases], [position.lon_deg for _, position in bases]
    )
    far = [f"{asset_id}: {nm:.1f} nm" for (asset_id, _), nm in zip(bases, shore_nm.tolist(), strict=True) if nm > 3.0]
    assert far == []


def test_what_belongs_to_a_ship_flies_on_the_word_of_a_source_alone() -> None:
    """From memory the chamber of Anteo flew, and stood first for a boat in the Persian Gulf, by An-124 to Bahrain."""
    for system in of_kind(RescueSystem).values():
        if system.fly_away and system.home_ships and system.status is not AssetStatus.WITHDRAWN:
            assert {one.source for one in system.evidence["fly_away"]} - {"MEM", "ASSUME"}, system.id
    chamber = of_kind(RescueSystem)["it-src-anteo"]
    assert chamber.fly_away is None
    assert not may_fly(chamber)
