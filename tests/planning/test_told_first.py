"""What an answer begins with: the order of the ranks, and what is told before they are read."""

from __future__ import annotations

import pytest

from subrescue.domain.response import Verdict
from tests.planning.test_plan import answer, option
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_system, rov


def test_nobody_begins_with_a_vehicle_that_may_not_dive_so_deep() -> None:
    """By the least of two limits the boat lies too deep for it: it is asked about, and stands after who reaches her."""
    said = [{"source": "A", "confidence": "low", "value": 300}, {"source": "B", "confidence": "low"}]
    chamber = own_ship_system(max_depth_m=120, evidence={"max_depth_m": said})
    found = answer(assets=registry(systems=[rescue_system(), chamber])).options
    first, second = (one for one in found if one.kind == "rescue_system")
    assert (first.asset_id, second.asset_id) == ("nsrs", chamber.id)
    assert second.first_h is not None
    assert first.first_h is not None
    assert second.first_h.p50 < first.first_h.p50
    assert "depth.limit_doubted" in {why.id for why in second.unknowns}


def test_of_who_would_come_far_sooner_if_the_answer_was_good_the_question_is_told_first() -> None:
    said = [{"source": "A", "confidence": "low", "value": 300}, {"source": "B", "confidence": "low"}]
    doubted = {"max_depth_m": 120, "evidence": {"max_depth_m": said}}
    found = answer(assets=registry(systems=[rescue_system(), own_ship_system(**doubted)]))
    told, asked = next(why for why in found.findings if why.id == "finding.sooner_if_told"), option(found, "own")
    assert (told.values["name"], told.values["first"]) == (asked.name, "Fly-away system")
    assert asked.time_to_first_rescue_h is not None
    assert told.values["hours"] == pytest.approx(asked.time_to_first_rescue_h.p50, abs=1.0)
    assert told.remedy is not None
    assert told.remedy.id == "depth.limit_doubted"
    for others in (
        [rescue_system(), own_ship_system()],  # nothing to ask about
        [own_ship_system(**doubted)],  # nobody else: all that are to be asked are in the table
        [rescue_system(**doubted), own_ship_system()],
    ):  # it would come later
        findings = answer(assets=registry(systems=others)).findings
        assert "finding.sooner_if_told" not in {why.id for why in findings}


def test_a_vehicle_all_but_too_late_stands_after_one_whose_state_has_to_be_asked() -> None:
    """By a general estimate of life aboard, which forbids nothing: an answer may be good, lost hours are lost."""
    case = a_case(dissub={"survival_override": None}, assumptions={"survival.prior_h": [20, 40, 84]})
    to_ask = own_ship_system(status="unknown")
    late, asked = (option(answer(case, registry(systems=[rescue_system(), to_ask])), name) for name in ("nsrs", "own"))
    assert (late.probability_in_time or 0.0) < 0.05 < (asked.probability_in_time or 0.0)
    assert Verdict.RED not in (late.verdict, asked.verdict)
    found = answer(case, registry(systems=[rescue_system(), to_ask])).options
    assert [one.asset_id for one in found if one.kind == "rescue_system"] == ["own", "nsrs"]
    # Where both may well be in time nobody begins with the one of unknown state.
    found = answer(assets=registry(systems=[rescue_system(), to_ask])).options
    assert [one.asset_id for one in found if one.kind == "rescue_system"] == ["nsrs", "own"]


def test_below_every_vehicle_the_first_that_can_look_is_named() -> None:
    lame, able = rov(id="lame", name="Lame", max_depth_m=300), rov(id="able", name="Able", max_depth_m=3000)
    unsaid = rov(id="unsaid", name="Of unknown depth", max_depth_m=None, notice_h=[1, 1, 1])
    found = answer(a_case(dissub={"depth_m": 1500}), registry(interventions=[lame, able, unsaid]))
    (told,) = (why for why in found.findings if why.id == "finding.rov_only")
    looks = option(found, "able")
    assert told.remedy is not None
    assert told.remedy.values["name"] == looks.name == "Able"
    assert looks.first_h is not None
    assert told.remedy.values["hours"] == pytest.approx(looks.first_h.p50, abs=looks.first_h.step / 2)


@pytest.mark.parametrize(("prior_h", "is_told"), [([20, 40, 85], True), ([45, 75, 110], True), ([80, 120, 300], False)])
def test_vehicles_that_hardly_come_in_time_are_told_of_before_their_ranks(prior_h: list[float], is_told: bool) -> None:
    case = a_case(dissub={"survival_override": None}, assumptions={"survival.prior_h": prior_h})
    found = answer(case, registry(systems=[rescue_system()]))
    (vehicle,) = (one for one in found.options if one.kind == "rescue_system")
    told = [why for why in found.findings if why.id == "finding.rescue_unlikely"]
    assert bool(told) is is_told
    if told:
        assert vehicle.may_come
        assert told[0].values == {"name": vehicle.name, "chance": vehicle.probability_in_time}
        assert told[0].remedy is not None
        assert told[0].remedy.values["name"] == "ROV"


def test_help_of_unknown_state_is_not_what_to_begin_with_be_it_sooner() -> None:
    case = a_case(dissub={"survival_override": None}, assumptions={"survival.prior_h": [45, 75, 110]})
    slow, sooner = rov(notice_h=[20, 21, 22]), rov(id="sooner", name="Of unknown state", status="unknown")
    found = answer(case, registry(systems=[rescue_system()], interventions=[slow, sooner]))
    known, unknown = (option(found, name).probability_in_time or 0.0 for name in ("rov", "sooner"))
    assert unknown > known
    (told,) = (one for one in found.findings if one.id == "finding.rescue_unlikely")
    assert told.remedy is not None
    assert told.remedy.values["name"] == "ROV"
