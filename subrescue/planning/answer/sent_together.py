"""The best options sent together: no ship sails with two of them, and no aircraft flies for two at a time.

They are taken by rank, those first that the case counts on. Each has its best way with what those before it leave, so
that sending one more makes none of the others later. What the authority has to order follows from these ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import MovingAsset, Ship, System
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option, Verdict
from subrescue.domain.sent import Sent
from subrescue.planning.airlift.busy import Busy
from subrescue.planning.answer.asked_first import may_be_sooner
from subrescue.planning.answer.options import option_and_done
from subrescue.planning.answer.shared_ships import counted_on
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.moving_assets import moving_assets_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.hosts import stated_ship
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.asset_chains import chains_of, in_order
from subrescue.planning.ways.by_air import by_another_lift
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT

_BEST = 3
"""So many of the first in rank are sent."""

_SOONER_H = 6.0
"""Help at the hull that is there so much before the first rescue goes ahead."""


def _best_together(ranked: Sequence[Option]) -> list[Option]:
    """What is sent: the first three that can or may come, the vehicle that may be sooner than all that surely can, and
    the first help at the hull where it is there well before all of these."""
    coming = [option for option in ranked if option.may_come]
    best = coming[:_BEST]
    sooner = may_be_sooner(ranked)
    if sooner is not None and sooner[0] not in best:
        best.insert(0, sooner[0])
    first_h = min((one.first_h.p50 for one in best if one.first_h is not None), default=0.0)
    helps = [one for one in coming if one.kind != "rescue_system" and one.mode is not Mode.AIR_DROP]
    ahead = next((one for one in helps if one.first_h is not None and one.first_h.p50 < first_h - _SOONER_H), None)
    return [*best, ahead] if ahead is not None else best


@dataclass(frozen=True, eq=False)
class _One:
    """One that was sent: with what those before it leave, alone, and why it is not as alone."""

    option: Option
    alone: Option
    why: tuple[Reason, ...]
    done: Done | None


class Sending:
    """Options that are sent one after the other, each by its best way with what those before it leave.

    lives: who lives aboard how long; without it no chances are told. brief: as for `option_and_done`.
    """

    def __init__(self, lives: Lives | None, sit: Situation, *, brief: bool = False) -> None:
        self._lives, self._sit, self._brief = lives, sit, brief
        self._assets = {asset.id: asset for asset in moving_assets_of(sit.registry, sit.case)}
        self._ships, self._busy = NONE_TAKEN, Busy()
        self._with_whom: dict[str, str] = {}
        self._sent: list[_One] = []

    def commit(self, ranked: Sequence[Option], done: dict[str, Done]) -> list[Option]:
        """Send all that the case counts on, whatever a gate says of it: it takes its ship and aircraft all the same.

        Returns the options with those of what is sent, and changes what they achieve in `done`. Of several that were
        told to go in the same hour the first in rank goes first.
        """
        counted = [option for option in ranked if counted_on(option, self._sit) and option.first_h is not None]
        found = {option.asset_id: option for option in ranked}
        for alone in sorted(counted, key=self._told):
            one = self._send(alone, done.get(alone.asset_id))
            if one.why:
                found[alone.asset_id] = one.option.model_copy(update={"notes": (*one.option.notes, *one.why)})
                if one.done is not None:
                    done[alone.asset_id] = one.done
        return list(found.values())

    def _told(self, option: Option) -> datetime:
        offer = self._sit.offers.get(option.asset_id)
        told = offer.told_to_go if offer is not None else None
        return told if told is not None else datetime.max.replace(tzinfo=UTC)

    def best(self, ranked: Sequence[Option], done: Mapping[str, Done]) -> tuple[tuple[Sent, ...], list[Option]]:
        """What is sent, the best of the others after what was sent before, and the options that follow from it."""
        gone = {one.option.asset_id for one in self._sent}
        for alone in _best_together(ranked):
            if alone.asset_id not in gone:
                self._send(alone, done.get(alone.asset_id))
        told, in_time = list[Sent](), None
        for one in self._sent:
            if not one.option.may_come and not one.alone.may_come:
                continue
            first_h = one.done.first_h if one.done is not None and one.option.may_come else None
            if self._lives is not None and first_h is not None:
                own = first_h < self._lives.last_end_h
                in_time = own if in_time is None else in_time | own
            told.append(_told_of(one, in_time))
        return tuple(told), [one.option for one in self._sent if one.option.may_come]

    def _send(self, alone: Option, does: Done | None) -> _One:
        go_on()
        asset, option = self._assets[alone.asset_id], alone
        chains, why = self._ways_left(asset, alone)
        if why:
            option, does = option_and_done(asset, self._sit, self._lives, brief=self._brief, chains=chains)
        one = _One(option, alone, why, does)
        self._sent.append(one)
        if option.first_h is not None and (option.may_come or counted_on(option, self._sit)):
            self._take(option, asset, chains[0])
        return one

    def _ways_left(self, asset: MovingAsset, alone: Option) -> tuple[list[Chain], tuple[Reason, ...]]:
        """The ways with what is left, the best first, and whose ship or aircraft it would have alone."""
        sit, taken, why = self._sit, NONE_TAKEN, []
        ship_id = alone.via.ship_id
        full = self._ships.fitted_out if alone.mode is Mode.OWN_SHIP else self._ships.all
        stated = stated_ship(asset, sit)
        if ship_id is not None and ship_id in full and (stated is None or stated.id != ship_id):
            taken = self._ships
            why.append(reason("sent.ship", ship=alone.via.ship, other=self._with_whom[ship_id]))
        kept = 1 if alone.verdict is Verdict.RED else KEPT
        soonest = self._brief or bool(why)
        chains = chains_of(asset, sit, 1 if soonest else kept, best_only=soonest, taken=taken)
        if not chains or isinstance(asset, Ship) or not self._busy.back_h:
            return chains, tuple(why)
        later = _later(asset, chains, self._busy, taken, sit)
        if later is not chains:
            if soonest and kept > 1:  # another way may not have to wait
                later = _later(asset, chains_of(asset, sit, kept, taken=taken), self._busy, taken, sit)
            shares = alone.airlift.fleets if alone.airlift is not None else ()
            why += [
                reason("sent.aircraft", fleet=share.fleet, others=", ".join(self._busy.names[share.fleet_id]))
                for share in shares
                if share.fleet_id in self._busy.names
            ]
        return later, tuple(why)

    def _take(self, option: Option, asset: MovingAsset, chain: Chain) -> None:
        """Note that its ship and aircraft are taken; an aircraft that drops something over the datum is back soon."""
        ship_id = option.via.ship_id
        if ship_id is not None:
            own = option.mode is Mode.OWN_SHIP
            self._ships = self._ships.sailing(ship_id) if own else self._ships.fitting_out(ship_id)
            self._with_whom.setdefault(ship_id, option.name)
        if chain.lift is not None and option.airlift is not None and not isinstance(asset, Ship):
            start_h = go_h(asset, self._sit)
            self._busy = self._busy.flying(option.name, chain.lift, option.airlift.timetable, start_h, self._sit)


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


def _told_of(one: _One, in_time: npt.NDArray[np.bool_] | None) -> Sent:
    """What is told of one; in_time: (samples,) whether it or a rescue before it is."""
    option, before = one.option, one.alone.first_h
    rescues, band, via = option.kind == "rescue_system", option.first_h, option.via
    return Sent(
        asset_id=option.asset_id,
        name=option.name,
        goes=option.may_come and band is not None,
        rescues=rescues,
        fleets=tuple(share.fleet for share in option.airlift.fleets) if option.airlift is not None else (),
        apod=via.apod,
        spod=via.spod,
        ship_id=via.ship_id,
        ship=via.ship,
        first_h=band,
        later_h=0.0 if band is None or before is None else max(band.p50 - before.p50, 0.0),
        reasons=one.why,
        probability_in_time=option.probability_in_time,
        probability_any=float(in_time.mean()) if rescues and in_time is not None else None,
    )
