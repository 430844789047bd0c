"""What a route goes through by leave alone: a plan counts on it only where the case states that leave is given."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.assets import Ship
from subrescue.domain.position import Position
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.passages.leave import asked_of_others
from subrescue.earth.passages.passage_time import Voyage
from subrescue.earth.router.route_choices import OtherWay, without
from subrescue.earth.router.router import SeaRoute, SeaRouter


@dataclass(frozen=True, eq=False)
class Leave:
    """Passages on the way whose nation asks ships of others for leave, why, and the way without it if it was asked."""

    passages: tuple[str, ...]
    why: Reason
    without: OtherWay | None = None


def leave_on(
    router: SeaRouter,
    ends: tuple[Position, Position],
    found: SeaRoute,
    closed: frozenset[str],
    ship: Ship | None,
    voyage: Voyage | None,
    *,
    explain: bool,
) -> Leave | None:
    """The leave that a ship needs on her way; None where she needs none. `explain`: look for the way without it.

    A ship of no known flag is taken for one of another nation.
    """
    asking = asked_of_others(set() if ship is None else set(ship.nations), router.passages)
    used = [one for one in router.passages if one.id in asking and one.id in found.passages]
    if not used:
        return None
    sources = (one.facts.sources["notes"].title for one in used if "notes" in one.facts.sources)
    why = reason(
        "passage.leave",
        passages=", ".join(one.name for one in used),
        nations=", ".join(dict.fromkeys(nation for one in used for nation in one.facts.nations)),
        source="; ".join(dict.fromkeys(sources)) or None,
    )
    other = without(router, ends, found, closed, asking, voyage) if explain else None
    return Leave(tuple(one.id for one in used), why, other)
