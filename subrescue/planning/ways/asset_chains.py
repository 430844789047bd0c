"""All ways of one asset to the datum that are worth keeping: by its own ship, by air-drop, by air and by road."""

from __future__ import annotations

import math

from subrescue.domain.assets import InterventionSystem, MovingAsset, Ship
from subrescue.domain.response import Mode, Verdict
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.ground import on_ground, way_of
from subrescue.planning.basis.may_fly import may_drop, over_a_port
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.schedule import Timetable, timetable
from subrescue.planning.ships.chains import ALTERNATIVES, Chain, rank
from subrescue.planning.ships.own_ship import own_ship_chains
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.air_drop import air_drop_chains
from subrescue.planning.ways.by_air import fly_away_chains
from subrescue.planning.ways.by_port import SLACK_H, road_chains
from subrescue.planning.ways.meetings import KEPT, WORTH_WITHIN_H, Search

# Ways whose median hours differ by less take the same time: no phase is known to six minutes.
SAME_H = 0.1
# Of ways that take the same time and are as sure, the one with fewest hands in it.
_SIMPLEST_FIRST = (Mode.OWN_SHIP, Mode.ROAD, Mode.FLY_AWAY, Mode.AIR_DROP)


def chains_of(
    asset: MovingAsset,
    sit: Situation,
    kept: int = KEPT,
    *,
    best_only: bool = False,
    taken: TakenShips = NONE_TAKEN,
    limit_h: float = math.inf,
) -> list[Chain]:
    """Every kept way of an asset to the datum: ways that a gate forbids last, the others by median time.

    Of those within SAME_H of the soonest the surest comes first, by road before by air: nobody flies a vehicle to a
    fishing harbour to gain two minutes on the lorry to the naval base.

    `kept` is the number of meetings of hardware and ship that are looked for by road and by air. With `best_only`
    nothing is looked for that cannot come first: the others may be missing. No ship that is `taken` is used, but where
    the case names her. What takes longer than `limit_h` from the alert may be missing. Chains are kept from plan to
    plan: who is aboard and how long they live moves none.
    """
    way = way_of(sit, asset)
    if way is sit:
        return _chains_of(asset, sit, kept, best_only, (taken, limit_h))
    seen, key = asset_of_way(asset), (asset.id, kept, best_only, taken, limit_h)
    return on_ground(way, "chains", key, (seen,), lambda: _chains_of(seen, way, kept, best_only, (taken, limit_h)))


def _chains_of(
    asset: MovingAsset, sit: Situation, kept: int, best_only: bool, within: tuple[TakenShips, float]
) -> list[Chain]:
    taken = within[0]
    chains = own_ship_chains(asset, sit, taken)
    if not isinstance(asset, Ship):
        if isinstance(asset, InterventionSystem) and may_drop(asset):
            chains += air_drop_chains(asset, sit)
        if over_a_port(asset):
            chains += fly_away_chains(asset, sit, _search(chains, kept, best_only, within))
            chains += road_chains(asset, sit, _search(chains, kept, best_only, within))
    return in_order(chains)


def in_order(chains: list[Chain]) -> list[Chain]:
    """Ways that a gate forbids last, the others by median time; of those as soon as the soonest the surest first."""
    ordered = sorted(chains, key=lambda chain: (chain.verdict is Verdict.RED, not chain.arrives, chain.hours))
    if not ordered or ordered[0].verdict is Verdict.RED or not ordered[0].arrives:
        return ordered
    late_h = ordered[0].hours + SAME_H
    same = [one for one in ordered if one.verdict is not Verdict.RED and one.arrives and one.hours <= late_h]
    surest = sorted(same, key=lambda one: (rank(one.verdict), _SIMPLEST_FIRST.index(one.mode), one.hours))
    return [*surest, *ordered[len(same) :]]


def _search(chains: list[Chain], kept: int, best_only: bool, within: tuple[TakenShips, float]) -> Search:
    """What is still worth looking for beside these chains; the hours of a chain include what is done on scene."""
    usable = [chain for chain in chains if chain.verdict is not Verdict.RED and chain.arrives]
    # While there are too few alternatives, every way is worth looking for, however late.
    taken, limit_h = within
    few = kept > 1 and len({chain.places for chain in usable}) <= ALTERNATIVES
    soonest_h = math.inf if few else min((chain.hours for chain in usable), default=math.inf)
    latest_h = soonest_h + (SAME_H + SLACK_H if best_only else WORTH_WITHIN_H)
    return Search(kept, min(latest_h, limit_h + SLACK_H), taken)


def best_timetable(asset: MovingAsset, sit: Situation) -> Timetable | None:
    """The sampled timetable of the asset's best chain; None where it has none."""
    chains = chains_of(asset, sit)
    return timetable(list(chains[0].steps), sit.draws) if chains else None
