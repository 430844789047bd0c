"""Finds names in a case that do nothing, or too much: unknown nations and assets left out, entries given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.store.contradictions import Finding
from subrescue.store.registry import KINDS, REFERENCES
from subrescue.store.toml_lines import Loc
from subrescue.store.validation import nearest

if TYPE_CHECKING:
    from subrescue.earth.world import World

_KEYS = {"offers": "asset", "ships": "ship", "airfields": "icao", "ports": "port"}
"""Lists of a case that have one entry for each name."""

_ASSETS = ("rescue_systems", "intervention_systems", "ships", "aircraft_fleets")
"""Assets that a case may bring, by kind; their ids are unique together."""


def twice(case: Case) -> Iterator[Finding]:
    """Entries of one name that stand twice: nobody could say which of them the plan goes by.

    Two on one nation may be halves of what it says: that is a warning.
    """
    for group, key in _KEYS.items():
        yield from _again([((group, n, key), str(getattr(item, key))) for n, item in enumerate(getattr(case, group))])
    own = case.assets
    for kinds in (_ASSETS, ("aircraft_types",), ("submarine_classes",)):
        entries = [(kind, n, item) for kind in kinds for n, item in enumerate(getattr(own, kind))]
        yield from _again([(("assets", kind, n, "id"), item.id) for kind, n, item in entries])
    of: dict[tuple[str, ...], list[tuple[Loc, str]]] = {}
    for n, clearance in enumerate(case.clearances):
        whose = *clearance.aircraft_of, "fleets", *clearance.fleets, "at", *clearance.airfields
        whose += str(clearance.holds_from), str(clearance.holds_until)
        of.setdefault(whose, []).append((("clearances", n, "nation"), clearance.nation))
    for n, one in enumerate(case.sea_clearances):
        about = "sea", str(one.warships), *one.passages, "of", *one.ships_of, "but", *one.but_of, "ships", *one.ships
        about += (str(one.calls), *one.ports, str(one.holds_from), str(one.holds_until))
        of.setdefault(about, []).append((("sea_clearances", n, "nation"), one.nation))
    for some in of.values():
        yield from ((*finding[:3], True) for finding in _again(some))


def _again(named: list[tuple[Loc, str]]) -> Iterator[Finding]:
    times = Counter(name for _, name in named)
    seen: set[str] = set()
    for loc, name in named:
        if name in seen:
            found = f"'{name}', which stands {_times(times[name])}"
            yield loc, found, "one entry for each is needed: put what is known into one", False
        seen.add(name)


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def unknown_left_out(case: Case, registry: Registry) -> Iterator[Finding]:
    """An asset left out that nobody has: the one that was meant stays in the plan."""
    if not case.assets.without:
        return
    own = case.assets
    known = {asset.id for asset in registry.assets()}
    known |= {asset.id for kind in _ASSETS for asset in getattr(own, kind)}
    for number, name in enumerate(own.without):
        if name not in known:
            near = nearest(name, sorted(known), number)
            yield ("assets", "without", number), f"the unknown asset '{name}'", near, True


def leads_nowhere(case: Case, day: Registry) -> Iterator[Finding]:
    """Names in assets of a case of what nobody has: a vehicle without its ship waits for a strange one."""
    for link in REFERENCES:
        group = KINDS[link.kind][0]
        if group not in _ASSETS or link.field == "aircraft_type":  # without a type no fleet flies: that is no doubt
            continue
        known = [entry_id for target in link.targets for entry_id in getattr(day, KINDS[target][0])]
        for number, asset in enumerate(getattr(case.assets, group)):
            for place, name in enumerate(link.names_in(asset)):
                if name not in known:
                    near = nearest(name, known, place) if known else "none is known"
                    yield ("assets", group, number, link.field, place), f"the unknown {link.what} '{name}'", near, True


def nations(case: Case, world: World) -> Iterator[Finding]:
    """Codes of nations that no country has: what a clearance or a fleet says would hold for nobody."""
    flag = case.dissub.nation
    if flag is not None and not re.fullmatch("[A-Z]{2}", flag):
        yield ("dissub", "nation"), f"'{flag}'", "two capital letters are expected: NO", True
        flag = None
    named: list[tuple[Loc, str]] = [] if flag is None else [(("dissub", "nation"), flag)]
    for number, clearance in enumerate(case.clearances):
        named.append((("clearances", number, "nation"), clearance.nation))
        named += [(("clearances", number, "aircraft_of", n), one) for n, one in enumerate(clearance.aircraft_of)]
    for number, word in enumerate(case.sea_clearances):
        named.append((("sea_clearances", number, "nation"), word.nation))
        for field in ("ships_of", "but_of"):
            named += [(("sea_clearances", number, field, n), one) for n, one in enumerate(getattr(word, field))]
    for kind in _ASSETS:
        for number, asset in enumerate(getattr(case.assets, kind)):
            for field in ("nations", "serves"):
                codes_of = getattr(asset, field, ())
                named += [(("assets", kind, number, field, n), one) for n, one in enumerate(codes_of)]
    if not named:
        return
    codes = {country.iso for country in world.land.countries.all if country.iso is not None}
    allowed = "the code of a country, ISO 3166, is expected: without one it does nothing"
    for loc, nation in named:
        if nation not in codes:
            yield loc, f"the unknown nation '{nation}'", allowed, True
