"""Ships that stand in the ways of several options: each option is planned as if it were alone."""

from __future__ import annotations

from collections.abc import Iterable

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option


def ships_of_several(options: Iterable[Option]) -> list[Reason]:
    """Ships that several rescue systems would have, or that are wanted at the hull and meanwhile in port."""
    by_ship: dict[str, list[Option]] = {}
    for option in options:
        if option.may_come and option.via.ship_id is not None:
            by_ship.setdefault(option.via.ship_id, []).append(option)
    told = (_of_ship(theirs) for theirs in by_ship.values())
    return [why for why in told if why is not None]


def _of_ship(theirs: list[Option]) -> Reason | None:
    systems = [one for one in theirs if one.kind == "rescue_system"]
    brought = [one for one in systems if one.mode is not Mode.OWN_SHIP]
    if not brought:
        return None
    ship = brought[0].via.ship
    if len(systems) > 1:
        return reason("finding.ship_twice", ship=ship, names=", ".join(one.name for one in systems))
    own = [one.name for one in theirs if one.mode is Mode.OWN_SHIP]
    if not own:
        return None
    gear = [name for name in own if name != ship] or own
    return reason("finding.ship_called_to_port", ship=ship, names=", ".join(gear), system=brought[0].name)
