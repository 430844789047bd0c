"""Systems that have been told to come and are planned with the same aircraft or ship, each as if it had them alone."""

from __future__ import annotations

from collections import defaultdict

from subrescue.domain.airlift import FleetShare
from subrescue.domain.case import OfferState
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option, Verdict
from subrescue.planning.basis.situation import Situation

_AIRCRAFT = "lift.shared"
_SHIP = "ship.shared"


def with_shared_carriers(options: list[Option], sit: Situation) -> list[Option]:
    """The options; those that wait for one another's aircraft or ship say so, and say nothing else of it any more.

    Only what the case counts on: accepted, or told to go.
    """
    coming = [option for option in options if counted_on(option, sit)]
    told: dict[str, list[Reason]] = defaultdict(list)
    _tell_aircraft(coming, told)
    _tell_ships(coming, told)
    return [_with_notes(option, told[option.asset_id]) for option in options]


def _tell_aircraft(coming: list[Option], told: dict[str, list[Reason]]) -> None:
    """Add to what is told of fleets; of one that has an aircraft for each sortie nobody waits."""
    by_fleet: dict[str, list[tuple[Option, FleetShare]]] = defaultdict(list)
    for option in coming:
        for share in option.airlift.fleets if option.airlift is not None else ():
            by_fleet[share.fleet_id].append((option, share))
    for flown in by_fleet.values():
        sorties = sum(share.sorties for _, share in flown)
        aircraft = max(share.aircraft_count for _, share in flown)
        if len(flown) == 1 or sorties <= aircraft:
            continue
        for option, share in flown:
            others = _names([other for other, _ in flown], option)
            told[option.asset_id].append(
                reason(_AIRCRAFT, fleet=share.fleet, others=others, sorties=sorties, aircraft=aircraft)
            )


def _tell_ships(coming: list[Option], told: dict[str, list[Reason]]) -> None:
    """Add to what is told of ships; those that all sail with what they carry anyway do not wait for one another."""
    by_ship: dict[str, list[Option]] = defaultdict(list)
    for option in coming:
        if option.via.ship_id is not None:
            by_ship[option.via.ship_id].append(option)
    for theirs in by_ship.values():
        if len(theirs) == 1 or all(option.mode is Mode.OWN_SHIP for option in theirs):
            continue
        for option in theirs:
            told[option.asset_id].append(
                reason(
                    _SHIP, ship=option.via.ship, others=_names(theirs, option), remedy=_by_another(option, set(by_ship))
                )
            )


def _by_another(option: Option, taken: set[str]) -> Reason | None:
    """The earliest other way by a ship that nobody has, or that is yet to be chartered; None where none is known."""
    for other in option.alternatives:
        if other.mode is Mode.AIR_DROP or other.verdict is Verdict.RED or other.via.ship_id in taken:
            continue
        quay, ship = other.via.spod, other.via.ship
        if quay is None:
            return reason("ship.instead_own", ship=ship, hours=other.costs_h)
        if ship is None:
            return reason("ship.instead_charter", port=quay.name, hours=other.costs_h)
        return reason("ship.instead", ship=ship, port=quay.name, hours=other.costs_h)
    return None


def _names(options: list[Option], but: Option) -> str:
    return ", ".join(option.name for option in options if option is not but)


def _with_notes(option: Option, told: list[Reason]) -> Option:
    notes = (*(note for note in option.notes if note.id not in (_AIRCRAFT, _SHIP)), *told)
    return option if notes == option.notes else option.model_copy(update={"notes": notes})


def counted_on(option: Option, sit: Situation) -> bool:
    """Whether the case counts on an option: it is accepted, or told to go."""
    offer = sit.offers.get(option.asset_id)
    return offer is not None and (offer.state is OfferState.ACCEPTED or offer.told_to_go is not None)
