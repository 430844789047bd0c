"""Landing clearances: a refusal closes a nation's airfields to a fleet, a lead time holds its take-off."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import Option
from subrescue.planning.durations import median
from subrescue.planning.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, a_field, a_port, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()


def option(**case: Any) -> Option:
    """The fly-away system's answer where a Norwegian and a Danish field serve a port each, the Norwegian one nearer."""
    world = small_world(
        [
            a_field("EGPK", 55.5, -4.6, 3000, "GB"),
            a_field("ENBR", 60.3, 5.2, 2900, "NO"),
            a_field("EKVG", 62.1, -7.3, 2900, "DK"),
        ],
        [a_port("bergen", 60.4, 5.3), a_port("vagar", 62.1, -7.2)],
    )
    assets = registry(
        systems=[rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})], interventions=[], ships=[ship()]
    )
    return plan(a_case(**case), assets, NUMBERS, world, samples=100).options[0]


def apod(found: Option) -> str | None:
    return found.via.apod.code if found.via.apod is not None else None


def test_a_nation_that_refuses_is_flown_round() -> None:
    assert apod(option()) == "ENBR"
    refused = option(clearances=[{"nation": "NO", "refused": True}])
    assert apod(refused) == "EKVG"
    assert any(why.id == "lift.clearance_refused" for gate in refused.gates for why in gate.reasons)


def test_a_refusal_to_others_does_not_concern_a_fleet() -> None:
    assert apod(option(clearances=[{"nation": "NO", "aircraft_of": ["RU"], "refused": True}])) == "ENBR"


def test_nobody_takes_off_before_the_clearance() -> None:
    late = option(clearances=[{"nation": nation, "lead_h": 60} for nation in ("NO", "DK")])
    assert late.airlift is not None
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert late.airlift.timetable[0].airborne_h >= order + 60.0 - 1e-6
    assert late.airlift.timetable[0].airborne_h <= order + 60.0 + 1e-3


def test_a_short_lead_time_costs_nothing() -> None:
    assert option(clearances=[{"nation": "NO", "lead_h": 1}]).time_to_first_rescue_h == option().time_to_first_rescue_h
