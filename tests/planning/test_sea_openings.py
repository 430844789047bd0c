"""Straits, icebreakers, escorts and ports that are open to a ship for a time only."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import RescueSystem
from subrescue.domain.case import Case
from subrescue.domain.response import Gate, Verdict
from subrescue.planning.answer.first_orders import first_orders
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.openings import Openings
from subrescue.planning.gates.way_doubts import with_way_doubts
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.own_ship import own_ship_chains
from tests.planning.test_narrow_clearances import calls, of_dane
from tests.planning.test_sea_rules import NUMBERS, REGISTRY, WORLD, a_case, day, rules
from tests.planning.worlds import ship

ALERT = day(12)
STRAITS: dict[str, Any] = {"nation": "TR", "passages": ["bosporus", "dardanelles"]}
ANTEO: RescueSystem = REGISTRY.rescue_systems["it-srv-300"]


def after(hours: float) -> datetime:
    return ALERT + timedelta(hours=hours)


def black_sea(*words: dict[str, Any]) -> Case:
    """A Bulgarian boat in the Black Sea: the Italian ship has one way to her, through the Straits."""
    return a_case(ALERT, *words, lat=43.5, lon=31.0, nation="BG")


def of_anteo(*words: dict[str, Any]) -> Chain:
    (chain,) = own_ship_chains(ANTEO, situation_of(black_sea(*words), REGISTRY, NUMBERS, WORLD, 1, 100))
    return chain


def transit_h(chain: Chain) -> float:
    """Median hours from the alert at which the ship is at the datum; inf where she may not come there."""
    return inf if not chain.arrives or chain.verdict is Verdict.RED else chain.hours


def told(chain: Chain) -> dict[str, dict[str, Any]]:
    return {why.id: dict(why.values) for gate in chain.gates for why in gate.reasons}


FREE = of_anteo()


def test_a_strait_that_is_closed_until_an_hour_is_waited_for() -> None:
    """She waits as long as she would have come there too soon, and no longer."""
    found = of_anteo({**STRAITS, "refused": True, "holds_until": after(96)})
    why = told(found)["opens.passages_waits"]
    assert why["from_h"] == 96.0
    assert found.hours == pytest.approx(FREE.hours + why["wait_h"], abs=0.01)
    assert found.verdict is Verdict.AMBER


def test_a_strait_that_opens_before_she_comes_there_costs_nothing() -> None:
    found = of_anteo({**STRAITS, "refused": True, "holds_until": after(12)})
    assert found.hours == pytest.approx(FREE.hours, abs=0.01)
    assert "opens.passages_waits" not in told(found)


def test_a_strait_that_is_closed_for_two_days_holds_up_who_would_come_then() -> None:
    closed = of_anteo({**STRAITS, "refused": True, "holds_from": after(60), "holds_until": after(108)})
    assert told(closed)["opens.passages_waits"]["from_h"] == 108.0
    before = of_anteo({**STRAITS, "refused": True, "holds_from": after(400), "holds_until": after(448)})
    assert before.hours == pytest.approx(FREE.hours, abs=0.01)


def test_a_leave_that_ends_before_she_comes_there_is_refused_with_hours_and_what_would_change_it() -> None:
    found = of_anteo({**STRAITS, "refused": False, "holds_until": after(30)})
    gate = next(one for one in found.gates if one.gate is Gate.SHIP)
    why = next(one for one in gate.reasons if one.id == "opens.passages_missed")
    assert gate.verdict is Verdict.RED
    assert why.values["until_h"] == 30.0
    assert why.remedy is not None
    assert why.remedy.values["hours"] == why.values["late_h"] > 0.0


def test_a_leave_of_another_time_is_taken_where_the_first_has_ended() -> None:
    words = ({"holds_until": after(30)}, {"holds_from": after(150)})
    found = of_anteo(*({**STRAITS, "refused": False, **one} for one in words))
    assert told(found)["opens.passages_waits"]["from_h"] == 150.0


def test_who_may_go_round_goes_round_where_that_is_sooner_than_the_wait() -> None:
    """Singapore's ship to a boat off Sicily: by Suez, or round Africa where that opens in two months."""
    home = REGISTRY.rescue_systems["sg-dsar-6"]
    suez = {"nation": "EG", "passages": ["suez"], "refused": True}

    def chain(**hours: Any) -> Chain:
        words = ({**suez, **hours},) if hours else ()
        case = a_case(ALERT, *words, lat=36.5, lon=14.0, nation="IT")
        return own_ship_chains(home, situation_of(case, REGISTRY, NUMBERS, WORLD, 1, 100))[0]

    free, soon, late, never = chain(), chain(holds_until=after(600)), chain(holds_until=after(1300)), chain(note="x")
    assert soon.sea_nm == pytest.approx(free.sea_nm or 0.0)
    assert free.hours < soon.hours < late.hours
    assert late.sea_nm == pytest.approx(never.sea_nm or 0.0)
    assert late.hours == pytest.approx(never.hours, abs=0.01)


