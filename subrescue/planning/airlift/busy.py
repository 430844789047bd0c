"""Aircraft and ramps that serve somebody first: when each is free again, and the lift of another that waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from subrescue.domain.airlift import Sortie
from subrescue.domain.assets import Shipment, System
from subrescue.domain.quantities import Pert
from subrescue.earth.shape.geodesy import apart_nm
from subrescue.planning.airlift.further_sorties import flown, loader_flown
from subrescue.planning.airlift.lifts import Carrier, Lift, aircraft_free_h
from subrescue.planning.airlift.ramp import Span
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.doubt.durations import median, plus

if TYPE_CHECKING:
    from subrescue.planning.basis.situation import Situation

_NO_TIME_H = 1e-6


@dataclass(frozen=True)
class Busy:
    """Hours from the alert, by id of the fleet, at which each aircraft that is used already is back where it loads.

    names: by id of the fleet those for whom they fly. where: the airfield where each of `back_h` is back; those of a
    fleet that stands in it nowhere are back where the next load is. ramps: by number of an airfield when aircraft are
    unloaded there, hours from the alert, and ramp_names for whom.
    """

    back_h: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ramps: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    ramp_names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def later(self, system: System, lift: Lift, go_h: float, sit: Situation) -> Lift:
        """A system's lift for an order at these hours from the alert, with the aircraft that are left, and as they come
        back, on what is left of the ramp.

        The same lift where it waits for nobody. Kept: as long as the orders stand, the same lift comes out.
        """
        ground, shipment = ground_of(sit), system.shipment
        fleets = {one.carrier.fleet.id for one in lift.all}
        used = tuple((one, self.back_h.get(one), self.where.get(one)) for one in sorted(fleets))
        key = lift, go_h, used, self.ramps.get(lift.field)
        return on_ground(ground, "later_lifts", key, (), lambda: self._later(shipment, lift, go_h, ground))

    def later_carrier(self, lift: Lift, go_h: float, sit: Situation) -> Carrier:
        """The carrier of a lift of one fleet with the aircraft that are left; the same where it waits for nobody's.

        Kept, as above.
        """
        ground, fleet = ground_of(sit), lift.carrier.fleet.id
        key = lift.carrier, lift.apoe, go_h, self.back_h.get(fleet), self.where.get(fleet)
        return on_ground(ground, "later_carriers", key, (), lambda: self._carrier(lift, go_h, ground))

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells it from others; empty where nobody flies."""
        parts = (self.back_h, self.where, self.ramps)
        return tuple(tuple(sorted(part.items())) for part in parts) if any(parts) else ()

    def _later(self, shipment: Shipment | None, lift: Lift, go_h: float, sit: Situation) -> Lift:
        parts = [self._carrier(one, go_h, sit) for one in lift.all]
        booked = tuple((start - go_h, end - go_h) for start, end in self.ramps.get(lift.field, ()))
        same = all(carrier is one.carrier for carrier, one in zip(parts, lift.all, strict=True))
        if same and not booked:
            return lift
        partners = (replace(one, carrier=by) for one, by in zip(lift.partners, parts[1:], strict=True))
        every = replace(lift, carrier=parts[0], partners=tuple(partners), booked=booked)
        if same and _hours(shipment, every, sit) == _hours(shipment, lift, sit):
            return lift
        # A fleet that is back too late to fly anything is not asked; who lands first stands at the head.
        ahead = loader_flown(shipment, every, sit)
        rows = (*flown(shipment, every, sit), *(() if ahead is None else (ahead,)))
        flying = list(dict.fromkeys(one for one, _ in rows))
        if len(flying) == len(every.all):
            return every
        head, *others = (replace(one, partners=()) for one in flying)
        together: Lift = replace(head, partners=tuple(others), booked=booked)
        return together

    def _carrier(self, lift: Lift, go_h: float, sit: Situation) -> Carrier:
        carrier = lift.carrier
        if carrier.fleet.id not in self.back_h:
            return carrier
        planned = carrier.flying.free
        free = tuple(hours for hours, _ in self._at_hand(lift, go_h, sit)[: len(planned)])
        if all(later <= hours + _NO_TIME_H for later, hours in zip(free, planned, strict=True)):
            return carrier
        waits = plus(carrier.wait_h, Pert.exactly(max(free[0] - planned[0], 0.0)))
        return replace(carrier, wait_h=waits, flying=replace(carrier.flying, free=free))

    def _at_hand(self, lift: Lift, go_h: float, sit: Situation) -> list[tuple[float, int | None]]:
        """When each aircraft of the fleet stands ready to load, hours from an order, the first first; and its place
        among those that fly for others, who fly from their airfield to this one."""
        carrier = lift.carrier
        every = aircraft_free_h(carrier.fleet, median(carrier.wait_h), sit)
        back_h = self.back_h.get(carrier.fleet.id, ())
        at = self.where.get(carrier.fleet.id, (lift.apoe,) * len(back_h))
        over_h = [hours + _between_h(carrier, field, lift.apoe, sit) for hours, field in zip(back_h, at, strict=True)]
        others = [(max(hours - go_h, every[0]), place) for place, hours in enumerate(over_h)]
        return sorted([*((hours, None) for hours in every[len(back_h) :]), *others], key=lambda one: one[0])

    def flying(self, name: str, lift: Lift, timetable: tuple[Sortie, ...], go_h: float, sit: Situation) -> Busy:
        """These and the aircraft and the ramp of a lift, as it was planned with what these leave."""
        busy = self
        for one in lift.all:
            busy = busy.without(name, one, back_hours(one.carrier.fleet.id, timetable), go_h, sit)
        spans = tuple((sortie.offload_from_h, sortie.offloaded_h) for sortie in timetable)
        ramps = {**busy.ramps, lift.field: (*busy.ramps.get(lift.field, ()), *spans)}
        named = {**busy.ramp_names, lift.field: _with(busy.ramp_names.get(lift.field, ()), name)}
        return replace(busy, ramps=ramps, ramp_names=named)

    def without(self, name: str, lift: Lift, back: list[float], go_h: float, sit: Situation) -> Busy:
        """These and the aircraft of one fleet that are back at these hours from the alert."""
        if not back:
            return self
        fleet = lift.carrier.fleet.id
        taken = self._at_hand(lift, go_h, sit)[: len(back)]
        again = {place for _, place in taken if place is not None}
        known = self.back_h.get(fleet, ())
        at = self.where.get(fleet, (lift.apoe,) * len(known))
        still = [place for place in range(len(known)) if place not in again]
        back_h = (*(known[place] for place in still), *back)
        where = (*(at[place] for place in still), *(lift.apoe for _ in back))
        return replace(
            self,
            back_h={**self.back_h, fleet: back_h},
            names={**self.names, fleet: _with(self.names.get(fleet, ()), name)},
            where={**self.where, fleet: where},
        )


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, name)))


