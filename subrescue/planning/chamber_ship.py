"""Chambers on a second ship: where survivors come up under pressure and the places beside the vehicle are too few."""

from __future__ import annotations

from subrescue.domain.assets import AssetStatus, RescueSystem, Ship
from subrescue.domain.case import OfferState
from subrescue.domain.response import ChamberShip
from subrescue.planning.chains import Chain, scene_h
from subrescue.planning.cycles import decompression_h
from subrescue.planning.own_ship import own_ship_chains
from subrescue.planning.situation import Situation
from subrescue.planning.survival import people_to_rescue


def chamber_ship(system: RescueSystem, chain: Chain, sit: Situation) -> ChamberShip | None:
    """The ship with chambers that is first at the datum beside the one of the chain; None where none is needed.

    Needed are places for all survivors while they must be decompressed; places that nobody knows count as none. Ships
    that were declined, are out of service or lie nowhere known are left out.
    """
    if decompression_h(sit.case, sit.assumptions) is None:
        return None
    people = people_to_rescue(sit.case, sit.submarine_class)
    host = chain.host_ship
    places = system.chamber_places or (host.chamber_places if host is not None else None) or 0
    if people is not None and places >= people:
        return None
    used = host.id if host is not None else None
    found = [
        ChamberShip(ship_id=ship.id, ship=ship.name, places=ship.chamber_places, arrives_h=hours, needed=people)
        for ship in sit.registry.ships.values()
        if ship.id != used and ship.chamber_places and (hours := _arrives_h(ship, sit)) is not None
    ]
    return min(found, key=lambda one: (one.arrives_h, one.ship_id), default=None)


def _arrives_h(ship: Ship, sit: Situation) -> float | None:
    offer = sit.offers.get(ship.id)
    if ship.status in (AssetStatus.WITHDRAWN, AssetStatus.BUILDING):
        return None
    if offer is not None and offer.state in (OfferState.DECLINED, OfferState.STOOD_DOWN):
        return None
    chains = [chain for chain in own_ship_chains(ship, sit) if chain.sea_nm is not None]
    return min((chain.hours - scene_h(ship, sit) for chain in chains), default=None)
