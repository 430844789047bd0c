"""What flies a system: every fleet that can, and the airfield at which the case settles that it lands."""

from __future__ import annotations

from subrescue.domain.assets import System
from subrescue.planning.airlift.landing_bounds import may_land
from subrescue.planning.airlift.landings import Flights
from subrescue.planning.airlift.lifts import carriers_for
from subrescue.planning.airlift.pool_choice import pools_of
from subrescue.planning.airlift.tanker_lifts import met_by_tankers
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.recall import recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.areas import area_of
from subrescue.planning.ways.by_port import go_h


def stated_field(system: System, sit: Situation) -> int | None:
    """The airfield where the case says that the system lands; None where it says none."""
    offer = sit.offers.get(system.id)
    return sit.places.field_index(offer.apod) if offer is not None else None


def kept_flights(system: System, sit: Situation) -> Flights:
    """What flies a system, as `flights_of` finds it; kept."""
    ground, stated = ground_of(sit), stated_field(system, sit)
    key = system.id, stated
    return on_ground(ground, "flights", key, (system,), lambda: flights_of(system, ground, stated))


def flights_of(system: System, ground: Situation, stated: int | None = None) -> Flights:
    """What flies a system: every fleet that can, alone, with its tankers, and in pools.

    Where the case states the airfield, fleets for which its runway does not do fly only if it does for none: in a pool
    they would forbid what the others can do alone.
    """
    recall, _ = recall_h(system, ground)
    carriers, _ = carriers_for(system, median(recall), ground)
    if stated is not None:
        area = area_of(ground.places, stated)
        if not any(may_land(ground.places, area, carrier.flying)[0] for carrier in carriers):
            carriers, _ = carriers_for(system, median(recall), ground, landing_anywhere=True)
    carriers += met_by_tankers(carriers, ground)
    return Flights(system, carriers, pools_of(system, carriers), go_h(system, ground))
