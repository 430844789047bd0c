"""How far and how long it is by road between two places of one landmass, or why there is no road."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.quantities import Assumption, Assumptions, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.shape.geodesy import between_nm
from subrescue.earth.shape.land import NEAR_SHORE_NM
from subrescue.earth.shape.off_shore import OffShore
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.geography.borders import across_narrow_water
from subrescue.planning.geography.over_land import over_land_times
from subrescue.planning.geography.roads import KM_PER_NM, road_h

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.shape.land import Land

_FACTOR = "road.detour_factor"


@dataclass(frozen=True)
class RoadEstimate:
    """A road between two places: geodesic in nm, road in km and hours of a loaded convoy as min, mode and max.

    factor: the assumption by which the geodesic was multiplied, with its source; round_bays: what it was multiplied by
    before that, as it leads out to sea. over_links: the way leads over a bridge, tunnel or causeway between islands of
    the map.
    """

    geodesic_nm: float
    road_km: Pert
    hours: Pert
    factor: Assumption
    over_links: bool
    round_bays: float = 1.0


def road_between(
    a: Position,
    b: Position,
    land: Land,
    assumptions: Assumptions,
    names: tuple[str, str] = ("A", "B"),
    off_shore: OffShore | None = None,
) -> RoadEstimate | Reason:
    """Estimate the road between two places, or say why there is none; `names` of the places go into the reason.

    A place in the water counts to the land within 5 nm. Geodesic, or the way round the bays that it crosses, times the
    detour factor: see `road.detour_factor`. off_shore: of the world; left out, that of the shipped maps.
    """
    lat, lon = [a.lat_deg, b.lat_deg], [a.lon_deg, b.lon_deg]
    landmasses = land.landmass_at(lat, lon)
    for name, place, landmass in zip(names, (a, b), landmasses, strict=True):
        if landmass < 0:
            off = land.distance_to_shore_nm(place.lat_deg, place.lon_deg)
            return reason("road.no_land", place=name, miles=off, reach_nm=NEAR_SHORE_NM)
    countries = (land.countries.at(place) for place in (a, b))
    nations = [np.array([(country.iso if country is not None else None) or ""]) for country in countries]
    if landmasses[0] != landmasses[1] or across_narrow_water(*nations).any():
        return reason("road.water_between", place=names[0], other=names[1])
    ends = unit_vectors(np.array(lat), np.array(lon))
    times = float(over_land_times(off_shore or OffShore(), ends[:1], ends[1:])[0])
    if np.isinf(times):
        return reason("road.across_sea", place=names[0], other=names[1])
    geodesic = between_nm(a, b)
    factor, km = assumptions.items[_FACTOR], geodesic * times * KM_PER_NM
    road_km = Pert(min=km * factor.value.min, mode=km * factor.value.mode, max=km * factor.value.max)
    polygons = land.land_polygon_near(lat, lon)
    # The map cuts one land in two at the date line: no bridge is needed there.
    over_links = bool(polygons[0] != polygons[1]) and abs(lon[0] - lon[1]) < 180.0
    return RoadEstimate(geodesic, road_km, road_h(geodesic * times, assumptions), factor, over_links, times)
