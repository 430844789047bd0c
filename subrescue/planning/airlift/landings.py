"""When all of a system stands on each airfield of an area and at its ports, by the fleet or pool that is first.

Every airfield has a bound first, and is looked at only when a chain through it may be among the best.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import System
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.router.kept import Kept
from subrescue.earth.shape.geodesy import apart_nm
from subrescue.planning.airlift.airlift import reach_one, reach_some
from subrescue.planning.airlift.closed_airspace import Flown, flown, shut_to
from subrescue.planning.airlift.embarkation import landed_at
from subrescue.planning.airlift.first_landed import Entrants, first_landed, soonest_landed_h
from subrescue.planning.airlift.further_sorties import flying_of
from subrescue.planning.airlift.landing_bounds import Least, least_of
from subrescue.planning.airlift.lifts import Carrier, Lift
from subrescue.planning.airlift.pools import Member
from subrescue.planning.airlift.stores import is_strange, miles_from
from subrescue.planning.airlift.tanker_lifts import refuelling_of
from subrescue.planning.basis.ground import on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.detours import Around
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm
from subrescue.planning.geography.roads import MedianRoad, median_road

Bools = npt.NDArray[np.bool_]

# The landings of so many systems and areas are kept, 50 kB each for the world: a plan looks at twenty to thirty, and
# one that is taken back is asked for again.
AREAS_KEPT = 64
# Whoever looks at a port looks at all airfields that may bring the system there so many hours after the first.
_WITHIN_H = 6.0
# Where a ship comes so many hours after the system may be there at the soonest, it is tried first whether the airfield
# of that bound alone shows that the ship comes later.
_WAITS_H = 2.0
# At least so many airfields are looked at together.
_AT_ONCE = 48
# The airfields that somebody asked for of a system and an area, whatever was assumed: who asks next asks for most of
# them. Once they are so many they are gathered anew.
_asked: Kept[Hashable, npt.NDArray[np.uint16]] = Kept(256)
_MOST_ASKED = 256


@dataclass(frozen=True, eq=False)
class Landings:
    """When all of a system stands on each airfield of an area by the fleet that is first, and which fleet that is.

    hours: (fields,) from the alert; carrier: (fields,) its number, -1 for none. exact: (fields,) whether they are so;
    elsewhere the hours are a bound, until `settle` has looked. towards: (all airfields, 3) unit vectors. key: system
    and area. asked: of how many airfields each look was asked that were not exact yet.
    """

    area: Area
    towards: FloatArray
    hours: FloatArray
    carrier: npt.NDArray[np.int16]
    exact: Bools
    look: Callable[[IntArray], tuple[FloatArray, IntArray]]
    key: Hashable
    asked: list[int] = field(default_factory=list)

    def settle(self, rows: IntArray, among: Bools | None = None) -> None:
        """Make sure of the airfields of these rows, and of others with them, (fields,) `among` these: looks are few.

        To look at ten airfields takes nearly as long as to look at a hundred. The first look is at those too that were
        asked for before, the others are at more and more that lie near.
        """
        new = np.unique(rows[~self.exact[rows]])
        if not len(new):
            return
        count = len(new)
        before = _asked.get(self.key)
        asked = np.unique(rows) if before is None or len(before) > _MOST_ASKED else np.union1d(before, rows)
        _asked.put(self.key, on_disk(asked.astype(np.uint16)))
        new = self._with_near(new, among) if before is None or self.asked else asked
        self.asked.append(count)
        hours, carrier = self.look(new)
        self.hours[new], self.carrier[new] = hours, carrier
        self.exact[new] = True

    def _with_near(self, rows: IntArray, among: Bools | None) -> IntArray:
        """These rows, and the nearest of those that are not exact: three times as many as were asked for so far."""
        near = np.ones(len(self.exact), bool) if among is None else among.copy()
        near[rows] = True
        open_ = np.flatnonzero(~self.exact & near)
        count = max(len(rows), _AT_ONCE, 3 * sum(self.asked))
        if len(open_) <= count:
            return open_
        fields = self.towards[self.area.fields]
        nm = sphere_apart_nm(fields[open_], fields[rows]).min(axis=1)
        return np.sort(open_[np.argsort(nm, kind="stable")[:count]])


@dataclass(frozen=True, eq=False)
class Flights:
    """What flies one system, and when it is told to go.

    Every `sit` here is the ground (`planning.basis.ground`): no flight depends on the DISSUB.
    """

    system: System
    carriers: list[Carrier]
    pools: list[tuple[int, ...]]
    go_h: float

    @property
    def first_h(self) -> float:
        """No airfield sees a load unloaded before these hours from the alert."""
        return self.go_h + min(carrier.flying.first_h for carrier in self.carriers)

    @property
    def entrants(self) -> Entrants:
        """The fleets and pools in numbers."""
        shipment = self.system.shipment
        mass_t = shipment.mass_t if shipment is not None else None
        outsize = shipment.outsize_pieces if shipment is not None else None
        return Entrants(
            ids=tuple(carrier.fleet.id for carrier in self.carriers),
            away_nm=tuple(_away_nm(carrier) for carrier in self.carriers),
            members=tuple(Member(carrier.flying, carrier.load_t) for carrier in self.carriers),
            pools=tuple(self.pools),
            mass_t=mass_t or 0.0,
            least=max(outsize or 0, 1),
            go_h=self.go_h,
        )

    def least(self, area: Area, places: Places) -> Least:
        """The bounds of all fleets in an area, kept while a system is looked at."""
        return _least(places, area, self)

    def landings(self, area: Area, sit: Situation) -> Landings:
        """The landings in an area, each by the fleet or the pool that is first; kept.

        Fleets that can be first nowhere are not flown. Numbers beyond those of the carriers are those of the pools.
        """
        key = self.system.id, area
        return on_ground(sit, "landings", key, (self,), lambda: self._landings(area, sit), AREAS_KEPT)

    def _landings(self, area: Area, sit: Situation) -> Landings:
        places, entrants = sit.places, self.entrants

        def look(rows: IntArray) -> tuple[FloatArray, IntArray]:
            return first_landed(places, area, entrants, rows, self.least(area, places))

        hours, none = soonest_landed_h(entrants, self.least(area, places)), np.full(len(area.fields), -1, np.int16)
        return Landings(area, places.towards, hours, none, none >= 0, look, (self.system.id, area))

    def first_of(self, area: Area, row: int, most: int, places: Places) -> tuple[float, int]:
        """When all stands on the airfield of this row by so many fleets at most, and that fleet's or pool's number."""
        entrants = self.entrants
        pools = tuple(pool for pool in entrants.pools if len(pool) <= most)
        some = replace(entrants, pools=pools)
        hours, first = first_landed(places, area, some, np.array([row]), self.least(area, places))
        number, count = int(first[0]), len(self.carriers)
        return float(hours[0]), number if number < count else count + self.pools.index(pools[number - count])

    def lift(self, area: Area, row: int, number: int, sit: Situation) -> Lift:
        """How the fleet or pool of this number flies to the airfield of this row; kept."""
        key = (self.system.id, area, row, number)
        return on_ground(sit, "lifts", key, (self,), lambda: self._lift(area, row, number, sit))

    def _lift(self, area: Area, row: int, number: int, sit: Situation) -> Lift:
        if number >= len(self.carriers):
            pool = self.pools[number - len(self.carriers)]
            every = [self.lift(area, row, one, sit) for one in pool if self._whence(area, row, one, sit) >= 0]
            lead, *others = flying_of(self.system.shipment, every, sit)
            return replace(lead, partners=tuple(others))
        carrier, places = self.carriers[number], sit.places
        apoe, landing = self._whence(area, row, number, sit), int(area.fields[row])
        store = carrier.flying.store
        road_nm = float(miles_from(places, store)[apoe])
        flight = _flight(carrier, apoe, (area, row), sit)
        odd = bool(is_strange(places, store, np.array([apoe]))[0])
        met = refuelling_of(carrier, places, apoe, landing) if not flight.stops and not flight.round else None
        return Lift(
            carrier, apoe, road_nm, odd, landing, flight.stops, flight.legs_nm, (), met, flight.turns, flight.round
        )

    def _whence(self, area: Area, row: int, number: int, sit: Situation) -> int:
        """The airfield from which a fleet flies to the airfield of this row, -1 where it does not land there."""
        return int(landed_at(sit.places, area, self.carriers[number].flying, np.array([row])).apoe[row])


def _away_nm(carrier: Carrier) -> float:
    base, store = carrier.fleet.base, carrier.flying.store
    if base is None:
        return np.inf
    return apart_nm(base.position.lat_deg, base.position.lon_deg, store.lat_deg, store.lon_deg)


@lru_cache(maxsize=2)  # up to 3 MB each, far from help: a system is looked at for some milliseconds
def _least(places: Places, area: Area, flights: Flights) -> Least:
    return least_of(places, area, flights.entrants.flyings)


def let_go_of_bounds() -> None:
    """Keep none of the bounds of the last systems that a plan looked at."""
    _least.cache_clear()


# Ways of chosen lifts, a kilobyte each: no hour on the ground changes them.
_flights: Kept[Hashable, Flown] = Kept(512)


def _flight(carrier: Carrier, apoe: int, end: tuple[Area, int], sit: Situation) -> Flown:
    """The way of a fleet from an airfield to that of a row of an area, round what is closed to it; kept."""
    places, hops, (area, row) = sit.places, carrier.flying.hops, end
    landing = int(area.fields[row])
    key = sit.world, places, apoe, landing, hops, carrier.leave.barred, shut_to(carrier.fleet, sit)
    found = _flights.get(key)
    if found is None:

        def over_others(ways: Around, share: float) -> tuple[int, ...] | None:
            round_them = replace(hops.untanked, round=ways, leg_nm=share * hops.leg_nm)
            other = reach_one(places, apoe, area, row, round_them)
            return other.stops_to(0) if other.legs[0] else None

        stops = reach_some(places, apoe, area, np.array([row]), hops).stops_to(0)
        ahead = flown(carrier, apoe, stops, places.field_place(landing).position, sit, over_others)
        found = _flights.put(key, ahead)
    return found


@dataclass(frozen=True, eq=False)
class Hardware:
    """When the whole system lies at each port of an area at the earliest, (ports,), in hours from the alert.

    exact: (ports,) whether they are so; elsewhere the hours are a bound, until `settle` has looked. inf for none.
    late_h: (ports,) hours by which it lies there in any case; where that is exact nothing is left to know: -inf.
    """

    there: Landings
    road_h: FloatArray
    hours: FloatArray
    exact: Bools
    late_h: FloatArray

    @cached_property
    def _firsts(self) -> Bools:
        """(fields,) the airfields by which some port may be reached first, by the bounds at first asked."""
        area, found = self.there.area, np.zeros(len(self.there.area.fields), bool)
        hours = self.there.hours[area.pair_field] + self.road_h
        best = np.minimum.reduceat(hours, area.pair_first)
        count = np.diff(np.append(area.pair_first, len(area.pair_field)))
        found[area.pair_field[hours == np.repeat(best, count)]] = True
        return found

    def settle(self, ports: IntArray, by_h: FloatArray | None = None) -> None:
        """Make sure of the ports in these rows; or, with `by_h` (ports,), that it lies there by then, where it does.

        Where a ship comes later than some way of the system, no better way of that makes the meeting any earlier.
        """
        area, left = self.there.area, ~self.exact[ports]
        open_, need_h = ports[left], np.full(left.sum(), -np.inf) if by_h is None else by_h[left]
        tries = True
        while len(open_):
            all_wait = True
            rows: list[IntArray] = []
            on: list[int] = []
            for at, (port, ship_h) in enumerate(zip(open_.tolist(), need_h.tolist(), strict=True)):
                pairs = area.pairs_of(port)
                fields = area.pair_field[pairs]
                hours = self.there.hours[fields] + self.road_h[pairs]
                first = int(np.argmin(hours))
                if self.there.exact[fields[first]] or np.isinf(hours[first]):
                    self.hours[port], self.exact[port], self.late_h[port] = hours[first], True, -np.inf
                    continue
                self.late_h[port] = hours[self.there.exact[fields]].min(initial=np.inf)
                if self.late_h[port] <= ship_h:
                    continue
                on.append(at)
                waits = tries and hours[first] + _WAITS_H <= ship_h
                rows.append(fields[first : first + 1] if waits else fields[hours <= hours[first] + _WITHIN_H])
                all_wait &= waits
            open_, need_h = open_[on], need_h[on]
            if rows:
                self.there.settle(np.concatenate(rows), self._firsts if tries and all_wait else None)
            tries = False


@lru_cache(maxsize=4)
def _hours_by_road(area: Area, road: MedianRoad) -> FloatArray:
    """(pairs,) hours of each road of an area, the same for all systems: those of the world take 0.8 MB."""
    hours = road.hours(area.pair_nm)
    hours.setflags(write=False)
    return on_disk(hours)


def hardware_at_ports(there: Landings, port: int | None, sit: Situation) -> Hardware:
    """When the whole system lies at each port of the area, or at this port alone."""
    area = there.area
    road_h = _hours_by_road(area, median_road(sit.assumptions))
    if not len(area.ports):
        return Hardware(there, road_h, np.zeros(0), np.zeros(0, bool), np.zeros(0))
    best: FloatArray = np.minimum.reduceat(there.hours[area.pair_field] + road_h, area.pair_first)
    exact = np.full(len(best), bool(there.exact.all()))
    if port is not None:
        best = np.where(area.ports == port, best, np.inf)
        exact |= area.ports != port
    return Hardware(there, road_h, best, exact, np.where(exact, -np.inf, np.inf))
