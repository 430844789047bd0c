"""The mate matrix, agreements, offices and medical units: sourced, linked, and silent where nothing is known."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from subrescue.datafiles import data_dir
from subrescue.domain.agreements import Agreement, AgreementState
from subrescue.domain.contacts import PointOfContact
from subrescue.domain.mates import MateState
from subrescue.domain.offices import office_of
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, Verdict
from subrescue.earth.world import load_world
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.registry import load_registry

FILES = {
    "mates": "mate",
    "agreements": "agreement",
    "points_of_contact": "point_of_contact",
    "medical_units": "medical_unit",
}
WITHOUT_EVIDENCE = {
    "id",
    "name",
    "notes",
    "operator",
    "rescue_system",
    "submarine_class",
    "medical_kind",
    "shipment",
    "evidence",
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@cache
def rows(file: str) -> list[dict[str, Any]]:
    text = (data_dir("resources") / "registry" / f"{file}.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)[FILES[file]]
    return found


def all_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        for row in rows(file):
            yield f"{file}: {row['id']}", row


def known_fields(row: dict[str, Any], nations: bool) -> set[str]:
    inner = {f"shipment.{name}" for name in row.get("shipment", {})}
    return (set(row) - WITHOUT_EVIDENCE - (set() if nations else {"nations"})) | inner


@pytest.mark.parametrize(
    ("group", "least"), [("mates", 30), ("agreements", 14), ("points_of_contact", 50), ("medical_units", 20)]
)
def test_there_is_something_to_ask(registry: Registry, group: str, least: int) -> None:
    assert len(getattr(registry, group)) >= least


def test_every_known_field_has_a_source_and_no_source_speaks_of_what_is_not_there() -> None:
    for place, row in all_rows():
        evidence = set(row["evidence"])
        assert known_fields(row, nations=not place.startswith("medical")) == evidence, place


def test_nations_are_two_capital_letters_and_stand_once() -> None:
    for place, row in all_rows():
        for field in ("nations", "helpers"):
            nations = row.get(field, [])
            assert all(len(nation) == 2 and nation.isalpha() and nation.isupper() for nation in nations), place
            assert len(nations) == len(set(nations)), place


def test_every_cell_of_the_matrix_that_was_shown_names_date_or_boat_or_says_why_not(registry: Registry) -> None:
    for mate in registry.mates.values():
        if mate.state is MateState.DEMONSTRATED and mate.date is None:
            assert mate.submarine is not None or mate.evidence["state"][0].note, mate.id


def test_the_matrix_holds_the_mates_of_the_great_exercises(registry: Registry) -> None:
    # Pacific Reach 2019: PRM and LR5 on Sheean, LR5 on Lee Sun-sin. Bold Monarch 2008: AS-34 on Uthaug, PRM on Dolfijn.
    shown = {
        (mate.rescue_system, mate.submarine_class): mate.submarine
        for mate in registry.mates.values()
        if mate.state is MateState.DEMONSTRATED
    }
    assert shown["us-prm-falcon", "collins"] == "HMAS Sheean"
    assert shown["au-lr5", "jang-bogo-209-1200"] == "ROKS Lee Sun-sin"
    assert shown["ru-as-34", "ula"] == "KNM Uthaug"
    assert shown["nsrs", "sodermanland"] == "HMS Sodermanland"  # Northern Crown 2012, 40 m
    assert shown["us-prm-falcon", "walrus"] == "HNLMS Dolfijn"
    assert registry.mate("au-lr5", "collins") is registry.mates["au-lr5-collins"]


def test_a_pair_without_a_row_is_not_known(registry: Registry) -> None:
    assert registry.mate("nsrs", "yasen-885") is None
    assert registry.mate("nsrs", None) is None


def test_no_cell_contradicts_the_seats_of_its_vehicle_and_its_class(registry: Registry) -> None:
    """Names of seats and what was shown at sea are two statements of one fact: they must agree where both are known."""
    for mate in registry.mates.values():
        seat = registry.submarine_classes[mate.submarine_class].rescue_seat
        fits = registry.rescue_systems[mate.rescue_system].rescue_seats
        if seat is not None and fits is not None and mate.state is not MateState.UNKNOWN:
            assert (seat in fits) == (mate.state is not MateState.NO), mate.id


def test_agreements_between_two_nations_come_newest_first_and_undated_ones_last(registry: Registry) -> None:
    assert [found.id for found in registry.agreements_with(("IN",), "SG")] == ["sg-in-2021"]
    assert [found.id for found in registry.agreements_with(("GB",), "NO")] == [
        "nsrs-mou",
        "nato-ru-2003",
        "nato-smer",
        "se-nsrs-2025",
    ]
    assert registry.agreements_with(("CN",), "US") == ()


def test_the_framework_with_russia_is_suspended_and_india_no_longer_leans_on_the_us(registry: Registry) -> None:
    assert registry.agreements["nato-ru-2003"].state is AgreementState.SUSPENDED
    assert len(registry.agreements["nato-ru-2003"].nations) == 20
    assert registry.agreements["in-us-1997"].state is AgreementState.ENDED


def test_helpers_of_an_agreement_are_parties_of_it(registry: Registry) -> None:
    for agreement in registry.agreements.values():
        assert set(agreement.helpers) <= set(agreement.nations), agreement.id


def test_every_nation_of_a_rescue_vehicle_in_service_has_an_office_of_its_own_but_those_that_are_silent(
    registry: Registry,
) -> None:
    spoken = {nation for contact in registry.points_of_contact.values() for nation in contact.nations}
    vehicles = {nation for system in registry.rescue_systems.values() for nation in system.nations}
    assert vehicles - spoken == {"BG", "CN"}


@pytest.mark.parametrize(
    ("asset", "office"),
    [
        ("in-dsrv-west", "Submarine Rescue Unit (West)"),
        ("in-dsrv-east", "Submarine Rescue Unit (East)"),
        ("in-nistar-divers", "Submarine Rescue Unit (East)"),
        # Two fleets have an authority each: of neither is the command at San Diego.
        ("us-prm-falcon", "Undersea Rescue Command"),
        ("nsrs", "Submarine operating authority, Northwood"),
        ("it-srv-300", "Submarine flotilla command"),
    ],
)
def test_of_several_offices_of_a_nation_that_of_the_asset_is_asked(registry: Registry, asset: str, office: str) -> None:
    found = registry.find(asset)
    assert found is not None
    assert office_of(registry, found.nations, found) == office


def test_a_point_of_contact_has_no_field_for_a_person() -> None:
    assert not {"person", "phone", "mail", "email", "telephone", "rank"} & set(PointOfContact.model_fields)


def test_ismerlo_is_an_office_of_every_nation(registry: Registry) -> None:
    assert [contact.id for contact in registry.contacts_of("XX")] == ["ismerlo"]


def test_the_chambers_of_the_royal_navy_stand_as_published(registry: Registry) -> None:
    # two chambers of 11 people, 13.6 t each, at six hours' notice
    unit = registry.medical_units["gb-recompression-chambers"]
    assert (unit.chambers, unit.chamber_places) == (2, 22)
    assert unit.shipment is not None
    assert unit.shipment.mass_t == 27.2
    assert unit.notice_h is not None
    assert unit.notice_h.mode == 6


def test_medical_units_are_assets_but_nothing_that_a_plan_sends_to_the_datum(registry: Registry) -> None:
    assert registry.find("gb-ddrc") is registry.medical_units["gb-ddrc"]
    case = read_case(data_dir("resources") / "cases" / "demo-norwegian-sea.toml")
    assert registry.of_the_day(case).medical_units == registry.medical_units
    left_out = case.model_copy(update={"assets": case.assets.model_copy(update={"without": ("gb-ddrc",)})})
    assert "gb-ddrc" not in registry.of_the_day(left_out).medical_units


def test_the_us_module_may_mate_with_a_russian_boat_as_it_did_in_2011(registry: Registry) -> None:
    case = read_case(data_dir("resources") / "cases" / "demo-norwegian-sea.toml")
    dissub = case.dissub.model_copy(update={"class_id": "kilo-877-ru", "nation": "RU"})
    response = plan(
        case.model_copy(update={"dissub": dissub}), registry, load_assumptions(), load_world(), samples=50, paths=False
    )
    falcon = next(option for option in response.options if option.asset_id == "us-prm-falcon")
    seat = next(gate for gate in falcon.gates if gate.gate is Gate.SEAT)
    assert seat.verdict is Verdict.GREEN
    assert seat.reasons[0].values == {"shown": "Alrosa, 2011"}


def test_an_agreement_needs_two_nations() -> None:
    with pytest.raises(ValueError, match="at least 2 items"):
        Agreement(id="x", name="X", nations=("GB",))
