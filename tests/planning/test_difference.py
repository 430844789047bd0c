"""The difference of two responses tells by how many hours, which gates and which phases."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.difference import Difference, OptionDifference
from subrescue.domain.quantities import Band
from subrescue.domain.response import Gate, Option, PhaseName, PhaseSpan, Response, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.planning.questions.difference import difference, option_difference
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_ship, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()


def answer(case: Case | None = None, **assets: Any) -> Response:
    return plan(case or a_case(), registry(**assets), NUMBERS, WORLD, samples=300)


def of(found: Difference, asset: str) -> OptionDifference:
    return next(one for one in found.options if asset in {side.asset_id for side in (one.before, one.after) if side})


def test_nothing_differs_between_a_response_and_itself() -> None:
    found = difference(answer(), answer())
    assert not any(one.changed for one in found.options)
    assert all(one.gates == () for one in found.options)
    assert all(pair.longer_h == 0 for one in found.options for pair in one.phases)
    assert found.findings_new == found.findings_gone == ()


def test_ten_hours_of_notice_are_ten_hours_in_every_later_instant() -> None:
    late = answer(ships=[ship(), rescue_ship(notice_h=[12, 14, 18])])
    found = of(difference(answer(), late), "own")
    # The same luck draws both: [2, 4, 8] and [12, 14, 18] lie ten hours apart at every probability.
    assert found.first_later_h == pytest.approx(10.0)
    longer = {pair.phase: pair.longer_h for pair in found.phases}
    assert longer[PhaseName.NOTICE] == pytest.approx(10.0)
    assert longer[PhaseName.SURVEY] == pytest.approx(0.0)
    later = {pair.phase: pair.later_h for pair in found.phases}
    assert later[PhaseName.ACCEPT] == 0.0
    assert later[PhaseName.FIRST_DIVE] == pytest.approx(10.0)


def test_a_gate_that_turns_is_told_with_both_verdicts() -> None:
    deeper = answer(a_case(dissub={"depth_m": 700}))
    found = of(difference(answer(), deeper), "nsrs")
    depth = next(gate for gate in found.gates if gate.gate is Gate.DEPTH)
    assert depth.turned
    assert depth.before is not None
    assert depth.after is not None
    assert (depth.before.verdict, depth.after.verdict) == (Verdict.GREEN, Verdict.RED)
    assert depth.after.reasons[0].values == {"depth_m": 700.0, "limit_m": 610.0}


def test_ranks_before_and_after_stand_beside_one_another() -> None:
    found = of(difference(answer(), answer(a_case(dissub={"depth_m": 900}))), "rov")
    assert (found.rank_before, found.rank_after) == (3, 1)


def test_an_asset_that_is_out_stands_last_and_is_only_before() -> None:
    found = difference(answer(), answer(interventions=[]))
    assert found.options[-1].before is not None
    assert found.options[-1].before.asset_id == "rov"
    assert found.options[-1].after is None
    assert found.options[-1].rank_after is None


def test_what_is_sent_together_comes_goes_and_changes_its_ship() -> None:
    both = [rescue_system(), rescue_system(id="second", name="Second")]
    assets = {"systems": both, "interventions": []}
    certified = ["nsrs", "second"]
    far = ship(id="far", name="Far ship", certified_for=certified, notice_h=[60, 70, 80])
    one = answer(ships=[ship(certified_for=certified), far], **assets)
    assert difference(one, one).together == ()
    two = answer(ships=[ship(certified_for=certified), ship(id="twin", certified_for=certified), far], **assets)
    (moved,) = difference(one, two).together
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.ship_id, moved.after.ship_id) == ("far", "twin")
    alone = answer(ships=[ship(certified_for=certified)], systems=both[:1], interventions=[])
    gone = next(one for one in difference(two, alone).together if one.after is None)
    assert gone.before is not None
    assert gone.before.asset_id == "second"
    assert (
        difference(alone, answer(ships=[ship(notice_h=[30, 40, 50])], systems=both[:1], interventions=[])).together
        == ()
    )


def test_findings_come_and_go() -> None:
    found = difference(answer(), answer(a_case(dissub={"depth_m": 900})))
    assert {why.id for why in found.findings_new} == {"finding.no_feasible_rescue", "finding.rov_only"}
    back = difference(found.after, found.before)
    assert back.findings_gone == found.findings_new


def test_two_options_of_one_response_are_paired_phase_by_phase() -> None:
    response = answer()
    ranked = {option.asset_id: (rank, option) for rank, option in enumerate(response.options, start=1)}
    found = option_difference(ranked["own"], ranked["nsrs"])
    pairs = {(pair.phase, pair.number): pair for pair in found.phases}
    assert pairs[PhaseName.NOTICE, 1].after is None
    assert pairs[PhaseName.FLIGHT, 1].before is None
    survey = pairs[PhaseName.SURVEY, 1]
    assert survey.before is not None
    assert survey.after is not None
    names = [pair.phase for pair in found.phases]
    assert names.index(PhaseName.ACCEPT) < names.index(PhaseName.RECALL)
    assert names[-1] is PhaseName.CYCLES


def test_a_fleet_that_both_call_is_held_against_itself_and_one_that_is_out_against_none() -> None:
    def flown(*fleets: tuple[str, float]) -> Option:
        waits = [
            PhaseSpan(
                phase=PhaseName.WAIT_FOR_AIRCRAFT,
                carrier=fleet,
                start_h=Band(p10=0, p50=0, p90=0),
                end_h=Band(p10=hours, p50=hours, p90=hours),
                length_h=Band(p10=hours, p50=hours, p90=hours),
            )
            for fleet, hours in fleets
        ]
        return Option(
            asset_id="x", name="X", nations=("GB",), kind="rescue_system", verdict=Verdict.AMBER, phases=waits
        )

    before = flown(("RAF", 8.0), ("SAC", 8.0), ("Antonov", 28.0))
    found = option_difference((1, before), (1, flown(("RAF", 8.0), ("Antonov", 28.0)))).phases
    sides = [(one.before and one.before.carrier, one.after and one.after.carrier) for one in found]
    assert sides == [("RAF", "RAF"), ("SAC", None), ("Antonov", "Antonov")]
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.longer_h for one in found] == [0.0, -8.0, 0.0]
    # Where one takes another's place the two are held against each other.
    other = option_difference((1, flown(("RAF", 8.0))), (1, flown(("SAC", 12.0)))).phases
    assert [one.longer_h for one in other] == [4.0]
