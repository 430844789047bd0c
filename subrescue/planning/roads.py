"""Lorries between base, airfield and port: geodesic times a detour factor at convoy speed, plus loading."""

from __future__ import annotations

from subrescue.domain.quantities import Assumptions, Pert
from subrescue.planning.durations import FloatArray, median

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
    return Pert(
        min=loading.min + km * detour.min / speed.max,
        mode=loading.mode + km * detour.mode / speed.mode,
        max=loading.max + km * detour.max / speed.min,
    )


def median_road_h(distance_nm: FloatArray, assumptions: Assumptions) -> FloatArray:
    """Median hours by road for many distances in nm: linear between none and a long haul."""
    near, far = 2.0 * NEXT_DOOR_NM, 200.0
    at_near, at_far = median(road_h(near, assumptions)), median(road_h(far, assumptions))
    hours: FloatArray = at_near + (distance_nm - near) * ((at_far - at_near) / (far - near))
    hours[distance_nm <= NEXT_DOOR_NM] = 0.0
    return hours
