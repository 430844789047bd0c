"""Where ice may lie and nobody has said whether it does, open water is planned with a doubt and with what to ask."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Gate, Option, Response, Verdict
from subrescue.exchange.response_table import why_line
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world

TOLD = "hazards.ice_not_stated"


def answer(lat_deg: float, ice: bool | None) -> Response:
    """A submarine 100 m down, from which people can come up, with this said of ice."""
    known: dict[str, Any] = {"fix": {"position": {"lat_deg": lat_deg, "lon_deg": 3.0}}, "depth_m": 100.0}
    case = a_case(dissub=known)
    case = case.model_copy(update={"environment": case.environment.model_copy(update={"ice": ice})})
    return plan(case, registry(), load_assumptions(), small_world(), samples=20, paths=False)


def hazards(option: Option) -> tuple[Verdict, tuple[str, ...]]:
    gate = next(gate for gate in option.gates if gate.gate is Gate.HAZARDS)
    return gate.verdict, tuple(why.id for why in gate.reasons)


def test_at_the_pole_the_hours_of_open_water_are_a_doubt_of_every_option() -> None:
    found = answer(89.0, ice=None)
    assert {hazards(option) for option in found.options if option.mode} == {(Verdict.AMBER, (TOLD,))}
    (why,) = (why for why in found.findings if why.id == TOLD)
    assert why.remedy is not None
    assert why.remedy.id == "find.ice"


def test_who_comes_up_there_may_do_so_under_ice() -> None:
    found, known = answer(89.0, ice=None).escape, answer(64.0, ice=None).escape
    assert found is not None
    assert known is not None
    assert "escape.ice_not_stated" in {why.id for why in found.reasons}
    assert "escape.ice_not_stated" not in {why.id for why in known.reasons}


@pytest.mark.parametrize(("lat_deg", "ice"), [(89.0, False), (89.0, True), (64.0, None)])
def test_nothing_is_asked_where_the_case_says_it_or_none_ever_forms(lat_deg: float, ice: bool | None) -> None:
    assert TOLD not in {why.id for why in answer(lat_deg, ice=ice).findings}


@pytest.mark.parametrize(("water_c", "is_doubted"), [(0.5, True), (3.0, False)])
def test_a_port_whose_sea_may_freeze_is_a_doubt_of_the_ship_that_sails_from_it(
    water_c: float, is_doubted: bool
) -> None:
    case = a_case()
    found = plan(case, registry(), load_assumptions(), small_world(water_c=water_c), samples=20, paths=False)
    sailing = [option for option in found.options if option.sea_nm is not None]
    assert sailing
    for option in sailing:
        (gate,) = (gate for gate in option.gates if gate.gate is Gate.SHIP)
        told = [why for why in gate.reasons if why.id == "ship.port_may_freeze"]
        assert bool(told) is is_doubted
        assert gate.verdict is not Verdict.GREEN or not is_doubted
        assert all(why.remedy is not None for why in told)


def test_ice_that_is_stated_is_told_of_the_case_and_in_the_row_of_what_is_not_known_otherwise() -> None:
    assert "finding.ice" in {why.id for why in answer(64.0, ice=True).findings}
    assert "finding.ice" not in {why.id for why in answer(64.0, ice=False).findings}
    case = a_case()
    environment = case.environment.model_copy(update={"ice": True, "current_kn": None})
    case = case.model_copy(update={"environment": environment})
    found = plan(case, registry(), load_assumptions(), small_world(), samples=20, paths=False)
    unknown = next(option for option in found.options if option.verdict is Verdict.UNKNOWN and option.mode)
    assert why_line(unknown).startswith("current: ")
    assert why_line(unknown).endswith("doubt: hazards")
