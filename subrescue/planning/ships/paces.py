"""What a mile at sea takes a ship: in the sea of the datum, and at the least on whatever course."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.domain.quantities import Pert
from subrescue.earth.passages.speed_loss import Sea, hours_factor
from subrescue.planning.basis.ground import berth_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median, scaled

if TYPE_CHECKING:
    from subrescue.earth.router.router import SeaRoute


@dataclass(frozen=True)
class Pace:
    """Least median hours for a mile to the datum: the last `near_nm` in its sea, the others before; canals left out."""

    far_h: float
    near_h: float
    near_nm: float


def least_pace(sit: Situation, ship: Ship | None) -> Pace:
    """What a passage of the ship takes at the least, on whatever course: ports are chosen by it before any route."""
    berth = berth_of(sit)
    return berth.once("least_pace", None if ship is None else ship.id, lambda: _least_pace(berth, ship))


def sailed_h(sit: Situation, ship: Ship | None, nm: float) -> Pert:
    """Hours that a ship, or a vessel to be chartered, takes to sail so far in open water."""
    return scaled(sit.passage_factor(ship), nm / sit.sails_kn(ship))


def _least_pace(sit: Situation, ship: Ship | None) -> Pace:
    speed_kn = sit.sails_kn(ship)
    far_h = median(sit.passage_factor(ship)) / speed_kn
    known = sit.case_ships.get(ship.id) if ship is not None else None
    stated = sit.case.environment
    if stated.wave_height_m is None or (known is not None and known.speed_kn is not None):
        return Pace(far_h, far_h, 0.0)
    sea = Sea(stated.wave_height_m, stated.wave_from_deg)
    slow = on_any_course(sea, ship.length_m if ship is not None else None)
    if stated.wave_from_deg is not None:
        slow = Pert.exactly(slow.min)
    return Pace(far_h, median(in_sea_h(sit, ship, slow)) / speed_kn, sit.assumptions["ship.sea_reach_nm"].mode)


@lru_cache(maxsize=1024)
def on_any_course(sea: Sea, length_m: float | None) -> Pert:
    """The factor from an unknown direction, kept: many ships are of one length."""
    return hours_factor(sea, None, length_m)


def in_sea_h(sit: Situation, ship: Ship | None, by_table: Pert) -> Pert:
    """Hours for one hour at full speed in the sea of the datum.

    The sea may rise before the ship is there, and more than waves slows her: the assumption's worst case stands.
    """
    most, good = sit.assumptions["ship.weather_factor"].max, sit.made_good(ship)
    return Pert.of_checked(
        min=by_table.min / good.max, mode=by_table.mode / good.mode, max=max(by_table.max, most) / good.min
    )


def slowed(sea: Sea, near_nm: float, route: SeaRoute | None, length_m: float | None) -> Pert:
    """The factor of the last miles of a route, its courses weighed by their length; any course without a route."""
    if route is None or sea.wave_from_deg is None:
        return on_any_course(sea, length_m)
    from subrescue.earth.shape.geodesy import azimuth_deg, distance_nm

    a, b = route.points[-2::-1], route.points[:0:-1]  # legs from the datum backwards
    legs = np.asarray(distance_nm(a[:, 0], a[:, 1], b[:, 0], b[:, 1]))
    course = np.asarray(azimuth_deg(a[:, 0], a[:, 1], b[:, 0], b[:, 1]))
    before = np.concatenate(([0.0], np.cumsum(legs)[:-1]))
    part = np.clip(near_nm - before, 0.0, legs)
    if part.sum() <= 0.0:
        return on_any_course(sea, length_m)
    factors = [hours_factor(sea, float(one), length_m).mode for one in course[part > 0]]
    return Pert.exactly(float(np.average(factors, weights=part[part > 0])))
