"""Ships and aircraft that those who were sent before leave, and the ways of another with these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from subrescue.domain.assets import MovingAsset, Ship, System
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option, Verdict
from subrescue.planning.airlift.busy import Busy
from subrescue.planning.answer.options import airlift_flown
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.hosts import stated_ship
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.asset_chains import chains_of, in_order
from subrescue.planning.ways.by_air import by_another_lift
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT


@dataclass(frozen=True)
class LeftOver:
    """What is left: the ships that sail for others, with whom by their ids, and the aircraft that fly for others."""

    ships: TakenShips = NONE_TAKEN
    busy: Busy = field(default_factory=Busy)
    with_whom: Mapping[str, str] = field(default_factory=dict)

    def ways(
        self, asset: MovingAsset, alone: Option, sit: Situation, *, brief: bool
    ) -> tuple[list[Chain], tuple[Reason, ...]]:
        """The ways with what is left, the best first, and whose ship or aircraft it would have alone.

        brief: nothing beside the best way is looked for.
        """
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
        if not chains or isinstance(asset, Ship) or not self.busy.back_h:
            return chains, tuple(why)
        later = _later(asset, chains, self.busy, taken, sit)
        if later is not chains:
            if soonest and kept > 1:  # another way may not have to wait
                later = _later(asset, chains_of(asset, sit, kept, taken=taken), self.busy, taken, sit)
            shares = alone.airlift.fleets if alone.airlift is not None else ()
            why += [
                reason("sent.aircraft", fleet=share.fleet, others=", ".join(self.busy.names[share.fleet_id]))
                for share in shares
                if share.fleet_id in self.busy.names
            ]
        return later, tuple(why)

    def after(self, asset: MovingAsset, chain: Chain, sit: Situation) -> LeftOver:
        """What is left when an asset goes this way; an aircraft that drops something over the datum is back soon."""
        ships, busy, with_whom, ship_id = self.ships, self.busy, self.with_whom, chain.via.ship_id
        if ship_id is not None:
            own = chain.mode is Mode.OWN_SHIP
            ships = ships.sailing(ship_id) if own else ships.fitting_out(ship_id)
            with_whom = {ship_id: asset.name, **with_whom}
        flown = airlift_flown(asset, chain, sit)
        if chain.lift is not None and flown is not None and not isinstance(asset, Ship):
            busy = busy.flying(asset.name, chain.lift, flown.timetable, go_h(asset, sit), sit)
        return LeftOver(ships, busy, with_whom)


def _later(system: System, chains: list[Chain], busy: Busy, taken: TakenShips, sit: Situation) -> list[Chain]:
    """The chains with aircraft that are left, in order; the very same where the first waits for nobody's."""
    way = way_of(sit, system)
    seen = system if way is sit else asset_of_way(system)

    def made() -> list[Chain]:
        assert not isinstance(seen, Ship)
        found = [_later_chain(seen, chain, busy, taken, way) for chain in chains]
        return chains if found[0] is chains[0] else in_order(found)

    key = system.id, taken, busy.key
    return made() if way is sit else on_ground(way, "chains_later", key, (chains,), made)


def _later_chain(system: System, chain: Chain, busy: Busy, taken: TakenShips, way: Situation) -> Chain:
    if chain.lift is None or chain.mode is not Mode.FLY_AWAY:
        return chain
    lift = busy.later(system, chain.lift, go_h(system, way), way)
    return chain if lift is chain.lift else by_another_lift(system, chain, lift, taken, way)