def _hours(shipment: Shipment | None, lift: Lift, sit: Situation) -> list[float]:
    """When each sortie of a lift is unloaded, that of a K-loader too."""
    ahead = loader_flown(shipment, lift, sit)
    rows = (*flown(shipment, lift, sit), *(() if ahead is None else (ahead,)))
    return [row.offloaded for _, row in rows]


def waits_for_ramp(system: System, lift: Lift, sit: Situation) -> bool:
    """Whether a lift that was made later is unloaded later on a ramp that others have booked than on an empty one."""
    ground, shipment = ground_of(sit), system.shipment
    return bool(lift.booked) and _hours(shipment, lift, ground) != _hours(shipment, replace(lift, booked=()), ground)


def _between_h(carrier: Carrier, origin: int, destination: int, sit: Situation) -> float:
    """Hours for which an empty aircraft flies from one airfield of embarkation to another."""
    if origin == destination:
        return 0.0
    a, b = (sit.places.field_place(one).position for one in (origin, destination))
    nm = apart_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
    return nm / carrier.flying.an_hour_nm + carrier.flying.leg_extra


def back_hours(fleet: str, timetable: tuple[Sortie, ...]) -> list[float]:
    """When each aircraft of a fleet is back from its last sortie: the way back is as long as the way there."""
    found: dict[int, float] = {}
    for sortie in timetable:
        if sortie.fleet_id == fleet:
            back_h = sortie.offloaded_h + sortie.landed_h - sortie.airborne_h
            found[sortie.aircraft] = max(back_h, found.get(sortie.aircraft, back_h))
    return list(found.values())
