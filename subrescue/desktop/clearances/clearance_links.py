"""Links from a reason to the clearance that it asks for or names, and the entry that such a link leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode

from subrescue.desktop.clearances.clearance_facts import (
    ClearanceEntry,
    ListName,
    blank,
    entries,
)
from subrescue.domain.case import LandingClearance
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.passages.leave import HOLDER, STRAITS
from subrescue.earth.passages.passages import load_passages

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.domain.assets import Ship
    from subrescue.domain.case import Case
    from subrescue.domain.reasons import Reason

_LINK = "clearance"
_OF_AIR = frozenset(
    {
        "lift.clearance_refused", "lift.landing_unknown", "lift.overflight_refused", "lift.airspace_closed",
        "lift.overflight_at_odds", "lift.overflight_unknown", "lift.overflight_lead", "lift.flies_round",
        "lift.flies_round_closed", "lift.no_way_cleared", "order.overflight", "order.landing", "opens.airspace_waits",
        "opens.airspace_closes", "opens.airspace_missed", "order.open_airspace", "order.keep_airspace",
        "opens.airfield_waits", "opens.airfield_closes", "opens.airfield_missed",
    }
)  # fmt: skip
_OF_SEA = frozenset(
    {
        "ship.leave_unasked", "ship.behind_icebreaker", "ship.through_ice", "ship.may_be_warship", "sea.leave_unasked",
        "sea.leave_wait", "sea.icebreaker", "sea.refused", "order.passage", "order.icebreaker",
        "ship.escorted", "ship.escorted_then", "order.escort",
        "opens.passages_waits", "opens.passages_closes", "opens.passages_missed",
        "order.open_passage", "order.keep_passage",
    }
)  # fmt: skip
_OF_STRAITS = frozenset({"ship.straits", "ship.straits_at_war", "order.straits"})


@dataclass(frozen=True)
class ClearanceLink:
    """What a reason asks for: of which nation, for which fleet or ship by name, through which passages by id."""

    path: ListName
    nation: str = ""
    fleet: str = ""
    ship: str = ""
    passages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address that stands in the details."""
        values = {"fleet": self.fleet, "ship": self.ship, "passages": ",".join(self.passages)}
        asked = urlencode({name: value for name, value in values.items() if value}, quote_via=quote)
        return f"{_LINK}:{self.path}:{self.nation}?{asked}"


def clearance_links(why: Reason) -> list[ClearanceLink]:
    """Where the answers of the nations that a reason names are entered, one for each; none where it asks of none."""
    values = {name: str(value) for name, value in why.values.items() if value is not None}
    nations = [one for one in (values.get("nations") or values.get("nation") or "").split(", ") if one]
    if why.id in _OF_AIR:
        return [ClearanceLink("clearances", nation, fleet=values.get("fleet", "")) for nation in nations]
    if why.id in _OF_STRAITS:
        return [ClearanceLink("sea_clearances", HOLDER, ship=values.get("ship", ""), passages=tuple(sorted(STRAITS)))]
    if why.id in _OF_SEA:
        names = values.get("passages", "").split(", ")
        passages = tuple(passage.id for passage in load_passages() if passage.name in names)
        some = nations or [""]
        return [ClearanceLink("sea_clearances", one, ship=values.get("ship", ""), passages=passages) for one in some]
    return []


def clearance_of_link(address: str) -> ClearanceLink | None:
    """What a link of the details asks for; None for any other address."""
    scheme, _, rest = address.partition(":")
    path, _, rest = rest.partition(":")
    nation, _, asked = rest.partition("?")
    if scheme != _LINK or path not in ("clearances", "sea_clearances"):
        return None
    values = {name: parts[0] for name, parts in parse_qs(asked).items()}
    return ClearanceLink(
        "clearances" if path == "clearances" else "sea_clearances",
        nation,
        values.get("fleet", ""),
        values.get("ship", ""),
        tuple(part for part in values.get("passages", "").split(",") if part),
    )


def entry_of_link(case: Case, link: ClearanceLink, resources: Resources | None) -> ClearanceEntry:
    """The clearance that a link is about; a new one for just what was asked where the case has none."""
    day = resources.registry.of_the_day(case) if resources is not None else None
    if link.path == "clearances":
        fleets = day.aircraft_fleets.values() if day is not None else ()
        flags, name = next(((one.nations, one.id) for one in fleets if one.name == link.fleet), ((), None))
        known = (one for one in entries(case) if _is_of_air(one, link, flags, name))
        return next(known, None) or blank(link.path, {"nation": link.nation, "aircraft_of": flags})
    ships = day.ships.values() if day is not None else ()
    ship = next((one for one in ships if one.name == link.ship), None)
    found = next((one for one in entries(case) if _is_of_sea(one, link, ship)), None)
    if found is not None:
        return found
    values: dict[str, Any] = {"nation": _controls(link), "passages": link.passages}
    return blank(link.path, values | ({"ships": (ship.id,)} if ship is not None else {}))


def _is_of_air(entry: ClearanceEntry, link: ClearanceLink, flags: tuple[str, ...], fleet: str | None) -> bool:
    one = entry.fact
    return isinstance(one, LandingClearance) and one.nation == link.nation and (not flags or one.concerns(flags, fleet))


def _is_of_sea(entry: ClearanceEntry, link: ClearanceLink, ship: Ship | None) -> bool:
    from subrescue.planning.basis.sea_rules import passages_of

    one = entry.fact
    if not isinstance(one, SeaClearance) or link.nation not in ("", one.nation):
        return False
    about = {passage.id for passage in passages_of(one, load_passages())}
    return not about.isdisjoint(link.passages) and (ship is None or one.is_about(ship) is not False)


def _controls(link: ClearanceLink) -> str:
    """The nation of a link that names none: who controls the passages, if one alone does."""
    if link.nation:
        return link.nation
    nations = {one for passage in load_passages() if passage.id in link.passages for one in passage.facts.nations}
    return nations.pop() if len(nations) == 1 else ""
