"""Aircraft that fly for somebody first: when each is back, and the lift of another that has to wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from subrescue.domain.airlift import Sortie
from subrescue.domain.assets import Shipment, System
from subrescue.domain.quantities import Pert
from subrescue.planning.airlift.further_sorties import flown, loader_flown
from subrescue.planning.airlift.lifts import Carrier, Lift, aircraft_free_h
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.doubt.durations import median, plus

if TYPE_CHECKING:
    from subrescue.planning.basis.situation import Situation

_NO_TIME_H = 1e-6


@dataclass(frozen=True)
class Busy:
    """Hours from the alert, by id of the fleet, at which each aircraft that is used already is back where it loads.

    names: by id of the fleet those for whom they fly.
    """

    back_h: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def later(self, system: System, lift: Lift, go_h: float, sit: Situation) -> Lift:
        """A system's lift for an order at these hours from the alert, with the aircraft that are left, and as they come
        back.

        The same lift where it waits for nobody's. Kept: as long as the orders stand, the same lift comes out.
        """
        ground, shipment = ground_of(sit), system.shipment
        return on_ground(
            ground, "later_lifts", (lift, go_h, self.key), (), lambda: self._later(shipment, lift, go_h, ground)
        )

    @cached_property
    def key(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """What tells it from others."""
        return tuple(sorted(self.back_h.items()))

    def _later(self, shipment: Shipment | None, lift: Lift, go_h: float, sit: Situation) -> Lift:
        parts = [self._carrier(one.carrier, go_h, sit) for one in lift.all]
        if all(carrier is one.carrier for carrier, one in zip(parts, lift.all, strict=True)):
            return lift
        partners = (replace(one, carrier=by) for one, by in zip(lift.partners, parts[1:], strict=True))
        every = replace(lift, carrier=parts[0], partners=tuple(partners))
        # A fleet that is back too late to fly anything is not asked; who lands first stands at the head.
        ahead = loader_flown(shipment, every, sit)
        rows = (*flown(shipment, every, sit), *(() if ahead is None else (ahead,)))
        flying = list(dict.fromkeys(one for one, _ in rows))
        if len(flying) == len(every.all):
            return every
        head, *others = (replace(one, partners=()) for one in flying)
        together: Lift = replace(head, partners=tuple(others))
        return together

    def _carrier(self, carrier: Carrier, go_h: float, sit: Situation) -> Carrier:
        if carrier.fleet.id not in self.back_h:
            return carrier
        planned = carrier.flying.free
        free = tuple(hours for hours, _ in self._at_hand(carrier, go_h, sit)[: len(planned)])
        if all(later <= hours + _NO_TIME_H for later, hours in zip(free, planned, strict=True)):
            return carrier
        waits = plus(carrier.wait_h, Pert.exactly(max(free[0] - planned[0], 0.0)))
        return replace(carrier, wait_h=waits, flying=replace(carrier.flying, free=free))

    def _at_hand(self, carrier: Carrier, go_h: float, sit: Situation) -> list[tuple[float, int | None]]:
        """When each aircraft of the fleet stands ready, hours from an order, the first first; and its place among those
        that fly for others."""
        every = aircraft_free_h(carrier.fleet, median(carrier.wait_h), sit)
        back_h = self.back_h.get(carrier.fleet.id, ())
        others = [(max(hours - go_h, every[0]), place) for place, hours in enumerate(back_h)]
        return sorted([*((hours, None) for hours in every[len(back_h) :]), *others], key=lambda one: one[0])

    def flying(self, name: str, lift: Lift, timetable: tuple[Sortie, ...], go_h: float, sit: Situation) -> Busy:
        """These and the aircraft of a lift, as it was planned with what these leave."""
        back_h, names = dict(self.back_h), dict(self.names)
        for one in lift.all:
            fleet = one.carrier.fleet.id
            back = back_hours(fleet, timetable)
            if not back:
                continue
            taken = self._at_hand(one.carrier, go_h, sit)[: len(back)]
            again = {place for _, place in taken if place is not None}
            still = tuple(hours for place, hours in enumerate(self.back_h.get(fleet, ())) if place not in again)
            back_h[fleet] = (*still, *back)
            names[fleet] = tuple(dict.fromkeys((*self.names.get(fleet, ()), name)))
        return Busy(back_h, names)


def back_hours(fleet: str, timetable: tuple[Sortie, ...]) -> list[float]:
    """When each aircraft of a fleet is back from its last sortie: the way back is as long as the way there."""
    found: dict[int, float] = {}
    for sortie in timetable:
        if sortie.fleet_id == fleet:
            back_h = sortie.offloaded_h + sortie.landed_h - sortie.airborne_h
            found[sortie.aircraft] = max(back_h, found.get(sortie.aircraft, back_h))
    return list(found.values())
