"""Chambers on other ships: where survivors come up under pressure and the places beside the vehicle are too few."""

from __future__ import annotations

from subrescue.domain.assets import RescueSystem, Ship
from subrescue.domain.response import ChamberShip, PhaseName
from subrescue.planning.answer.sampled import sampled
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import MorePlaces
from subrescue.planning.dives.cycles import Cycles, chamber_places
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ways.asset_chains import chains_of


def chambers_beside(
    system: RescueSystem, chain: Chain, people: int | None, sit: Situation, away: frozenset[str] = frozenset()
) -> tuple[MorePlaces, ...]:
    """The places of other ships with chambers, the first at the datum first; none where they are not needed.

    `people` is how many need a place; where that is not known the first ship is found. Places that nobody knows count
    as none. Ships that were declined, are out of service or lie nowhere known are left out, those that are `away` for
    others, by their ids, and those that come when there are places for all already.
    """
    host = chain.host_ship
    free = chamber_places(system, host) or 0
    used = away if host is None else away | {host.id}
    found: list[MorePlaces] = []
    for one in _arrivals(sit):
        if found if people is None else free >= people:
            break
        if one.ship.id not in used:
            found.append(one)
            free += one.places
    return tuple(found)


def in_use(found: tuple[MorePlaces, ...], cycles: Cycles | None) -> tuple[MorePlaces, ...]:
    """Those of the ships that are there, by the medians, before the last who needs a chamber has left one."""
    if cycles is None or cycles.treated_h is None:
        return found
    treated_h = middle(cycles.treated_h)
    return tuple(one for one in found if one.median_h < treated_h)


def chamber_ship(found: tuple[MorePlaces, ...], people: int | None) -> ChamberShip | None:
    """The first of these ships, with how many people there are to be treated; None where there is none."""
    if not found:
        return None
    first = found[0]
    ship, arrives_h = first.ship, first.median_h
    return ChamberShip(ship_id=ship.id, ship=ship.name, places=first.places, arrives_h=arrives_h, needed=people)


def _arrivals(sit: Situation) -> tuple[MorePlaces, ...]:
    """All ships with chambers that can come, in the order of their median arrival; kept, as all systems ask."""
    return sit.once("chamber_ships", None, lambda: _arrivals_of(sit))


def _arrivals_of(sit: Situation) -> tuple[MorePlaces, ...]:
    reached = (
        (middle(from_h), ship, from_h)
        for ship in sit.registry.ships.values()
        if ship.chamber_places and (from_h := _arrives_h(ship, sit)) is not None
    )
    ordered = sorted(reached, key=lambda one: (one[0], one[1].id))
    return tuple(MorePlaces(ship, ship.chamber_places or 0, from_h) for _, ship, from_h in ordered)


def _arrives_h(ship: Ship, sit: Situation) -> FloatArray | None:
    """(samples,) hours at which the ship is at the datum; None where she does not come or nobody knows whence."""
    offer = sit.offers.get(ship.id)
    if ship.status.is_out:
        return None
    if offer is not None and offer.state.is_refused:
        return None
    chains = [chain for chain in chains_of(ship, sit) if chain.sea_nm is not None]
    if not chains:
        return None
    return sampled(chains[0], ship, sit).end_of(PhaseName.TRANSIT)