def test_an_escort_is_there_at_its_hour_and_no_answer_is_waited_for_besides() -> None:
    word = {**STRAITS, "escort": True, "holds_from": after(120)}
    found = of_anteo(word)
    assert told(found)["opens.passages_waits"]["from_h"] == 120.0
    gates = with_way_doubts(ANTEO, found, situation_of(black_sea(word), REGISTRY, NUMBERS, WORLD, 1, 100))
    ids = {why.id for gate in gates for why in gate.reasons}
    assert ("ship.escorted_then" in ids, "ship.escorted" in ids) == (True, False)
    (sail,) = [step for step in found.steps if isinstance(step.weather, Openings)]
    assert sail.sea is not None
    assert "sea.leave_wait" not in {why.id for why in sail.sea.reasons}


def test_an_icebreaker_is_at_the_edge_of_the_ice_at_its_hour() -> None:
    """The Norwegian ship with an icebreaker to a boat in the Kara Sea in winter."""
    led = {"nation": "RU", "passages": ["kara_gate"], "icebreaker": True}
    found = rules(a_case(day(1), {**led, "holds_from": day(1, 20)}), ship(nations=["NO"], speed_kn=15))
    assert dict(found.spans)["kara_gate"] == ((240.0, inf),)
    assert "kara_gate" in found.led
    ended = rules(a_case(day(1), {**led, "holds_until": day(1, 9)}), ship(nations=["NO"], speed_kn=15))
    assert "kara_gate" in ended.closed


def test_a_refusal_for_a_time_says_nothing_of_ships_that_it_is_not_about() -> None:
    word = {**STRAITS, "refused": True, "holds_until": after(96), "but_of": ["IT"]}
    assert of_anteo(word).hours == pytest.approx(FREE.hours)


def test_a_port_lets_a_ship_in_from_an_hour_and_no_longer_than_until_another() -> None:
    late = of_dane(sea_clearances=[calls(refused=False, holds_from="2026-11-15T12:00Z")])
    ids = {why.id for gate in late.gates for why in gate.reasons}
    assert "opens.port_waits" in ids
    over = of_dane(sea_clearances=[calls(refused=False, holds_until="2026-11-01T12:30Z")])
    refused = of_dane(sea_clearances=[calls(refused=True)])
    assert over.verdict is Verdict.RED
    assert refused.via.spod is None or refused.verdict is Verdict.RED or refused.via.ship_id is None


def test_orders_say_what_to_ask_for_and_by_when() -> None:
    alone = {"rescue_systems": {"it-srv-300": ANTEO}, "intervention_systems": {}, "aircraft_fleets": {}}
    case = black_sea({**STRAITS, "refused": True, "holds_until": after(96)})
    registry = REGISTRY.model_copy(update=alone)
    found = plan(case, registry, NUMBERS, WORLD, samples=100).options[0]
    ordered = first_orders((found,), situation_of(case, registry, NUMBERS, WORLD, 1, 100))
    (order,) = [one for one in ordered if one.order.id == "order.open_passage"]
    assert order.order.values["nations"] == "TR"
    assert order.latest_h is not None


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 300), st.integers(0, 200), st.booleans())
def test_a_later_opening_or_an_earlier_end_never_improves_a_passage(hours: int, later: int, ends: bool) -> None:
    if ends:
        better, worse = ({**STRAITS, "refused": False, "holds_until": after(h)} for h in (hours + later, hours))
    else:
        better, worse = ({**STRAITS, "refused": True, "holds_until": after(h)} for h in (hours, hours + later))
    assert transit_h(of_anteo(worse)) >= transit_h(of_anteo(better)) - 1e-6


def test_a_time_that_covers_everything_changes_nothing() -> None:
    plain = of_anteo({**STRAITS, "lead_h": [24, 48, 96]})
    wide = of_anteo({**STRAITS, "lead_h": [24, 48, 96], "holds_from": after(-100), "holds_until": after(24 * 80)})
    assert (wide.hours, told(wide)) == (plain.hours, told(plain))
    assert [step.duration_h for step in wide.steps] == [step.duration_h for step in plain.steps]
