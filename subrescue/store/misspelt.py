"""Finds names in a case that do nothing, or too much: unknown nations and assets left out, entries given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.store.contradictions import Finding
from subrescue.store.validation import nearest

if TYPE_CHECKING:
    from subrescue.earth.world import World

_KEYS = {"offers": "asset", "ships": "ship", "airfields": "icao", "ports": "port"}
"""Lists of a case that have one entry for each name."""


def twice(case: Case) -> Iterator[Finding]:
    """Entries of one name that stand twice: nobody could say which of them the plan goes by."""
    for group, key in _KEYS.items():
        names = [str(getattr(item, key)) for item in getattr(case, group)]
        times = Counter(names)
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in seen:
                found = f"'{name}', which stands {_times(times[name])}"
                yield (group, number, key), found, "one entry for each is needed: put what is known into one", False
            seen.add(name)


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def unknown_left_out(case: Case, registry: Registry) -> Iterator[Finding]:
    """An asset left out that nobody has: the one that was meant stays in the plan."""
    if not case.assets.without:
        return
    own = case.assets
    known = {asset.id for asset in registry.assets()}
    known |= {
        asset.id
        for asset in (*own.rescue_systems, *own.intervention_systems, *own.ships, *own.aircraft_fleets)
    }
    for number, name in enumerate(own.without):
        if name not in known:
            near = nearest(name, sorted(known), number)
            yield ("assets", "without", number), f"the unknown asset '{name}'", near, True


def nations(case: Case, world: World) -> Iterator[Finding]:
    """Codes of nations that no country has: the clearance would hold for nobody."""
    flag = case.dissub.nation
    if flag is not None and not re.fullmatch("[A-Z]{2}", flag):
        yield ("dissub", "nation"), f"'{flag}'", "two capital letters are expected: NO", True
    if not case.clearances:
        return
    codes = {country.iso for country in world.land.countries.all if country.iso is not None}
    allowed = "the code of a country, ISO 3166, is expected: without one it does nothing"
    for number, clearance in enumerate(case.clearances):
        if clearance.nation not in codes:
            yield ("clearances", number, "nation"), f"the unknown nation '{clearance.nation}'", allowed, True
        for place, nation in enumerate(clearance.aircraft_of):
            if nation not in codes:
                yield ("clearances", number, "aircraft_of", place), f"the unknown nation '{nation}'", allowed, True
