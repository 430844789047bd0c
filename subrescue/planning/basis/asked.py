"""A case as if help had been asked for at another time: the orders that came later come then, and so do their ships."""

from __future__ import annotations

from datetime import datetime

from subrescue.domain.case import Case, CaseShip, Dissub, Offer
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Pert
from subrescue.domain.stores import Override


def asked_at(case: Case, at: datetime) -> Case:
    """The case with its alert at this time, aware UTC.

    Whoever was told to go later is told then; a ship that waited for such an asset is free as much earlier. What was
    told before stays as it was; a ship that nobody waits for is free, and a stated survival time ends, at the same
    instant as before.
    """
    sooner_h = {
        offer.asset: hours_between(at, offer.told_to_go)
        for offer in case.offers
        if offer.told_to_go is not None and offer.told_to_go > at
    }
    with_ship = {offer.ship: sooner_h[offer.asset] for offer in case.offers if offer.ship and offer.asset in sooner_h}
    since_h = hours_between(case.alert, at)
    return case.model_copy(
        update={
            "alert": at,
            "dissub": _dissub(case.dissub, since_h),
            "offers": tuple(_told(offer, at) if offer.asset in sooner_h else offer for offer in case.offers),
            "ships": tuple(_free(ship, since_h + with_ship.get(ship.ship, 0.0)) for ship in case.ships),
        }
    )


def _told(offer: Offer, at: datetime) -> Offer:
    return offer.model_copy(update={"told_to_go": at})


def _dissub(dissub: Dissub, since_h: float) -> Dissub:
    spaces = tuple(
        space.model_copy(update={"survival_override": _stated(space.survival_override, since_h)})
        for space in dissub.compartments
    )
    stated = _stated(dissub.survival_override, since_h)
    return dissub.model_copy(update={"survival_override": stated, "compartments": spaces})


def _stated(stated: Override | None, since_h: float) -> Override | None:
    if stated is None:
        return None
    hours = {key: max(getattr(stated, key) - since_h, 0.0) for key in ("p10_h", "p50_h", "p90_h")}
    return stated.model_copy(update=hours)


def _free(ship: CaseShip, sooner_h: float) -> CaseShip:
    free = ship.available_after_h
    if free is None:
        return ship
    low, mode, high = (max(hours - sooner_h, 0.0) for hours in (free.min, free.mode, free.max))
    return ship.model_copy(update={"available_after_h": Pert(min=low, mode=mode, max=high)})
