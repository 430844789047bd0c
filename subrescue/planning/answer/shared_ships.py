"""Systems that the case counts on and itself sends on one ship, each planned as if it had her alone."""

from __future__ import annotations

from collections import defaultdict

from subrescue.domain.case import OfferState
from subrescue.domain.reasons import reason
from subrescue.domain.response import Mode, Option
from subrescue.planning.basis.situation import Situation

_SHIP = "ship.shared"


def with_shared_ships(options: list[Option], sit: Situation) -> list[Option]:
    """The options; those that wait for one another's ship say so, and say nothing else of it any more.

    Only what the case counts on; others get another ship. Those that all sail with what she carries anyway do not wait.
    """
    by_ship: dict[str, list[Option]] = defaultdict(list)
    for option in options:
        if option.via.ship_id is not None and counted_on(option, sit):
            by_ship[option.via.ship_id].append(option)
    shared = [theirs for theirs in by_ship.values() if any(option.mode is not Mode.OWN_SHIP for option in theirs)]
    with_whom = {option.asset_id: theirs for theirs in shared if len(theirs) > 1 for option in theirs}
    return [_with_notes(option, with_whom.get(option.asset_id, ())) for option in options]


def _with_notes(option: Option, theirs: list[Option] | tuple[()]) -> Option:
    others = ", ".join(other.name for other in theirs if other is not option)
    told = (reason(_SHIP, ship=option.via.ship, others=others),) if others else ()
    notes = (*(note for note in option.notes if note.id != _SHIP), *told)
    return option if notes == option.notes else option.model_copy(update={"notes": notes})


def counted_on(option: Option, sit: Situation) -> bool:
    """Whether the case counts on an option: it is accepted, or told to go."""
    offer = sit.offers.get(option.asset_id)
    return offer is not None and (offer.state is OfferState.ACCEPTED or offer.told_to_go is not None)
