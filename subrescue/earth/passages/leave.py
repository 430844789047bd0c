"""Whose leave a ship needs on her way: of nations that open their ice to others on request, of Turkey for warships."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import UTC, datetime

from subrescue.domain.assets import Ship
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.passages.frozen import is_icy
from subrescue.earth.passages.passages import Passage

STRAITS = frozenset({"bosporus", "dardanelles"})
HOLDER = "TR"
# Since this day no warship of a nation at war is let through (Montreux Convention of 1936, article 19).
_AT_WAR, _SINCE = frozenset({"RU", "UA"}), datetime(2022, 2, 28, tzinfo=UTC)


def asked_of_others(friends: Set[str | None], passages: Iterable[Passage]) -> frozenset[str]:
    """Passages of the ice whose nation asks ships of others to ask for leave, but those of nations that are friends."""
    asking = (one for one in passages if is_icy(one) and "permission" in one.facts.notes)
    return frozenset(one.id for one in asking if friends.isdisjoint(one.facts.nations))


def straits_asked(ship: Ship | None, passed: Iterable[str], at: datetime | None) -> Reason | None:
    """What a warship has to ask for the Turkish Straits; None for other ships and ways. `at` is None for today."""
    if ship is None or ship.civilian or ship.warship is False or HOLDER in ship.nations:
        return None
    if STRAITS.isdisjoint(passed):
        return None
    at_war = (at is None or at >= _SINCE) and not _AT_WAR.isdisjoint(ship.nations)
    return reason("ship.straits_at_war" if at_war else "ship.straits", ship=ship.name)
