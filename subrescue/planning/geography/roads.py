"""Lorries between base, airfield and port: geodesic times a detour factor at convoy speed, plus loading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.domain.quantities import Assumptions, Pert
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import FloatArray

KM_PER_NM = 1.852
# Nearer than this the store stands at the quay or on the airfield: no lorries are needed.
NEXT_DOOR_NM = 2.0


def road_h(distance_nm: float, assumptions: Assumptions) -> Pert:
    """Hours by road over a geodesic distance in nm, lorries loaded and unloaded; 0 next door."""
    if distance_nm <= NEXT_DOOR_NM:
        return Pert.exactly(0.0)
    km = distance_nm * KM_PER_NM
    detour, speed = assumptions["road.detour_factor"], assumptions["road.speed_kmh"]
    loading = assumptions["road.loading_h"]
    return Pert.of_checked(
        min=loading.min + km * detour.min / speed.max,
        mode=loading.mode + km * detour.mode / speed.mode,
        max=loading.max + km * detour.max / speed.min,
    )


@dataclass(frozen=True)
class MedianRoad:
    """Median hours of a road over many distances: none next door, else a straight line."""

    fixed_h: float
    a_mile_h: float

    def hours(self, nm: FloatArray) -> FloatArray:
        """Hours over (n,) geodesics in nm."""
        return np.where(nm <= NEXT_DOOR_NM, 0.0, self.fixed_h + self.a_mile_h * nm)


def median_road(assumptions: Assumptions) -> MedianRoad:
    """Median hours by road as a straight line from next door to a long haul; off by minutes between them."""
    near, far = 2.0 * NEXT_DOOR_NM, 200.0
    at_near, at_far = median(road_h(near, assumptions)), median(road_h(far, assumptions))
    a_mile_h = (at_far - at_near) / (far - near)
    return MedianRoad(at_near - near * a_mile_h, a_mile_h)
