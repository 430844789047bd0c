"""The best options sent together: no ship sails with two of them, and no aircraft flies for two at a time.

They are taken by rank, those first that the case counts on. Each has its best way with what those before it leave, so
that sending one more makes none of the others later. What the authority has to order follows from these ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import MovingAsset, Ship, System
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option
from subrescue.domain.sent import Sent
from subrescue.planning.airlift.busy import Busy
from subrescue.planning.answer.asked_first import may_be_sooner
from subrescue.planning.answer.options import option_and_done
from subrescue.planning.answer.shared_carriers import counted_on
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.moving_assets import moving_assets_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.asset_chains import chains_of, in_order
from subrescue.planning.ways.by_air import by_another_lift
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import KEPT

_BEST = 3
"""So many of the first in rank are sent."""

_SOONER_H = 6.0
"""Help at the hull that is there so much before the first rescue goes ahead."""


def best_together(ranked: Sequence[Option]) -> list[Option]:
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


@dataclass
class _Left:
    """What those that were sent so far leave: ships that sail with nobody, aircraft, and who has the others."""

    ships: TakenShips = NONE_TAKEN
    busy: Busy = field(default_factory=Busy)
    with_whom: dict[str, str] = field(default_factory=dict)
    in_time: npt.NDArray[np.bool_] | None = None


def sent_together(
    ranked: Sequence[Option], done: Mapping[str, Done], lives: Lives | None, sit: Situation, *, brief: bool = False
) -> tuple[tuple[Sent, ...], list[Option]]:
    """The best options as they are sent together, and these options with the ways that they have then.

    done: what the options achieve alone, by asset. lives: who lives aboard how long; without it no chances are told.
    brief: the options are those of a plan in brief.
    """
    assets = {asset.id: asset for asset in moving_assets_of(sit.registry, sit.case)}
    left, told, options = _Left(), list[Sent](), list[Option]()
    for alone in sorted(best_together(ranked), key=lambda option: not counted_on(option, sit)):
        go_on()
        asset = assets[alone.asset_id]
        chains, why = _ways_left(asset, alone, left, sit, brief=brief)
        option, does = alone, done.get(asset.id)
        if why:
            option, does = option_and_done(asset, sit, lives, brief=True, chains=chains)
        if not option.may_come or option.first_h is None:
            told.append(_sent(option, alone, why, left))
            continue
        if lives is not None and does is not None and does.first_h is not None:
            own = does.first_h < lives.last_end_h
            left.in_time = own if left.in_time is None else left.in_time | own
        told.append(_sent(option, alone, why, left))
        options.append(option)
        _take(option, asset, chains[0], left, sit)
    return tuple(told), options


def _ways_left(
    asset: MovingAsset, alone: Option, left: _Left, sit: Situation, *, brief: bool
) -> tuple[list[Chain], tuple[Reason, ...]]:
    """The ways of an asset with what is left, the best first, and whose ship or aircraft it would have alone."""
    taken, why = NONE_TAKEN, []
    ship_id = alone.via.ship_id
    if ship_id in (left.ships.fitted_out if alone.mode is Mode.OWN_SHIP else left.ships.all) and not (
        (offer := sit.offers.get(asset.id)) is not None and offer.ship == ship_id  # the case says so
    ):
        taken = left.ships
        why.append(reason("sent.ship", ship=alone.via.ship, other=left.with_whom[ship_id or ""]))
    soonest = brief or taken is not NONE_TAKEN
    chains = chains_of(asset, sit, 1 if soonest else KEPT, best_only=soonest, taken=taken)
    if chains and not isinstance(asset, Ship) and left.busy.back_h:
        later = _later(asset, chains, left.busy, taken, sit)
        if later is not chains:
            if soonest and not brief:  # another way may not have to wait
                later = _later(asset, chains_of(asset, sit, taken=taken), left.busy, taken, sit)
            shares = alone.airlift.fleets if alone.airlift is not None else ()
            why += [
                reason("sent.aircraft", fleet=share.fleet, others=", ".join(left.busy.names[share.fleet_id]))
                for share in shares
                if share.fleet_id in left.busy.names
            ]
            chains = later
    return chains, tuple(why)


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
    lift = busy.later(chain.lift, go_h(system, way), way)
    return chain if lift is chain.lift else by_another_lift(system, chain, lift, taken, way)


def _take(option: Option, asset: MovingAsset, chain: Chain, left: _Left, sit: Situation) -> None:
    """Note that the ship and the aircraft of an option are taken; one that drops something over the datum is back soon.
    """
    ship_id = option.via.ship_id
    if ship_id is not None:
        own = option.mode is Mode.OWN_SHIP
        left.ships = left.ships.sailing(ship_id) if own else left.ships.fitting_out(ship_id)
        left.with_whom.setdefault(ship_id, option.name)
    if chain.lift is not None and option.airlift is not None and not isinstance(asset, Ship):
        start_h = go_h(asset, sit)
        left.busy = left.busy.flying(option.name, chain.lift, option.airlift.timetable, start_h, sit)


def _sent(option: Option, alone: Option, why: tuple[Reason, ...], left: _Left) -> Sent:
    rescues, band, via = option.kind == "rescue_system", option.first_h, option.via
    later_h = 0.0 if band is None or alone.first_h is None else max(band.p50 - alone.first_h.p50, 0.0)
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
        later_h=later_h,
        reasons=why,
        probability_in_time=option.probability_in_time,
        probability_any=float(left.in_time.mean()) if rescues and left.in_time is not None else None,
    )
