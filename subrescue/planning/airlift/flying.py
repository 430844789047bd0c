"""One fleet flying one system, in numbers alone: what its flights hang on, and the hours that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt

from subrescue.planning.airlift.entry_hours import entry_nm
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.open_hours import Limited, OpenHours, open_hours
from subrescue.planning.airlift.sorties import Bring, Turn, Work, with_crew_changes
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray, IntArray, Places
from subrescue.planning.geography.roads import MedianRoad


@dataclass(frozen=True)
class Store:
    """Where a system is kept, the landmass of the place (-1 unknown), the number of its usual airfield.

    bare: airfields that are known to have no K-loader, where the aircraft needs one. usual_open: loading goes on at the
    usual airfield though the aircraft would not land in its nation with gear for this owner.
    """

    lat_deg: float
    lon_deg: float
    landmass: int
    usual: int | None
    bare: frozenset[int] = frozenset()
    usual_open: bool = False


@dataclass(frozen=True)
class FieldLimits:
    """What is known of one airfield in the case: hours until there is a loader, aircraft that may stand at a time.

    bare: it has no loader and none is on its way, so that one may be flown in.
    """

    field: int
    loader_h: float
    ramp: int | None
    bare: bool = False


@dataclass(frozen=True)
class Flying:
    """One fleet flying one system, in numbers alone: the same numbers have the same flights, and are kept.

    Hours are medians and count from the order. ready: the system leaves its store; free: each aircraft stands at the
    APOE. other_apoe: what an airfield takes that is not the usual one. leads: nations that clear the fleet only after
    so many hours. tanker: the tankers are there, before which none takes off. overflight: the nations on the way have
    cleared the fleet, before which none takes off for abroad; own: the nations of the fleet. loader_leg_nm: how far it
    carries a K-loader, 0 where it is not known to carry one; roll_off: until that is out of the aircraft. limited:
    airfields that are open for a time only; opens and until: before which
    it is not over the nations `opened`, and after which it lands nowhere.
    """

    store: Store
    ready: float
    free: tuple[float, ...]
    other_apoe: float
    road: MedianRoad
    sorties: int
    turn: Turn
    hops: Hops
    an_hour_nm: float
    leg_extra: float
    ramp: int
    clearance: float
    landing_runway_m: float
    facts: tuple[FieldLimits, ...]
    leads: tuple[tuple[str, float], ...] = ()
    tanker: float = 0.0
    overflight: float = 0.0
    own: tuple[str, ...] = ()
    loader_leg_nm: float = 0.0
    roll_off: float = 0.0
    limited: Limited = ()
    opens: float = 0.0
    opened: frozenset[str] = frozenset()
    until: float = inf

    def __hash__(self) -> int:
        """That of all its numbers, worked out once: flights are looked up by it many times."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(vars(self).values()))

    @property
    def first_h(self) -> float:
        """No airfield sees the first sortie unloaded before these hours from the order."""
        return max(self.ready, min(self.free)) + self.turn.load + self.turn.offload + self.leg_extra

    @property
    def soonest_h(self) -> float:
        """No airfield sees the whole system unloaded before these hours from the order."""
        turns = -(-self.sorties // len(self.free))
        hours = turns * (self.turn.load + self.turn.offload) + (2 * turns - 1) * self.leg_extra
        return max(self.ready, min(self.free)) + hours

    def out_h(self, flight_nm: FloatArray, legs: IntArray) -> FloatArray:
        """Hours of flights of so many miles and legs, with their stops and changes of crew; inf for no flight."""
        stops = np.maximum(legs - 1, 0) * self.turn.stop
        air = flight_nm / self.an_hour_nm + legs * self.leg_extra
        return with_crew_changes(air + stops, self.turn)

    def let_in_h(self, country: npt.NDArray[np.str_]) -> FloatArray:
        """(n,) hours from the order before which it may not land in countries, by their codes, to be loaded there."""
        hours = np.zeros(len(country))
        for nation, lead_h in self.leads:
            hours[country == nation] = lead_h
        return hours

    def brings(
        self, apoe: int, strange: bool, cleared: float, longest_leg_nm: float, let_in: float = 0.0
    ) -> Bring | None:
        """The K-loader that it can bring over legs of at most so many miles, cleared after so many hours; None: none.

        None comes from an airfield without one; `let_in` are the hours of `let_in_h` there.
        """
        # Who is let in for a time alone brings none: it would have to land in that time as well (planning rule).
        if longest_leg_nm > self.loader_leg_nm or apoe in self.store.bare or self.for_a_time:
            return None
        there = max(min(self.free), let_in) + self.other_apoe if strange else let_in
        return Bring(max(there, cleared - self.turn.load), self.roll_off, self.clearance)

    @property
    def for_a_time(self) -> bool:
        """Whether airfields or airspace are open to it for a time only."""
        return bool(self.limited) or self.opens > 0.0 or self.until < inf

    def open_hours(self, area: Area, rows: IntArray, apoes: Sequence[tuple[int, IntArray]]) -> OpenHours | None:
        """When flights to these rows of an area may be loaded and land; see `airlift.open_hours.open_hours`."""
        return open_hours(area, self.limited, self.until, rows, apoes)

    def opens_at(self, places: Places, fields: IntArray) -> FloatArray:
        """(fields,) hours from the order before which it does not take off there, as it would be over them too soon."""
        if not self.opens:
            return np.zeros(len(fields))
        return np.maximum(self.opens - entry_nm(places, fields, self.opened) / self.an_hour_nm, 0.0)

    @property
    def straight(self) -> Flying:
        """Its flights as if no airspace were barred."""
        return self if self.hops.round is None else replace(self, hops=self.hops.straight)

    def work(self, ready: float | FloatArray) -> Work:
        """The work with the system standing at the APOE after so many hours, one number or one for each field."""
        return Work(self.sorties, ready, self.free)
