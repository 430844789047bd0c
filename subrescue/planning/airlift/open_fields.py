"""On which airfields of an area a fleet may land, and from when it may take off for each; kept, as many fleets ask."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import AS_WIDE, FloatArray, Places

Leads = tuple[tuple[str, float], ...]


@lru_cache(maxsize=128)
def open_fields(places: Places, area: Area, runway_m: float, closed: frozenset[int]) -> npt.NDArray[np.bool_]:
    """(fields of the area,) whether the runway is long enough, and the airfield not closed; for reading only.

    Where the case settles the airfield, no runway is asked for.
    """
    open_ = np.asarray(places.field_landing_m[area.fields] >= runway_m)
    if closed:
        open_ &= ~np.isin(area.fields, sorted(closed))
    open_.setflags(write=False)
    return on_disk(open_)


@lru_cache(maxsize=64)
def take_off_h(
    places: Places, area: Area, own: tuple[str, ...], leads: Leads, tanker_h: float, overflight_h: float
) -> FloatArray:
    """(fields of the area,) hours from the order before which a fleet may not take off for there; for reading only.

    `own` are its nations, `leads` the hours of those that have to be asked, the others those until its tanker is there
    and until it may fly over.
    """
    country = places.field_country[area.fields]
    abroad_h = max(tanker_h, overflight_h)
    hours = np.full(len(area.fields), abroad_h)
    hours[np.isin(country, own)] = tanker_h
    for nation, lead_h in leads:
        hours[country == nation] = max(lead_h, abroad_h)
    hours.setflags(write=False)
    return on_disk(hours)


@lru_cache(maxsize=4)
def strips(places: Places) -> frozenset[int]:
    """Airfields without an ICAO code that are neither large nor of an air force, by their numbers.

    A strip of a farm, a mine or a range has nobody who takes a flight plan, unloads or fuels (planning rule): Maralinga
    has 2,200 m and nothing there, Ceduna is next to it.
    """
    fields = places.gazetteer.airfields
    served = fields.has_icao_code | fields.is_large | fields.is_air_base
    return frozenset(np.flatnonzero(~np.asarray(served, bool)[places.field_number]).tolist())


@lru_cache(maxsize=16)
def too_narrow(places: Places, needed_m: float | None) -> frozenset[int]:
    """Airfields whose widest runway is known to be narrower than an aircraft needs, by their numbers."""
    if needed_m is None:
        return frozenset()
    known_m = places.field_width_m
    return frozenset(np.flatnonzero((known_m > 0) & (known_m < needed_m * AS_WIDE)).tolist())
