"""National aircraft may be bound elsewhere: seldom, and then for long; the median does not tell, the P90 does."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName, PhaseSpan
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import Draws, Rare, band, length, length_with, quantile
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rescue_system, rov, ship, small_world

NUMBERS = load_assumptions()
USUAL, MORE = Pert(min=3, mode=5, max=24), Pert(min=6, mode=24, max=72)


def test_the_delay_strikes_as_often_and_lasts_as_long_as_is_said() -> None:
    hours = Draws(1, 20_000).strike(Rare(0.2, MORE, "bound:a"))
    struck = hours[hours > 0.0]
    assert len(struck) == pytest.approx(4000, abs=2)
    assert float(np.median(struck)) == pytest.approx(float(quantile(MORE, np.array(0.5))), abs=0.5)
    assert struck.min() >= MORE.min
    assert not Draws(1, 1000).strike(Rare(0.0, MORE, "bound:a")).any()


def test_the_length_of_a_step_with_a_rare_delay_is_that_of_its_draws() -> None:
    rare, draws = Rare(0.2, MORE, "bound:a"), Draws(2, 20_000)
    drawn = band(draws.draw(USUAL, "wait:a") + draws.strike(rare))
    told = length_with(USUAL, rare)
    assert told.p10 == pytest.approx(drawn.p10, abs=0.2)
    assert told.p50 == pytest.approx(drawn.p50, abs=0.3)
    assert told.p90 == pytest.approx(drawn.p90, abs=1.0)
    assert length_with(USUAL, None) == length(USUAL)


def wait(**known: object) -> PhaseSpan:
    assets = registry(systems=[], interventions=[rov()], ships=[ship()], fleets=[fleet(**known)])
    # Help that is put off would hide all other waits in the P90.
    numbers = NUMBERS.replaced({"alert.put_off_chance": Pert.exactly(0.0)})
    (option,) = (
        one for one in plan(a_case(), assets, numbers, small_world(), samples=2000).options if one.asset_id == "rov"
    )
    return next(span for span in option.phases if span.phase is PhaseName.WAIT_FOR_AIRCRAFT)


def test_only_a_wait_that_nobody_has_stated_may_be_so_long() -> None:
    assumed, stated = wait(wait_h=None), wait(wait_h=[4, 8, 12])
    bound = Rare(NUMBERS["airlift.bound_chance"].mode, NUMBERS["airlift.bound_h"], "bound:gb-c17")
    assert assumed.length_h == length_with(NUMBERS["airlift.wait_military_h"], bound)
    assert assumed.length_h.p90 > 30.0
    assert assumed.length_h.p50 < 10.0
    assert stated.length_h == length(Pert(min=4, mode=8, max=12))
    # The sampled end tells it too: the order is the same for all.
    assert assumed.end_h.p90 - stated.end_h.p90 > 10.0


def test_of_aircraft_that_all_wait_for_the_load_the_nearest_is_called() -> None:
    """Hours are the same by each of them: nobody calls one from another continent for nothing."""

    def at_base(ident: str, lat_deg: float, lon_deg: float) -> AircraftFleet:
        base = {"name": ident, "position": {"lat_deg": lat_deg, "lon_deg": lon_deg}}
        return fleet(id=ident, name=ident, wait_h=None, base=base, serves=["GB"])

    # By their ids the far ones come first.
    fleets = [at_base("a-hungary", 47.4, 17.5), at_base("b-charleston", 32.9, -80.0), at_base("c-near", 55.5, -4.5)]
    late = rescue_system(notice_h=[40, 48, 60], shipment={"mass_t": 20, "outsize_pieces": 1})
    assets = registry(systems=[late], interventions=[], fleets=fleets)
    found = plan(a_case(), assets, NUMBERS, small_world(), samples=100).options[0]
    assert found.airlift is not None
    assert [one.fleet_id for one in found.airlift.fleets] == ["c-near"]
