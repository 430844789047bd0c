"""What contradicts itself in a case is refused or doubted, with the field, what was found and what is allowed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError
from subrescue.store.cases import case_from_tables
from subrescue.store.checks import check_case, refuse
from subrescue.store.registry import load_registry
from subrescue.store.validation import Origin

ALERT = datetime(2026, 3, 1, 9, tzinfo=UTC)
REGISTRY = load_registry()


def at(hours: float) -> datetime:
    return ALERT + timedelta(hours=hours)


def a_case(environment: dict[str, Any] | None = None, offers: Any = (), **dissub: Any) -> Case:
    tables = {
        "id": "drill-1",
        "title": "Drill",
        "kind": "exercise",
        "alert": ALERT,
        "environment": environment or {},
        "offers": list(offers),
        "dissub": {"name": "S-1", "fix": {"position": {"lat_deg": 60.5, "lon_deg": 2.25}}, **dissub},
    }
    return case_from_tables(tables, Origin())


def findings(**fields: Any) -> list[tuple[bool, str]]:
    return [(problem.warning, str(problem)) for problem in check_case(a_case(**fields), REGISTRY)]


def space(**fields: Any) -> dict[str, Any]:
    return {"name": "after", "people": 10, **fields}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"sunk_at": at(5)},
            "alert: found 2026-03-01T09:00Z, 5 h before the sinking; help is not asked for before it is needed",
        ),
        (
            {"sunk_at": at(-5), "offers": [{"asset": "nsrs", "told_to_go": at(-6)}]},
            "offers[nsrs].told_to_go: found 2026-03-01T03:00Z, before the sinking; an order after 2026-03-01T04:00Z",
        ),
        (
            {"offers": [{"asset": "nsrs", "told_to_go": at(-6)}]},
            "offers[nsrs].told_to_go: found 2026-03-01T03:00Z, 6.0 h before the alert; its chain is planned from the",
        ),
        (
            {"survivors": 20, "compartments": [space()]},
            "dissub.compartments: found 10 people in compartments; survivors are 20",
        ),
        (
            {"compartments": [space(), space()]},
            "dissub.compartments[after].name: found the name 'after' twice",
        ),
        (
            {"class_id": "ula", "people_aboard": 90},
            "dissub.people_aboard: found 90; the class has a crew of 21: check the number and the class",
        ),
        (
            {"compartments": [space(free_volume_m3=1.5)]},
            "dissub.compartments[after].free_volume_m3: found 1.5 m3 for 10 people; nobody has room in so little",
        ),
        (
            {"class_id": "ula", "compartments": [space(free_volume_m3=900), space(name="b", free_volume_m3=300)]},
            "dissub.compartments: found 1,200 m3 of air in all; the class displaces 1,150 t, and air takes a part",
        ),
        (
            {"plight": "surfaced", "depth_m": 100},
            "dissub.depth_m: found 100 m; the plight is surfaced",
        ),
        (
            # 1.01 + 20 / 9.94 = 3.0 bar
            {"depth_m": 20, "pressure_bar": 6},
            "dissub.pressure_bar: found 6 bar; the sea at 20 m has 3.0 bar: check both",
        ),
        (
            {"depth_m": 20, "compartments": [space(pressure_bar=6)]},
            "dissub.compartments[after].pressure_bar: found 6 bar; the sea at 20 m has 3.0 bar: check both",
        ),
        (
            {"compartments": [space(co2_percent=12)]},
            "dissub.compartments[after].co2_percent: found 12 %; above 10 % nobody stays conscious",
        ),
        (
            {"compartments": [space(o2_percent=5)]},
            "dissub.compartments[after].o2_percent: found 5 %; below 8 % nobody stays conscious",
        ),
        (
            {"compartments": [space(people=0, stores={"soda_lime_kg": 5})]},
            "dissub.compartments[after].stores: found stores for nobody; give the people that live on them",
        ),
        (
            {"compartments": [space(people=None, stores={"soda_lime_kg": 5})]},
            "dissub.compartments[after].stores: found stores, and no number of people",
        ),
        (
            {"survivors": 10, "stores": {"lioh_kg": 5}, "compartments": [space(stores={"lioh_kg": 5})]},
            "dissub.stores: found stores of the boat beside those of compartments; only those of the compartments are",
        ),
        ({"stores": {"oxygen_candles": 5}}, "dissub.stores: found stores, and no number of people"),
        (
            {"survivors": 10, "stores": {"soda_lime_kg": 5000}},
            "dissub.stores.soda_lime_kg: found 5000 kg for 10 people; that would last for months: check the unit",
        ),
        (
            {"survivors": 10, "stores": {"absorbent_canisters": 5, "canister_person_h": 20}},
            "dissub.stores.canister_person_h: found 20 h and no source; name who says so in canister_source",
        ),
        (
            {"compartments": [space(measured_at=at(24 * 400))]},
            "dissub.compartments[after].measured_at: found 2027-04-05T09:00Z, 400 days after the alert; check the date",
        ),
        (
            {"sunk_at": at(-5), "compartments": [space(measured_at=at(-6))]},
            "dissub.compartments[after].measured_at: found 2026-03-01T03:00Z, before the sinking",
        ),
        (
            {"environment": {"ice": True, "water_temperature_c": 25}},
            "environment.ice: found true; water of 25 C is stated: check both",
        ),
        (
            {"environment": {"forecast": [{"at": at(-9), "wave_height_m": 1}, {"at": at(-3), "wave_height_m": 1}]}},
            "environment.forecast: found a forecast to 2026-03-01T06:00Z; it ends before the alert",
        ),
        (
            {"environment": {"forecast": [{"at": at(0), "wave_height_m": 1}, {"at": at(48), "wave_height_m": 1}]}},
            "environment.forecast[2].at: found 48 h after the entry before; each entry holds until the next",
        ),
    ],
)
def test_what_can_hardly_be_true_together_is_doubted(fields: dict[str, Any], words: str) -> None:
    found = findings(**fields)
    assert all(warning for warning, _ in found)
    assert any(text.startswith(words) for _, text in found), found


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"people_aboard": 9, "compartments": [space()]},
            "dissub.compartments: found 10 people in compartments; at most the 9 people aboard",
        ),
        (
            {"compartments": [space(co2_percent=12, o2_percent=90)]},
            "dissub.compartments[after].o2_percent: found 90 % with 12 % of CO2; at most 100 % together",
        ),
    ],
)
def test_what_cannot_be_true_together_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse(check_case(a_case(**fields), REGISTRY))
    assert caught.value.lines()[0].startswith(words)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"survivors": 5, "people_aboard": 4}, "dissub.survivors: found 5; at most the 4 people aboard"),
        ({"list_deg": 120}, "dissub.list_deg: found 120; allowed is 0 to 90"),
        ({"stores": {"soda_lime_kg": -1}}, "dissub.stores.soda_lime_kg: found -1; allowed is 0 to 100000"),
        ({"compartments": [space(people=-3)]}, "dissub.compartments[after].people: found -3; allowed is 0 to 300"),
        (
            {"environment": {"forecast": [{"at": at(6), "wave_height_m": 1}, {"at": at(3), "wave_height_m": 1}]}},
            "environment.forecast: found 2026-03-01T12:00Z as entry 2; it must be later than 2026-03-01T15:00Z",
        ),
        (
            {"environment": {"forecast": [{"at": at(6)}]}},
            "environment.forecast[1].wave_height_m: found nothing; this field is required",
        ),
        (
            {"compartments": [space(survival_override={"p10_h": 9, "p50_h": 5, "p90_h": 7, "source": "x"})]},
            "dissub.compartments[after].survival_override: found 9, 5, 7; needed is p10_h <= p50_h <= p90_h",
        ),
        ({"compartments": [space(measured_at="2026-03-01T06:00:00")]}, "dissub.compartments[after].measured_at: found"),
        ({"escape_gear": "wings"}, "dissub.escape_gear: found 'wings'; allowed are"),
    ],
)
def test_what_cannot_be_is_refused_when_the_case_is_read(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        a_case(**fields)
    assert any(line.startswith(words) for line in caught.value.lines()), caught.value.lines()


def test_a_case_that_agrees_with_itself_is_not_doubted() -> None:
    stores = {"soda_lime_kg": 200, "absorbent_canisters": 5, "canister_person_h": 20, "canister_source": "owner"}
    calm = [{"at": at(6 * number), "wave_height_m": 1.5, "wind_kn": 12} for number in range(20)]
    assert (
        findings(
            class_id="ula",
            people_aboard=21,
            survivors=20,
            sunk_at=at(-3),
            last_proof_of_life=at(1),
            depth_m=100,
            pressure_bar=1.4,
            compartments=[space(measured_at=at(2), stores=stores), space(name="forward")],
            environment={"forecast": calm},
        )
        == []
    )


def test_more_compartments_than_any_hull_has_are_refused_before_anything_is_reckoned() -> None:
    """Five hundred took a minute and a gigabyte, five thousand never ended."""
    with pytest.raises(InputError) as caught:
        a_case(compartments=[space(name=f"{number}", people=1) for number in range(51)])
    assert caught.value.lines() == ("dissub.compartments: found 51 entries; a list of at most 50 is allowed",)
    assert (
        len(a_case(compartments=[space(name=f"{number}", people=1) for number in range(50)]).dissub.compartments) == 50
    )
