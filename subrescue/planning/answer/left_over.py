"""Ships, aircraft, ramps and ports that those who were sent before leave, and the ways of another with these alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from subrescue.domain.assets import InterventionSystem, MovingAsset, Ship, System
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option, Verdict
from subrescue.planning.airlift.busy import Busy, waits_for_ramp
from subrescue.planning.answer.options import airlift_flown
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.hosts import stated_ship
from subrescue.planning.ships.port_places import PortPlaces
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.air_drop import dropped_back_h, dropped_by_another
from subrescue.planning.ways.asset_chains import chains_of, in_order
from subrescue.planning.ways.by_air import by_another_lift
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT

_NO_TIME_H = 1e-6


class _Of(Enum):
    """What a way waits for."""

    AIRCRAFT = auto()
    RAMP = auto()
    VESSEL = auto()
    QUAY = auto()


@dataclass(frozen=True, eq=False)
class _Later:
    """A way as it was and with what is left, what it waits for, and whether that makes it later by the medians."""

    was: Chain
    chain: Chain
    waits: frozenset[_Of]

    @property
    def costs(self) -> bool:
        return self.chain.hours > self.was.hours + _NO_TIME_H


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways with what is left, the best first; why they are not those that it has alone, where anything is lost by that,
    and what else it waits for. moved: whether the best is another than alone."""

    chains: list[Chain]
    why: tuple[Reason, ...] = ()
    beside: tuple[Reason, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class LeftOver:
    """What is left: the ships that sail for others, with whom by their ids, the aircraft and ramps that serve others,
    and what others have of ports."""

    ships: TakenShips = NONE_TAKEN
    busy: Busy = field(default_factory=Busy)
    ports: PortPlaces = field(default_factory=PortPlaces)
    with_whom: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells it from others for those who are sent after."""
        return self.ships, self.busy.key, self.ports.key

    def ways(self, asset: MovingAsset, alone: Option, sit: Situation, *, brief: bool) -> Ways:
        """The ways with what is left. brief: nothing beside the best way is looked for."""
        taken, why = NONE_TAKEN, list[Reason]()
        ship_id = alone.via.ship_id
        full = self.ships.fitted_out if alone.mode is Mode.OWN_SHIP else self.ships.all
        stated = stated_ship(asset, sit)
        if ship_id is not None and ship_id in full and (stated is None or stated.id != ship_id):
            taken = self.ships
            why.append(reason("sent.ship", ship=alone.via.ship, other=self.with_whom[ship_id]))
        kept = 1 if alone.verdict is Verdict.RED else KEPT
        soonest = brief or bool(why)
        chains = chains_of(asset, sit, 1 if soonest else kept, best_only=soonest, taken=taken)
        if not chains or isinstance(asset, Ship) or not (self.busy.back_h or self.busy.ramps or self.ports.fitting):
            return Ways(chains, tuple(why), moved=bool(why))
        first = self._later(asset, chains[:1], taken, sit)[0]
        if first.chain is chains[0]:
            return Ways(chains, tuple(why), moved=bool(why))
        found, best = [first.chain, *chains[1:]], first
        if first.costs and kept > 1:  # another way may not have to wait; ships that others have are no way of it
            taken = self.ships
            others = chains_of(asset, sit, kept, taken=taken, limit_h=first.chain.hours)
            later = [first, *self._later(asset, others, taken, sit)]
            found = in_order([one.chain for one in later])
            best = next(one for one in later if one.chain is found[0])
        beside = list[Reason]()
        for one in (first, best):
            for told in self._why(one):
                known = why if one.costs or told.id == "sent.aircraft" else beside
                known += [] if told in known else [told]
        return Ways(found, tuple(why), tuple(beside), moved=True)

    def _why(self, later: _Later) -> list[Reason]:
        """In words what a way waits for, and for whom."""
        found, chain, waits, was = list[Reason](), later.chain, later.waits, later.was.lift
        if was is not None and _Of.AIRCRAFT in waits:
            fleets = {one.carrier.fleet.id: one.carrier.fleet.name for one in was.all}
            found += [
                reason("sent.aircraft", fleet=name, others=", ".join(self.busy.names[fleet_id]))
                for fleet_id, name in fleets.items()
                if fleet_id in self.busy.names
            ]
        if was is not None and _Of.RAMP in waits and chain.via.apod is not None:
            others = ", ".join(self.busy.ramp_names[was.field])
            found.append(reason("sent.ramp", field=chain.via.apod.code or chain.via.apod.name, others=others))
        if chain.meeting is not None and chain.via.spod is not None:
            port, name = chain.meeting.port, chain.via.spod.name
            if _Of.VESSEL in waits:
                found.append(reason("sent.charter", port=name, others=", ".join(self.ports.chartered_for[port])))
            if _Of.QUAY in waits:
                until = self.ports.held_until_h(port, chain)
                others = ", ".join(dict.fromkeys(self.ports.fitting_for[port]))
                found.append(reason("sent.quay", port=name, others=others, until=until))
        return found

    def after(self, asset: MovingAsset, chain: Chain, sit: Situation, chambers: Iterable[str] = ()) -> LeftOver:
        """What is left when an asset goes this way, with the chambers of these ships, by their ids, beside it."""
        ships, busy, with_whom, ship_id = self.ships, self.busy, self.with_whom, chain.via.ship_id
        if ship_id is not None:
            own = chain.mode is Mode.OWN_SHIP
            ships = ships.sailing(ship_id) if own else ships.fitting_out(ship_id)
            with_whom = {ship_id: asset.name, **with_whom}
        for beside in chambers:
            ships, with_whom = ships.sailing(beside), {beside: asset.name, **with_whom}
        flown = airlift_flown(asset, chain, sit)
        if chain.lift is not None and flown is not None and not isinstance(asset, Ship):
            if chain.mode is Mode.AIR_DROP:
                back = [dropped_back_h(chain, sit)] * flown.aircraft_count
                busy = busy.without(asset.name, chain.lift, back, go_h(asset, sit), sit)
            else:
                busy = busy.flying(asset.name, chain.lift, flown.timetable, go_h(asset, sit), sit)
        return LeftOver(ships, busy, self.ports.taking(asset.name, chain), with_whom)

    def _later(self, system: System, chains: list[Chain], taken: TakenShips, sit: Situation) -> list[_Later]:
        """These ways with what is left."""
        way = way_of(sit, system)
        seen = system if way is sit else asset_of_way(system)

        def made() -> list[_Later]:
            assert not isinstance(seen, Ship)
            return [self._later_chain(seen, chain, taken, way) for chain in chains]

        key = system.id, taken, self.busy.key, self.ports.key, len(chains)
        return made() if way is sit else on_ground(way, "chains_later", key, tuple(chains), made)

    def _later_chain(self, system: System, chain: Chain, taken: TakenShips, way: Situation) -> _Later:
        waits, found, go = set[_Of](), chain, go_h(system, way)
        if chain.lift is not None and chain.mode is Mode.AIR_DROP and isinstance(system, InterventionSystem):
            carrier = self.busy.later_carrier(chain.lift, go, way)
            if carrier is not chain.lift.carrier:
                found, waits = dropped_by_another(system, chain, carrier, way), {_Of.AIRCRAFT}
        elif chain.lift is not None and chain.mode is Mode.FLY_AWAY:
            lift = self.busy.later(system, chain.lift, go, way)
            if lift is not chain.lift:
                found = by_another_lift(system, chain, lift, taken, way)
                same = {one.carrier for one in lift.all} == {one.carrier for one in chain.lift.all}
                waits |= set() if same else {_Of.AIRCRAFT}
                waits |= {_Of.RAMP} if waits_for_ramp(system, lift, way) else set()
        found, vessel, quay = self.ports.later(found, way)
        waits |= {_Of.VESSEL} if vessel else set()
        waits |= {_Of.QUAY} if quay else set()
        return _Later(chain, found, frozenset(waits))
