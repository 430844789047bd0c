"""Systems that have been told to come and are planned with the same aircraft, each as if it had them alone."""

from __future__ import annotations

from collections import defaultdict

from subrescue.domain.airlift import FleetShare
from subrescue.domain.case import OfferState
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Option
from subrescue.planning.basis.situation import Situation

_SHARED = "lift.shared"


def with_shared_aircraft(options: list[Option], sit: Situation) -> list[Option]:
    """The same options; those that wait for one another's aircraft say so, and say nothing else of it any more.

    Only what the case counts on: accepted, or told to go. Of a fleet that has an aircraft for each sortie nobody waits.
    """
    coming = [option for option in options if option.airlift is not None and _counted_on(option, sit)]
    by_fleet: dict[str, list[tuple[Option, FleetShare]]] = defaultdict(list)
    for option in coming:
        for share in option.airlift.fleets if option.airlift is not None else ():
            by_fleet[share.fleet_id].append((option, share))
    told: dict[str, list[Reason]] = defaultdict(list)
    for flown in by_fleet.values():
        sorties = sum(share.sorties for _, share in flown)
        aircraft = max(share.aircraft_count for _, share in flown)
        if len(flown) == 1 or sorties <= aircraft:
            continue
        for option, share in flown:
            others = ", ".join(other.name for other, _ in flown if other is not option)
            told[option.asset_id].append(
                reason(_SHARED, fleet=share.fleet, others=others, sorties=sorties, aircraft=aircraft)
            )
    return [_with_notes(option, told[option.asset_id]) for option in options]


def _with_notes(option: Option, told: list[Reason]) -> Option:
    notes = (*(note for note in option.notes if note.id != _SHARED), *told)
    return option if notes == option.notes else option.model_copy(update={"notes": notes})


def _counted_on(option: Option, sit: Situation) -> bool:
    offer = sit.offers.get(option.asset_id)
    return offer is not None and (offer.state is OfferState.ACCEPTED or offer.told_to_go is not None)
