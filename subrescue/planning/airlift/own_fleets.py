"""A lift by fleets that fly for a system's nations anyway, in place of one with aircraft that have to be chartered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subrescue.planning.airlift.landings import Flights
from subrescue.planning.airlift.lifts import Lift
from subrescue.planning.airlift.pool_choice import pools_of
from subrescue.planning.basis.ground import on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.areas import area_of


def is_chartered(lift: Lift) -> bool:
    """Whether aircraft have to be hired for it."""
    return any(one.carrier.fleet.charter for one in lift.all)


def without_charter(flights: Flights, lift: Lift, late_h: float, sit: Situation) -> Lift | None:
    """The first lift to the same airfield by no more fleets than this, none of them a charter; None where none has all
    there by these hours from the alert.

    `sit` is the ground.
    """
    key, most = (flights.system.id, lift.field), len(lift.all)
    own = on_ground(sit, "own_flights", flights.system.id, (flights,), lambda: _own_of(flights))
    if not own.carriers:
        return None
    area = area_of(sit.places, lift.field)
    hours, number = on_ground(sit, "own_first", (*key, most), (own,), lambda: own.first_of(area, 0, most, sit.places))
    return own.lift(area, 0, number, sit) if np.isfinite(hours) and hours <= late_h else None


def _own_of(flights: Flights) -> Flights:
    carriers = [one for one in flights.carriers if not one.fleet.charter]
    return replace(flights, carriers=carriers, pools=pools_of(flights.system, carriers))
