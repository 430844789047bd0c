"""A plan takes a ship from where she was last seen, says how and when, and is amber where that is long ago."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Gate, GateResult, Option, PhaseName, PhaseSpan, Response, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_ship, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
ALERT = "2026-11-23T08:00:00Z"
LATE = "2026-11-27T12:00:00Z"
NEAR = {"lat_deg": 64.0, "lon_deg": 6.0}


def planned(**case: Any) -> Response:
    seen = case.pop("seen", None)
    fix = case.pop("fix", None)
    base = {} if case.pop("base", True) else {"base": None}
    own = rescue_ship(seen=seen, fix=fix, **base)
    return plan(a_case(alert=ALERT, **case), registry(systems=[own_ship_system()], ships=[own]), NUMBERS, WORLD)


def seen(at: str, **position: float) -> dict[str, Any]:
    return {"position": position or NEAR, "at": at, "source": "AIS", "via": "made"}


def option_of(response: Response) -> Option:
    return next(option for option in response.options if option.kind == "rescue_system")


def ship_gate(option: Option) -> GateResult:
    return next(gate for gate in option.gates if gate.gate is Gate.SHIP)


def start_of(option: Option) -> tuple[float, float]:
    span = next(span for span in option.phases if span.phase is PhaseName.TRANSIT)
    assert span.origin is not None
    return span.origin.position.lat_deg, span.origin.position.lon_deg


def told(option: Option) -> dict[str, dict[str, Any]]:
    return {why.id: why.values for why in ship_gate(option).reasons if why.id.startswith("ship.seen")}


def test_a_fresh_position_is_used_and_said_with_source_and_age() -> None:
    option = option_of(planned(seen=seen("2026-11-23T07:30:00Z")))
    assert start_of(option) == (64.0, 6.0)
    assert ship_gate(option).verdict is Verdict.GREEN
    assert told(option) == {"ship.seen": {"ship": option.via.ship, "source": "AIS", "age_h": 0.5}}


def test_a_position_of_half_a_day_is_used_amber_with_how_far_she_may_have_gone() -> None:
    option = option_of(planned(seen=seen("2026-11-22T20:00:00Z")))
    assert start_of(option) == (64.0, 6.0)
    assert ship_gate(option).verdict is Verdict.AMBER
    (values,) = told(option).values()
    assert values["age_h"] == 12
    speed_kn = rescue_ship().speed_kn
    assert speed_kn is not None
    assert values["moved_nm"] == 12 * speed_kn


@pytest.mark.parametrize(
    "at, name, verdict",
    [
        ("2026-09-01T08:00:00Z", "long_ago", Verdict.AMBER),
        ("2027-09-01T08:00:00Z", "long_after", Verdict.GREEN),  # a case of the past: nothing to do with it
    ],
)
def test_a_position_of_another_season_is_passed_over_for_the_base_and_that_is_said(
    at: str, name: str, verdict: Verdict
) -> None:
    option = option_of(planned(seen=seen(at)))
    without = option_of(planned())
    assert start_of(option) == start_of(without) != (64.0, 6.0)
    assert ship_gate(option).verdict is verdict
    assert ship_gate(without).verdict is Verdict.GREEN
    assert list(told(option)) == [f"ship.seen_{name}"]


def test_an_old_position_is_all_there_is_of_a_ship_without_a_base_and_one_of_the_future_is_nothing() -> None:
    old = option_of(planned(seen=seen("2026-09-01T08:00:00Z"), base=False))
    assert start_of(old) == (64.0, 6.0)
    assert ship_gate(old).verdict is Verdict.AMBER
    later = option_of(planned(seen=seen("2027-09-01T08:00:00Z"), base=False))
    assert later.time_to_first_rescue_h is None


def test_a_position_of_after_the_alert_is_used_and_said_so() -> None:
    option = option_of(planned(seen=seen("2026-11-23T10:00:00Z")))
    assert ship_gate(option).verdict is Verdict.GREEN
    assert told(option)["ship.seen_after"]["age_h"] == 2
    later = option_of(planned(seen=seen("2026-11-23T18:00:00Z")))
    assert ship_gate(later).verdict is Verdict.AMBER
    assert told(later)["ship.seen_after"]["age_h"] == 10


def of(option: Option, phase: PhaseName) -> PhaseSpan:
    return next(span for span in option.phases if span.phase is phase)


def test_the_way_of_a_ship_seen_after_the_alert_begins_when_she_was_seen() -> None:
    # Notice ends after some hours; a sighting at 100 h is later, so the passage takes its usual hours from then.
    before, after = option_of(planned(seen=seen("2026-11-23T08:00:00Z"))), option_of(planned(seen=seen(LATE)))
    assert of(after, PhaseName.SHIP_SEEN).end_h.p50 == 100
    assert of(after, PhaseName.TRANSIT).start_h.p50 == 100
    one, other = of(before, PhaseName.TRANSIT), of(after, PhaseName.TRANSIT)
    assert other.end_h.p50 - 100 == pytest.approx(one.end_h.p50 - one.start_h.p50, abs=1.0)
    assert PhaseName.SHIP_SEEN in after.critical_path
    assert PhaseName.SHIP_SEEN not in [span.phase for span in before.phases]


def test_a_sighting_before_her_notice_ends_holds_nothing_up() -> None:
    soon, at_once = option_of(planned(seen=seen("2026-11-23T08:30:00Z"))), option_of(planned(seen=seen(ALERT)))
    assert soon.time_to_first_rescue_h == at_once.time_to_first_rescue_h
    assert of(soon, PhaseName.SHIP_SEEN).end_h.p50 == 0.5


def test_a_ship_for_a_system_comes_to_its_port_from_when_she_was_seen() -> None:
    def host(at: str) -> Option:
        ships = [ship(seen=seen(at))]
        assets = registry(systems=[rescue_system()], interventions=[], ships=ships)
        return option_of(plan(a_case(alert=ALERT), assets, NUMBERS, WORLD, samples=200))

    late = host(LATE)
    assert late.via.ship == "Mother ship"
    assert of(late, PhaseName.SHIP_TO_PORT).start_h.p50 == 100
    assert of(host(ALERT), PhaseName.SHIP_TO_PORT).start_h.p50 < 100


def test_the_newer_of_what_was_seen_and_what_was_stated_counts_and_the_word_of_the_case_first() -> None:
    stated = {"position": {"lat_deg": 63.0, "lon_deg": 5.0}, "at": "2026-11-23T07:00:00Z", "source": "a call"}
    newer, older = seen("2026-11-23T07:30:00Z"), seen("2026-11-23T06:00:00Z")
    assert start_of(option_of(planned(seen=newer, fix=stated))) == (64.0, 6.0)
    called = option_of(planned(seen=older, fix=stated))
    assert start_of(called) == (63.0, 5.0)
    assert told(called)["ship.seen"]["source"] == "a call"
    timeless = {"position": stated["position"]}
    assert start_of(option_of(planned(seen=older, fix=timeless))) == (64.0, 6.0)
    undated = ship_gate(option_of(planned(fix=timeless)))
    assert undated.verdict is Verdict.AMBER
    assert "ship.position_undated" in [why.id for why in undated.reasons]
    case = {"ships": [{"ship": rescue_ship().id, "position": {"lat_deg": 62.0, "lon_deg": 4.0}}]}
    ordered = option_of(planned(seen=newer, **case))
    assert start_of(ordered) == (62.0, 4.0)
    assert told(ordered) == {}
