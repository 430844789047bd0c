"""Fleets that fly for the nations go before a charter where that costs nothing; a contract holds for its nations."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Option
from subrescue.planning.airlift.lifts import carriers_for
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rescue_system, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()
CHARTER = fleet(id="hired", name="Hired C-17", nations=["UA"], charter=True, wait_h=[1, 2, 3])
OWN = fleet(wait_h=[16, 20, 24])


def option(*fleets: Any, ship_h: list[float], brief: bool = False) -> Option:
    assets = registry(
        systems=[rescue_system()], interventions=[], ships=[ship(notice_h=ship_h)], fleets=list(fleets) or [OWN]
    )
    return plan(a_case(), assets, NUMBERS, WORLD, samples=400, paths=False, brief=brief).options[0]


def flown_by(found: Option) -> list[str]:
    return [share.fleet_id for share in found.airlift.fleets] if found.airlift is not None else []


@pytest.mark.parametrize("brief", [False, True])
def test_the_own_fleet_flies_where_both_wait_for_the_ship(brief: bool) -> None:
    late = [180.0, 200.0, 220.0]
    found = option(OWN, CHARTER, ship_h=late, brief=brief)
    assert flown_by(found) == ["gb-c17"]
    assert found.first_h == option(OWN, ship_h=late, brief=brief).first_h


def test_the_charter_flies_where_it_is_sooner() -> None:
    soon = [2.0, 4.0, 8.0]
    found = option(OWN, CHARTER, ship_h=soon)
    assert flown_by(found) == ["hired"]
    assert found.first_h is not None
    own = option(OWN, ship_h=soon).first_h
    assert own is not None
    assert found.first_h.p50 < own.p50 - 5.0


def test_the_charter_flies_where_the_own_fleet_would_keep_too_little_in_hand() -> None:
    assert flown_by(option(fleet(wait_h=[90, 100, 110]), CHARTER, ship_h=[100, 110, 120])) == ["hired"]


@pytest.mark.parametrize(
    ("serves", "owner", "keeps"),
    [(["GB"], "FR", True), (["NO"], "FR", False), (["FR"], "FR", True), ([], "FR", True)],
)
def test_the_hours_of_a_contract_hold_for_its_nations_and_their_boats(
    serves: list[str], owner: str, keeps: bool
) -> None:
    hired = fleet(id="hired", nations=["UA"], charter=True, wait_h=[1, 2, 3], serves=serves)
    assets = registry(systems=[rescue_system()], interventions=[], ships=[ship()], fleets=[hired])
    sit = situation_of(a_case(dissub={"nation": owner}), assets, NUMBERS, WORLD, 0, 10)
    (carrier,), _ = carriers_for(rescue_system(), 3.0, sit)
    assert carrier.wait_key == (None if keeps else "airlift.wait_charter_h")
    assert carrier.wait_h == (hired.wait_h if keeps else NUMBERS["airlift.wait_charter_h"])
