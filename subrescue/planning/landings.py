"""When all of a system stands on each airfield of an area and at its ports, by the fleet or pool that is first.

Where nations refuse their airspace, ways round it take long to find. There every airfield has a bound first, and is
looked at only when a chain through it may be among the best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import InterventionSystem, RescueSystem
from subrescue.planning.airlift import reach_some
from subrescue.planning.areas import Area
from subrescue.planning.durations import FloatArray
from subrescue.planning.embarkation import is_strange, landed_at, landed_before, soonest_by
from subrescue.planning.further_sorties import flying_of
from subrescue.planning.ground import on_ground
from subrescue.planning.lifts import Carrier, Lift
from subrescue.planning.overflights import legs
from subrescue.planning.places import IntArray, field_distances_nm, sphere_apart_nm
from subrescue.planning.pools import Member, Pool, least_h, pooled_at_h, pooled_h
from subrescue.planning.roads import MedianRoad, median_road
from subrescue.planning.situation import Situation
from subrescue.planning.tanker_lifts import no_fuel_needed, refuelling_of

System = RescueSystem | InterventionSystem
Bools = npt.NDArray[np.bool_]

# Sums in another order are the same within so many hours.
ROUNDING_H = 1e-6
# The landings of so many systems and areas are kept.
AREAS_KEPT = 128
# Whoever looks at a port looks at all airfields that may bring the system there so many hours after the first.
_WITHIN_H = 6.0
# At least so many airfields are looked at together.
_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Landings:
    """When all of a system stands on each airfield of an area by the fleet that is first, and which fleet that is.

    hours: (fields,) from the alert; carrier: (fields,) its number, -1 for none. exact: (fields,) whether they are so;
    elsewhere the hours are a bound, until `settle` has looked. towards: (all airfields, 3) unit vectors.
    """

    area: Area
    towards: FloatArray
    hours: FloatArray
    carrier: IntArray
    exact: Bools
    look: Callable[[IntArray], tuple[FloatArray, IntArray]]

    def settle(self, rows: IntArray) -> None:
        """Make sure of the airfields of these rows, and of as many near them as are known: looks are few that way.

        To look at ten airfields takes nearly as long as to look at a hundred.
        """
        new = np.unique(rows[~self.exact[rows]])
        if len(new):
            new = self._with_near(new)
            hours, carrier = self.look(new)
            self.hours[new], self.carrier[new] = hours, carrier
            self.exact[new] = True

    def _with_near(self, rows: IntArray) -> IntArray:
        """These rows, and the nearest of those that are not exact: all where every eighth is."""
        open_ = np.flatnonzero(~self.exact)
        known = len(self.exact) - len(open_)
        count = max(known, len(rows), _AT_ONCE)
        if len(open_) <= count or 8 * known > len(self.exact):
            return open_
        fields = self.towards[self.area.fields]
        nm = sphere_apart_nm(fields[open_], fields[rows]).min(axis=1)
        return np.sort(open_[np.argsort(nm, kind="stable")[:count]])


@dataclass(frozen=True, eq=False)
class Flights:
    """What flies one system, and when it is told to go.

    Every `sit` here is the ground (`planning.ground`): no flight depends on the DISSUB.
    """

    system: System
    carriers: list[Carrier]
    pools: list[tuple[int, ...]]
    go_h: float

    @property
    def first_h(self) -> float:
        """No airfield sees a load unloaded before these hours from the alert."""
        return self.go_h + min(carrier.flying.first_h for carrier in self.carriers)

    def pool(self, numbers: tuple[int, ...]) -> Pool:
        """These carriers as a pool."""
        shipment = self.system.shipment
        mass_t = shipment.mass_t if shipment is not None else None
        members = tuple(Member(self.carriers[n].flying, self.carriers[n].load_t) for n in numbers)
        return Pool(members, mass_t or 0.0, max((shipment.outsize_pieces if shipment is not None else 0) or 0, 1))

    def landings(self, area: Area, sit: Situation) -> Landings:
        """The landings in an area, each by the fleet or the pool that is first; kept.

        Fleets that can be first nowhere are not flown. Numbers beyond those of the carriers are those of the pools.
        """
        key = self.system.id, area
        return on_ground(sit, "landings", key, (self,), lambda: self._landings(area, sit), AREAS_KEPT)

    def _landings(self, area: Area, sit: Situation) -> Landings:
        def look(rows: IntArray) -> tuple[FloatArray, IntArray]:
            return self._look(area, rows, sit)

        count = len(area.fields)
        if any(carrier.flying.hops.round is not None for carrier in self.carriers):
            least_h, none = self._least_h(area, sit), np.full(count, -1)
            return Landings(area, sit.places.towards, least_h, none, np.zeros(count, bool), look)
        hours, first = look(np.arange(count))
        return Landings(area, sit.places.towards, hours, first, np.ones(count, bool), look)

    def _least_h(self, area: Area, sit: Situation) -> FloatArray:
        """(fields of the area,) hours from the alert before which no fleet and no pool has everything there."""
        least = np.full(len(area.fields), np.inf)
        for carrier in self.carriers:
            alone = Pool((Member(carrier.flying, carrier.load_t),), 0.0, carrier.flying.sorties)
            np.minimum(least, least_h(sit.places, area, alone), out=least)
        for numbers in self.pools:
            np.minimum(least, least_h(sit.places, area, self.pool(numbers)), out=least)
        return np.asarray(least + self.go_h - ROUNDING_H)

    def _first_tried(self, number: int) -> tuple[float, str, int]:
        """Fleets that are as quick are tried by their ids."""
        carrier = self.carriers[number]
        return carrier.flying.soonest_h, carrier.fleet.id, number

    def _look(self, area: Area, rows: IntArray, sit: Situation) -> tuple[FloatArray, IntArray]:
        """(rows,) the hours and the numbers of the fleets or pools for these airfields."""
        places, count = sit.places, len(area.fields)
        hours, first = np.full(len(rows), np.inf), np.full(len(rows), -1, np.int64)
        pooled = {one for numbers in self.pools for one in numbers}
        for number in sorted(range(len(self.carriers)), key=self._first_tried):
            flying = self.carriers[number].flying
            if no_fuel_needed(places, area, flying):
                continue
            if not (soonest_by(places, area, flying)[rows] + self.go_h < hours).any():
                continue
            # What no pool asks about again is flown only to where it might be first.
            if number in pooled:
                landed = landed_at(places, area, flying, rows)
            else:
                limit_h = np.full(count, -np.inf)
                limit_h[rows] = hours - self.go_h + ROUNDING_H
                landed = landed_before(places, area, flying, limit_h)
            by_this = landed.hours[rows] + self.go_h
            better = by_this < hours
            hours[better] = by_this[better]
            first[better] = number
        for number, numbers in enumerate(self.pools, len(self.carriers)):
            if any(no_fuel_needed(places, area, self.carriers[one].flying) for one in numbers):
                continue
            pool = self.pool(numbers)
            all_ = len(rows) == count
            together = pooled_h(places, area, pool) if all_ else pooled_at_h(places, area, pool, rows)
            better = together + self.go_h < hours - 1e-9
            hours[better] = together[better] + self.go_h
            first[better] = number
        return hours, first

    def lift(self, area: Area, row: int, number: int, sit: Situation) -> Lift:
        """How the fleet or pool of this number flies to the airfield of this row; kept."""
        key = (self.system.id, area, row, number)
        return on_ground(sit, "lifts", key, (self,), lambda: self._lift(area, row, number, sit))

    def _lift(self, area: Area, row: int, number: int, sit: Situation) -> Lift:
        if number >= len(self.carriers):
            every = [self.lift(area, row, one, sit) for one in self.pools[number - len(self.carriers)]]
            lead, *others = flying_of(self.system.shipment, every, sit)
            return replace(lead, partners=tuple(others))
        carrier, places = self.carriers[number], sit.places
        landed = landed_at(places, area, carrier.flying, np.array([row]))
        apoe, field = int(landed.apoe[row]), int(area.fields[row])
        stops = reach_some(places, apoe, area, np.array([row]), carrier.flying.hops).stops_to(0)
        way = [apoe, *stops, field]
        store = carrier.flying.store
        road_nm = float(field_distances_nm(places, store.lat_deg, store.lon_deg)[apoe])
        ends = [places.field_place(station).position for station in way]
        legs_nm, turns = legs(carrier.flying.hops.round, ends)
        odd = bool(is_strange(places, store, np.array([apoe]))[0])
        met = refuelling_of(carrier, places, apoe, field) if not stops else None
        return Lift(carrier, apoe, road_nm, odd, field, stops, legs_nm, refuelled=met, turns=turns)


@dataclass(frozen=True, eq=False)
class Hardware:
    """When the whole system lies at each port of an area at the earliest, (ports,), in hours from the alert.

    exact: (ports,) whether they are so; elsewhere the hours are a bound, until `settle` has looked. inf for none.
    """

    there: Landings
    road_h: FloatArray
    hours: FloatArray
    exact: Bools

    def settle(self, ports: IntArray) -> None:
        """Make sure of the ports in these rows."""
        area, open_ = self.there.area, ports[~self.exact[ports]]
        while len(open_):
            rows: list[IntArray] = []
            left: list[int] = []
            for port in open_.tolist():
                pairs = area.pairs_of(port)
                fields = area.pair_field[pairs]
                hours = self.there.hours[fields] + self.road_h[pairs]
                first = int(np.argmin(hours))
                if self.there.exact[fields[first]] or np.isinf(hours[first]):
                    self.hours[port] = hours[first]
                    self.exact[port] = True
                else:
                    left.append(port)
                    rows.append(fields[hours <= hours[first] + _WITHIN_H])
            open_ = np.array(left, np.int64)
            if left:
                self.there.settle(np.concatenate(rows))


@lru_cache(maxsize=4)
def _hours_by_road(area: Area, road: MedianRoad) -> FloatArray:
    """(pairs,) hours of each road of an area, the same for all systems: those of the world take 0.8 MB."""
    hours = road.hours(area.pair_nm)
    hours.setflags(write=False)
    return hours


def hardware_at_ports(there: Landings, port: int | None, sit: Situation) -> Hardware:
    """When the whole system lies at each port of the area, or at this port alone."""
    area = there.area
    road_h = _hours_by_road(area, median_road(sit.assumptions))
    if not len(area.ports):
        return Hardware(there, road_h, np.zeros(0), np.zeros(0, bool))
    best: FloatArray = np.minimum.reduceat(there.hours[area.pair_field] + road_h, area.pair_first)
    exact = np.full(len(best), bool(there.exact.all()))
    if port is not None:
        best = np.where(area.ports == port, best, np.inf)
        exact |= area.ports != port
    return Hardware(there, road_h, best, exact)
