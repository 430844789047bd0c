"""Alternatives are kept however late they are, while there are fewer than five of them."""

from __future__ import annotations

from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
DAYS_H = 400.0


def test_a_ship_that_is_free_weeks_later_is_an_alternative() -> None:
    late = ship(id="late-ship", name="Late ship", notice_h=[DAYS_H, DAYS_H, DAYS_H])
    system = rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})
    assets = registry(systems=[system], interventions=[], ships=[ship(), late], fleets=[fleet()])
    case = a_case(assumptions={"ship.charter_h": 900.0})
    best = plan(case, assets, NUMBERS, small_world(), samples=50).options[0]
    assert best.via.ship_id == "mother-ship"
    behind = [one.costs_h for one in best.alternatives if one.via.ship_id == "late-ship"]
    assert behind
    assert min(behind) > 72.0


def test_five_early_alternatives_leave_the_late_ones_out() -> None:
    ships = [ship(id=f"ship-{number}", name=f"Ship {number}") for number in range(8)]
    late = ship(id="late-ship", name="Late ship", notice_h=[DAYS_H, DAYS_H, DAYS_H])
    system = rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})
    assets = registry(systems=[system], interventions=[], ships=[*ships, late], fleets=[fleet()])
    best = plan(a_case(), assets, NUMBERS, small_world(), samples=50).options[0]
    assert len({(one.via.ship_id, one.mode) for one in best.alternatives}) >= 3
    assert all(one.via.ship_id != "late-ship" for one in best.alternatives)
