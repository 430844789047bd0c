"""Hours before which no fleet has a system on an airfield, of all its fleets and airfields at once.

They tell which fleets are worth flying at all. Great circles bound the flights from below: from the usual airfield of
embarkation, or the nearest, and from whichever other one is nearest to each airfield of debarkation.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.router.kept import Kept
from subrescue.planning.airlift.flying import Flying, Store
from subrescue.planning.airlift.open_fields import open_fields, take_off_h
from subrescue.planning.airlift.stores import airfields_of_embarkation, ready_at
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.crossings import Bools
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm

# Ways over stops are reckoned in single precision: their bounds lie lower by so many hours.
_ROUNDED_H = 1e-3
# Sums in another order are the same within so many hours.
_SAME_H = 1e-9
# Later than any landing.
_NEVER_H = 1e6
# Farther than any airfield: the miles from none.
_NOWHERE_NM = 20_000.0


@dataclass(frozen=True, eq=False)
class Least:
    """Of several fleets on each airfield of an area, (fleets, fields), hours from the order; inf where none lands.

    landed: before which the first sortie has not landed; flight: of one flight. from_usual and from_others: before
    which not everything is there from the usual airfield of embarkation, and from any other.
    """

    landed: FloatArray
    flight: FloatArray
    from_usual: FloatArray
    from_others: FloatArray

    @property
    def there(self) -> FloatArray:
        """(fleets, fields) before which a fleet alone has not everything there."""
        return np.minimum(self.from_usual, self.from_others)

    def of(self, fleets: slice, fields: IntArray | slice = slice(None)) -> Least:
        """Those of some of the fleets, or on some of the fields."""
        every = self.landed, self.flight, self.from_usual, self.from_others
        return Least(*(one[fleets, fields] for one in every))

    def alone(self, number: int) -> Least:
        """Those of one of the fleets."""
        return self.of(slice(number, number + 1))


def least_of(places: Places, area: Area, flyings: Sequence[Flying]) -> Least:
    """The bounds of these fleets, each with the stops that its great circles need."""
    nm, ready = (np.stack(parts, axis=1) for parts in zip(*(_begun(places, area, one) for one in flyings), strict=True))

    legs = np.asarray(nm / _each([max(one.hops.leg_nm, 1.0) for one in flyings]))
    np.maximum(np.ceil(legs, out=legs), 1.0, out=legs)
    if any(one.hops.tanking is not None for one in flyings):
        far_nm = _each([0.0 if one.hops.tanking is None else one.hops.tanking.far_nm for one in flyings])
        legs[nm <= far_nm] = 1.0
    stop_h = _each([one.turn.stop for one in flyings])
    flight = np.asarray(nm / _each([one.an_hour_nm for one in flyings]))
    flight += legs * (_each([one.leg_extra for one in flyings]) + stop_h)
    flight -= stop_h
    load_h = _each([one.turn.load for one in flyings])
    cleared = np.stack([cleared_h(places, area, one) for one in flyings])
    landed = np.maximum(np.maximum(ready[:, :, None], _each([min(one.free) for one in flyings])), cleared - load_h)
    landed += load_h
    landed += flight
    landed[legs > 1.0] -= _ROUNDED_H
    landed[:, ~np.stack([may_land(places, area, one) for one in flyings])] = np.inf
    # All but the first aircraft are loaded an interval after another, and each is back before it is loaded again.
    again, others = (
        _each(list(parts)) for parts in zip(*(divmod(one.sorties - 1, len(one.free)) for one in flyings), strict=True)
    )
    offload_h = _each([one.turn.offload for one in flyings])
    interval_h = _each([one.turn.interval for one in flyings])
    last = np.maximum(
        again * (2.0 * flight + load_h + offload_h) + others * interval_h + offload_h,
        _each([max(unloading_h(one, one.sorties), one.clearance) for one in flyings]),
    )
    there = landed + last
    return Least(landed.min(axis=0), flight.min(axis=0), there[0], there[1])


def most_sorties(least: Least, flyings: Sequence[Flying], by_h: FloatArray) -> FloatArray:
    """(fleets, n) the most sorties that each fleet can have unloaded by (n,) hours from the order; `least` is (.., n).

    Those of one fleet are loaded an interval apart, and an aircraft that flies again has been back.
    """

    by_h = np.minimum(by_h, _NEVER_H)
    left = by_h - _each([one.turn.offload for one in flyings]) - np.minimum(least.landed, 2.0 * _NEVER_H)
    rounds = np.floor(left / (2.0 * least.flight + _each([one.turn.load + one.turn.offload for one in flyings]))) + 1.0
    most = rounds * _each([len(one.free) for one in flyings])
    interval_h = _each([max(one.turn.interval, _ROUNDED_H) for one in flyings])
    most = np.minimum(most, np.floor(left / interval_h + _SAME_H) + 1.0)
    return np.where(left >= 0.0, most, 0.0)


def _each(numbers: list[float]) -> FloatArray:
    """(fleets, 1) a number of each fleet."""
    return np.array(numbers)[:, None]


def unloading_h(flying: Flying, sorties: int) -> float:
    """Hours from the first landing until so many sorties are unloaded, if all land at once."""
    turn, ramp = flying.turn, max([flying.ramp, *(fact.ramp or 0 for fact in flying.facts)])
    return max((sorties - 1) * turn.interval + turn.offload, ceil(sorties / ramp) * turn.offload)


def cleared_h(places: Places, area: Area, flying: Flying) -> FloatArray:
    """(fields of the area,) hours from the order before which the fleet may not take off for there; 0 where it may."""
    return take_off_h(places, area, flying.own, flying.leads, flying.tanker, flying.overflight)


def may_land(places: Places, area: Area, flying: Flying) -> Bools:
    """(fields of the area,) whether the runway is long enough, and the airfield not closed to the fleet."""
    return open_fields(places, area, flying.landing_runway_m, flying.hops.closed)


def _begun(places: Places, area: Area, flying: Flying) -> tuple[FloatArray, FloatArray]:
    """From the usual airfield and from others: (2, fields) least miles; (2,) when loading can begin at the soonest."""
    hops = flying.hops
    _, ready = ready_at(places, flying)
    soonest = np.array([ready[:1].min(initial=np.inf), ready[1:].min(initial=np.inf)])
    return _nearest_nm(places, area, flying.store, hops.runway_m, hops.closed), soonest


# Some 14 kB each for an area about a datum, 87 for the world.
_kept_nearest: Kept[Hashable, FloatArray] = Kept(512, 3_000_000, lambda nm: nm.nbytes)


def _nearest_nm(places: Places, area: Area, store: Store, runway_m: float, closed: frozenset[int]) -> FloatArray:
    """(2, fields of the area) great circles from the usual airfield, and from the nearest other, nm."""
    key = (places, area, store, runway_m, closed)
    found = _kept_nearest.get(key)
    if found is None:
        fields, _ = airfields_of_embarkation(places, store, runway_m, closed)
        nm = sphere_apart_nm(places.towards[fields], places.towards[area.fields])
        nearest = (one.min(axis=0, initial=_NOWHERE_NM) for one in (nm[:1], nm[1:]))
        found = _kept_nearest.put(key, on_disk(np.stack(tuple(nearest))))
    return found
