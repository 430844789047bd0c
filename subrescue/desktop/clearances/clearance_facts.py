"""What a case knows of the clearances of nations: the entries in words, what is wrong with one, and links to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from subrescue.desktop.case.session import with_value
from subrescue.desktop.entries.case_entries import CaseEntry, own_problems, said_line, with_entry
from subrescue.desktop.parts.names_editor import Named
from subrescue.desktop.parts.words import language, later, tr
from subrescue.domain.case import Case, LandingClearance
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.passages.passages import load_passages
from subrescue.exchange.entry_names import passage_name
from subrescue.exchange.registry_table.facts import Fact, facts_of_model

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources

ListName = Literal["clearances", "sea_clearances"]
"""Lists of a case; each is the path of its edits too."""

MODELS: dict[ListName, type[LandingClearance] | type[SeaClearance]] = {
    "clearances": LandingClearance,
    "sea_clearances": SeaClearance,
}
KINDS: dict[ListName, str] = {"clearances": later("aircraft"), "sea_clearances": later("ships at sea")}
NATIONS = ("nation", "aircraft_of", "ships_of", "but_of")
"""Facts that name nations."""

PLACES = ("airfields", "ports")
"""Facts that name places, by code or name: too many to choose from a list."""

SAYING = ("refused", "lead_h", "overflight_refused", "overflight_h", "icebreaker", "escort")
"""Facts without which a clearance says nothing."""

HELP: dict[str, str] = {
    "nation": later("Whose airfields and airspace, or whose straits and icebreaker; by name or code"),
    "aircraft_of": later("Nations whose aircraft it is about, by name or code, with commas; empty for all"),
    "ships_of": later("Nations whose ships it is about, by name or code, with commas; empty for all"),
    "but_of": later("Nations whose ships it is not about, by name or code, with commas"),
    "passages": later("Canals and straits that it is about, by name, with commas; empty for all that the nation "
                      "controls, of an icebreaker those that ice closes"),
    "fleets": later("Fleets that it is about, by name, with commas; empty for all"),
    "airfields": later("ICAO codes of airfields at which they may land, or may not, with commas; empty for all. One "
                       "that names airfields goes before one that names none"),
    "ports": later("Ports that it is about, by name, with commas, of calls at ports; empty for all of the nation"),
    "ships": later("Ships that it is about, by name, with commas; empty for all"),
}  # fmt: skip
"""What the form says of facts that files write as codes and ids."""

_ALSO = {
    "GB": ("Great Britain", "Britain", "UK", "Grande-Bretagne"),
    "US": ("USA", "America"),
    "TR": ("Türkiye",),
    "NL": ("Holland",),
    "KR": ("ROK", "Republic of Korea"),
}
"""Names by which people know a nation and the map does not."""

_SAID_APART = ("nation", "source", "note")


@dataclass(frozen=True)
class ClearanceEntry(CaseEntry):
    """One clearance of the case."""

    path: ListName
    fact: LandingClearance | SeaClearance


def entries(case: Case) -> list[ClearanceEntry]:
    """All clearances, those of aircraft first, each list in its order."""
    air = [ClearanceEntry("clearances", number, fact) for number, fact in enumerate(case.clearances)]
    return [*air, *(ClearanceEntry("sea_clearances", number, fact) for number, fact in enumerate(case.sea_clearances))]


def facts_to_ask(path: ListName) -> tuple[Fact, ...]:
    """The facts that the form asks."""
    return facts_of_model(MODELS[path])


def blank(path: ListName, values: Mapping[str, Any] | None = None) -> ClearanceEntry:
    """An entry that is not there yet: it begins with what is known of it, such as the nation."""
    return ClearanceEntry(path, None, MODELS[path].model_construct(**{"nation": "", **(values or {})}))


@cache
def _nations(spoken: str) -> tuple[Named, ...]:
    from subrescue.earth.places.map_names import country_names

    found = []
    for country in country_names():
        name = country.words.get(spoken) or country.words["en"]
        also = (*country.words.values(), *_ALSO.get(country.iso, ()))
        found.append(Named(country.iso, f"{name} ({country.iso})", also))
    return tuple(sorted(found, key=lambda one: one.words))


@cache
def _passages(_: str) -> tuple[Named, ...]:
    found = (
        Named(passage.id, passage_name(passage), (passage.name, *passage.facts.names.values()))
        for passage in load_passages()
    )
    return tuple(sorted(found, key=lambda one: one.words))


def named_for(path: str, case: Case, resources: Resources | None) -> tuple[Named, ...]:
    """What a fact of a clearance can name: nations, passages, or ships of the day."""
    if path in NATIONS:
        return _nations(language())
    if path == "passages":
        return _passages(language())
    if resources is None or path in PLACES:
        return ()
    if path == "fleets":
        fleets = resources.registry.of_the_day(case).aircraft_fleets.values()
        return tuple(sorted((_named(one.id, one.name) for one in fleets), key=lambda one: one.words))
    ships = resources.registry.of_the_day(case).ships.values()
    return tuple(sorted((_named(ship.id, ship.name) for ship in ships), key=lambda one: one.words))


def _named(value: str, name: str) -> Named:
    """With commas between names, one that has a comma itself is named by its id."""
    return Named(value, name if "," not in name else value, (name,))


def nation_words(code: str) -> str:
    """The name of a nation with its code; the code alone where no country has it."""
    return next((one.words for one in _nations(language()) if one.value == code), code)


def said_of(entry: ClearanceEntry, case: Case, resources: Resources | None) -> str:
    """What a nation says in words: "Aircraft of: United Kingdom (GB); Overflight refused: yes"."""
    facts = [(fact, getattr(entry.fact, fact.path)) for fact in facts_to_ask(entry.path)]
    words = {}
    for fact, value in facts:
        if fact.kind == "list" and value:
            by_value = {one.value: one.words for one in named_for(fact.path, case, resources)}
            words[fact.path] = ", ".join(by_value.get(name, name) for name in value)
    return said_line([(fact, value) for fact, value in facts if fact.path not in _SAID_APART], words)


def passages_meant(entry: ClearanceEntry, values: Mapping[str, Any]) -> list[str]:
    """The names of the passages that a clearance of the sea is about as it would be; none while no nation is known."""
    from subrescue.planning.basis.sea_rules import passages_of

    tables = entry.fact.model_dump(include={"nation", "passages", "icebreaker", "calls"}) | {
        name: value for name, value in values.items() if name in ("nation", "passages", "icebreaker", "calls")
    }
    if not tables["nation"]:
        return []
    word = SeaClearance.model_construct(**{**tables, "passages": tuple(tables["passages"] or ())})
    return [passage_name(passage) for passage in passages_of(word, load_passages())]


def problems_with(
    case: Case, entry: ClearanceEntry, values: Mapping[str, Any], resources: Resources | None
) -> list[Problem]:
    """What is wrong, or doubtful (`warning`), with an entry as it would be. `field` is the name of its field.

    It is checked alone, for others of its nation bear the same name; whether it stands twice among all.
    """
    from subrescue.store.checks import check_case
    from subrescue.store.misspelt import twice

    tables = with_entry(case, entry, values)
    number = len(tables) - 1 if entry.number is None else entry.number
    own, again = tables[number], list[Problem]()
    try:
        alone = with_value(case, entry.path, [own])
        changed = with_value(case, entry.path, tables)
    except InputError as error:
        found: list[Problem] = list(error.problems)
    else:
        if resources is None:
            return []
        found = check_case(alone, resources.registry, resources.world, resources.assumptions)
        again = [
            Problem("nation", what, allowed, warning=True)
            for loc, what, allowed, _ in twice(changed)
            if loc[:2] == (entry.path, number)
        ]
    return own_problems(found, entry.path, (own.get("nation"), 1)) + again


def kind_of(entry: ClearanceEntry) -> str:
    """What it is about in a word."""
    return tr(KINDS[entry.path])
