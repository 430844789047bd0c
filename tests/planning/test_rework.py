"""A ship that nobody has prepared may have to be altered for an ROV set: seldom, and then for long."""

from __future__ import annotations

from typing import Any

from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName, PhaseSpan
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import Rare, length, length_with
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rov, ship, small_world

NUMBERS = load_assumptions().replaced({"alert.put_off_chance": Pert.exactly(0.0)})
REWORK = Rare(NUMBERS["fit_out.rework_chance"].mode, NUMBERS["fit_out.rework_h"], "rework:mother-ship")
OF_30_T: dict[str, Any] = {"shipment": {"mass_t": 30, "outsize_pieces": 0}}


def fit_out(**of_ship: Any) -> PhaseSpan:
    """The fit-out of an ROV set of 30 t, the mass of the assumption, on a ship with these fields."""
    host = ship(**{"certified_for": [], **of_ship})
    assets = registry(systems=[], interventions=[rov(**OF_30_T)], ships=[host], fleets=[fleet(wait_h=[4, 8, 12])])
    options = plan(a_case(), assets, NUMBERS, small_world(), samples=2000).options
    option = next(one for one in options if one.asset_id == "rov")
    return next(span for span in option.phases if span.phase is PhaseName.FIT_OUT)


def test_a_ship_that_nobody_has_prepared_may_have_to_be_altered() -> None:
    found = fit_out()
    assert found.length_h == length_with(NUMBERS["fit_out.intervention_h"], REWORK)
    assert found.length_h.p90 > 24.0
    assert found.length_h.p50 < 8.0


def test_a_screened_ship_takes_the_set_as_she_is() -> None:
    assert fit_out(screened_for=["rov"]).length_h == length(NUMBERS["fit_out.intervention_h"])


def test_its_own_mother_ship_is_sooner_still() -> None:
    own, screened = fit_out(certified_for=["rov"]), fit_out(screened_for=["rov"])
    assert own.length_h == length(NUMBERS["fit_out.intervention_certified_h"])
    assert own.length_h.p90 < screened.length_h.p90
    assert own.assumption == "fit_out.intervention_certified_h"
