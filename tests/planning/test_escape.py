"""Where escape is possible the response tells what waits above: time on the surface, and who is there first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import EscapeGear
from subrescue.domain.quantities import Pert
from subrescue.domain.response import EscapeAdvice, Verdict
from subrescue.planning.answer.escape import surface_hours
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world

NUMBERS = load_assumptions().replaced({"escape.people_h": Pert.exactly(8.0)})
WORLD = small_world()


def advice(environment: dict[str, Any] | None = None, assets: Any = None, **dissub: Any) -> EscapeAdvice:
    case = a_case(dissub={"depth_m": 100, **dissub}, environment={"water_temperature_c": 7.5, **(environment or {})})
    found = plan(case, assets or registry(), NUMBERS, WORLD, samples=200).escape
    assert found is not None
    return found


def ids(found: EscapeAdvice) -> set[str]:
    return {why.id for why in found.reasons}


def hours(gear: EscapeGear, water_c: float) -> Pert:
    return surface_hours(gear, water_c, situation_of(a_case(), registry(), NUMBERS, WORLD, 0, 10))


def test_life_on_the_surface_is_read_between_the_temperatures_of_the_table() -> None:
    # Half way from 5 C (12, 24, 48) to 10 C (24, 48, 96).
    assert hours(EscapeGear.SUIT_AND_RAFT, 7.5) == Pert(min=18, mode=36, max=72)
    # Half way from 7 C (1, 2.4, 3) to 13 C (1, 3.7, 6).
    assert hours(EscapeGear.LIFEJACKET, 10.0) == Pert(min=1, mode=3.05, max=4.5)
    # Beyond the ends the ends hold.
    assert hours(EscapeGear.LIFEJACKET, -1.0) == Pert(min=0.5, mode=1.5, max=2)
    assert hours(EscapeGear.SUIT_AND_RAFT, 30.0) == hours(EscapeGear.SUIT_AND_RAFT, 10.0)


@given(st.floats(-2, 30), st.floats(0, 20), st.sampled_from(EscapeGear))
def test_warmer_water_never_shortens_life_on_the_surface(water_c: float, warmer_c: float, gear: EscapeGear) -> None:
    cold, warm = hours(gear, water_c), hours(gear, water_c + warmer_c)
    assert warm.min >= cold.min
    assert warm.mode >= cold.mode
    assert warm.max >= cold.max


def test_forty_people_take_five_hours_through_one_tower_at_eight_an_hour() -> None:
    found = advice()
    assert found.all_out_h is not None
    assert found.all_out_h.p50 == 5.0


def test_the_gear_that_is_stated_is_shown_alone_and_both_where_it_is_unknown() -> None:
    assert [one.gear for one in advice().surface] == ["suit_and_raft", "lifejacket"]
    (only,) = advice(escape_gear="lifejacket").surface
    assert only.gear == "lifejacket"
    # The rescue ship needs a day and more; nobody lives that long in a lifejacket at 7.5 C.
    assert only.probability_until_help == 0.0


def test_the_first_over_the_datum_is_named_with_its_time() -> None:
    found = advice()
    assert (found.help_id, found.help) == ("own", "Vehicle of a rescue ship")
    assert found.help_h is not None
    assert found.help_h.p10 < found.help_h.p50 < found.help_h.p90
    assert found.probability_help_first == 1.0


def test_nobody_to_help_is_said() -> None:
    found = advice(assets=registry(systems=[], interventions=[], ships=[]))
    assert found.help is None
    assert "escape.no_help" in ids(found)


def test_unknown_water_leaves_the_time_on_the_surface_unknown() -> None:
    case = a_case(dissub={"depth_m": 100}, environment={"water_temperature_c": None})
    found = plan(case, registry(), NUMBERS, small_world(water_c=None), samples=200).escape
    assert found is not None
    assert found.surface == ()
    assert "escape.water_unknown" in ids(found)


def test_where_nobody_states_the_water_life_in_it_is_reckoned_with_what_is_usual_there() -> None:
    case = a_case(dissub={"depth_m": 100}, environment={"water_temperature_c": None})
    found = plan(case, registry(), NUMBERS, small_world(water_c=7.5), samples=200).escape
    assert found is not None
    assert found.surface == advice().surface
    (told,) = (why for why in found.reasons if why.id == "escape.water_usual")
    assert told.values["water_c"] == 8


def test_pressure_tells_how_soon_recompression_has_to_begin() -> None:
    found = advice(pressure_bar=2.6)
    (why,) = (why for why in found.reasons if why.id == "escape.saturated")
    assert why.values["minutes"] == 17.0  # 2.7 bar absolute: 55 fsw
    assert "escape.beyond_air" in ids(advice(pressure_bar=4))
    assert "escape.saturated" not in ids(advice(pressure_bar=1.2))


def test_too_deep_for_escape_nothing_more_is_told() -> None:
    found = advice(depth_m=300)
    assert found.verdict is Verdict.RED
    assert (found.all_out_h, found.surface, found.help) == (None, (), None)


def test_escape_that_is_possible_stands_first() -> None:
    case = a_case(dissub={"depth_m": 100})
    found = plan(case, registry(), NUMBERS, WORLD, samples=50)
    assert found.findings[0].id == "finding.escape_first"


def test_where_nobody_is_believed_to_live_nobody_is_told_to_look_at_escape() -> None:
    found = plan(a_case(dissub={"depth_m": 100, "survivors": 0}), registry(), NUMBERS, WORLD, samples=50)
    assert found.escape is not None
    assert (found.escape.verdict, ids(found.escape)) == (Verdict.RED, {"survival.no_survivors"})
    assert "finding.escape_first" not in {why.id for why in found.findings}


def test_a_rough_sea_stands_against_escape_at_a_depth_from_which_it_is_possible() -> None:
    assert "escape.rough_sea" not in ids(advice({"wave_height_m": 1.0}))
    rough = advice({"wave_height_m": 7.0})
    assert rough.verdict is Verdict.AMBER
    (why,) = (one for one in rough.reasons if one.id == "escape.rough_sea")
    assert why.values == {"wave_m": 7.0}


@pytest.mark.parametrize(
    ("list_deg", "trim_deg", "verdict"),
    [(45, None, "green"), (46, None, "amber"), (35, 35, "amber"), (None, 80, "amber")],
)
def test_a_hull_far_over_leaves_escape_in_doubt(list_deg: float | None, trim_deg: float | None, verdict: str) -> None:
    """cos 35 * cos 35 is the cosine of 48 degrees."""
    found = plan(
        a_case(dissub={"depth_m": 60, "list_deg": list_deg, "trim_deg": trim_deg}),
        registry(),
        NUMBERS,
        WORLD,
        samples=50,
    ).escape
    assert found is not None
    assert ("escape.steep" in ids(found)) == (verdict == "amber")
    assert found.verdict is Verdict.AMBER or verdict == "green"


@pytest.mark.parametrize(
    ("peril", "told"),
    [
        ({"environment": {"ice": True}}, "finding.escape_under_ice"),
        ({"dissub": {"pressure_bar": 2.1}}, "finding.escape_saturated"),
        ({"dissub": {"pressure_bar": 4.0}}, "finding.escape_beyond_air"),
    ],
)
def test_escape_that_kills_by_itself_does_not_stand_first(peril: dict[str, Any], told: str) -> None:
    """Under ice nobody finds air, and from four bar nobody surfaces without decompression, whoever waits above."""
    case = a_case(dissub={"depth_m": 60, **peril.get("dissub", {})})
    case = case.model_copy(update={"environment": case.environment.model_copy(update=peril.get("environment", {}))})
    found = plan(case, registry(), NUMBERS, WORLD, samples=50)
    assert found.findings[0].id == told
    assert found.escape is not None
    assert found.escape.verdict is Verdict.AMBER
    assert {"escape.under_ice", "escape.saturated", "escape.beyond_air"} & set(ids(found.escape))


def test_water_at_its_freezing_point_is_not_minus_nothing() -> None:
    (why,) = (why for why in advice({"water_temperature_c": -0.2}).reasons if why.id == "escape.cold_water")
    assert f"{why.values['water_c']:.0f}" == "0"


def test_a_life_in_water_of_the_tables_is_not_printed_finer_than_a_band() -> None:
    (suit, _) = advice().surface
    assert suit.lives_h.p10 == pytest.approx(26, abs=2)
    assert suit.lives_h.p90 == pytest.approx(53, abs=2)


def test_gear_that_the_case_states_is_not_said_to_be_unknown() -> None:
    assert "escape.gear_unknown" in ids(advice())
    suits = advice(escape_gear="suit_and_raft")
    assert "escape.gear_unknown" not in ids(suits)
    assert suits.verdict is Verdict.GREEN
    assert "escape.gear_unknown" not in ids(advice(escape_gear="lifejacket"))


def test_deep_down_a_lifejacket_is_no_suit() -> None:
    """Escape to 180 m is that of a suit; the deepest from a sunken submarine was from 73 m."""
    deep, shallow = advice(escape_gear="lifejacket"), advice(escape_gear="lifejacket", depth_m=70)
    assert "escape.no_suit" in ids(deep)
    assert deep.verdict is Verdict.AMBER
    assert "escape.no_suit" not in ids(shallow)
