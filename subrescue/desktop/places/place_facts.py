"""What a case knows of single airfields and ports: the entries in words, one put in or taken out, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, unquote

from subrescue.desktop.case.session import with_value
from subrescue.desktop.entries.case_entries import CaseEntry, own_problems, said_line, with_entry
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.case import Case, FieldFact
from subrescue.domain.case_ports import PortFact, QuayAnswer
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.registry_table.facts import Fact, facts_of_model
from subrescue.exchange.wording import label

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.domain.reasons import Reason
    from subrescue.earth.places.place_search import FoundPlace
    from subrescue.earth.world import World

ListName = Literal["airfields", "ports"]
"""Lists of a case; each is the path of its edits too."""

MODELS: dict[ListName, type[FieldFact] | type[PortFact]] = {"airfields": FieldFact, "ports": PortFact}
NAMED_BY: dict[ListName, str] = {"airfields": "icao", "ports": "port"}
"""The field that says which place an entry is about."""

_OF_A_NEW_PORT = ("position", "nation")
_SAID_APART = ("source", "note")
ASKED_IN_VAIN = later("asked, not known")
"""A harbour master who cannot tell is an answer too: it goes before the numbers, as nothing said does not."""

_ASKS_OF: dict[str, tuple[ListName, str]] = {
    "lift.loader_unknown": ("airfields", "airfield"),
    "lift.loader_missing": ("airfields", "airfield"),
    "order.loader": ("airfields", "airfield"),
    "opens.airfield_waits": ("airfields", "airfield"),
    "opens.airfield_closes": ("airfields", "airfield"),
    "opens.airfield_missed": ("airfields", "airfield"),
    "order.open_airfield": ("airfields", "airfield"),
    "order.keep_airfield": ("airfields", "airfield"),
    "ship.quay_unknown": ("ports", "port"),
    "ship.quay_small": ("ports", "port"),
}
"""Reasons that an answer of a place would settle, and the value that names the place."""
_LINK = "place"


def place_link(why: Reason) -> str | None:
    """The address under which the place that a reason asks of is entered; None where it asks of none."""
    asked = _ASKS_OF.get(why.id)
    name = why.values.get(asked[1]) if asked is not None else None
    return f"{_LINK}:{asked[0]}:{quote(str(name), safe='')}" if asked is not None and name else None


def place_of_link(address: str) -> tuple[ListName, str] | None:
    """The list and the name of a place from its address; None for any other address."""
    scheme, _, rest = address.partition(":")
    path, _, name = rest.partition(":")
    found = next((known for known in MODELS if known == path), None) if scheme == _LINK else None
    return (found, unquote(name)) if found is not None and name else None


@dataclass(frozen=True)
class PlaceEntry(CaseEntry):
    """What the case knows of one airfield or port."""

    path: ListName
    fact: FieldFact | PortFact

    @property
    def name(self) -> str:
        """The code or name by which the case knows the place."""
        return str(getattr(self.fact, NAMED_BY[self.path]))

    @property
    def is_new_port(self) -> bool:
        """Whether it makes a port that the gazetteer does not know."""
        return isinstance(self.fact, PortFact) and self.fact.position is not None


def entries(case: Case) -> list[PlaceEntry]:
    """All entries, airfields first, each list in its order."""
    fields = [PlaceEntry("airfields", number, fact) for number, fact in enumerate(case.airfields)]
    return [*fields, *(PlaceEntry("ports", number, fact) for number, fact in enumerate(case.ports))]


def facts_to_ask(path: ListName, new_port: bool) -> list[Fact]:
    """The facts that the form asks; those that make a place only of a port that the gazetteer does not know."""
    left_out = () if new_port else (NAMED_BY[path], *_OF_A_NEW_PORT)
    return [fact for fact in facts_of_model(MODELS[path]) if fact.path not in left_out]


def said_of(entry: PlaceEntry) -> str:
    """What is known of a place in words: "K-loader: no; Ramp: 2"; what is unknown is left out."""
    left_out = (NAMED_BY[entry.path], *_SAID_APART)
    facts = [(fact, getattr(entry.fact, fact.path)) for fact in facts_of_model(MODELS[entry.path])]
    answers = {fact.path: _words(value) for fact, value in facts if isinstance(value, QuayAnswer)}
    return said_line([(fact, value) for fact, value in facts if fact.path not in left_out], answers)


def _words(answer: QuayAnswer) -> str:
    return tr(ASKED_IN_VAIN if answer is QuayAnswer.UNKNOWN else str(answer.value))


def kind_of(entry: PlaceEntry) -> str:
    """The kind of place in a word."""
    return label("place_kind", "airfield" if entry.path == "airfields" else "port")


def place_title(entry: PlaceEntry, world: World | None) -> str:
    """The name of a place, of an airfield with the name that goes with its code."""
    if entry.path == "ports" or world is None:
        return entry.name
    try:
        field = world.gazetteer.find_airfield(entry.name)
    except InputError:
        return entry.name
    return f"{entry.name}  {field.name}" if field is not None else entry.name


def entry_for(case: Case, place: FoundPlace, world: World) -> PlaceEntry | None:
    """The entry of a place that was found, a blank one where the case has none; None for another kind of place."""
    if place.kind == "airfield":
        field = world.gazetteer.airfields[place.number]
        return entry_named(case, "airfields", field.icao or field.ident, world)
    if place.kind in ("port", "naval_base"):
        port = world.gazetteer.ports[place.number]
        names = (port.name, f"{port.name}, {port.country}", port.unlocode or port.id)
        name = next((one for one in names if _id_of("ports", one, world) == port.id), port.id)
        return entry_named(case, "ports", name, world)
    return None


def entry_named(case: Case, path: ListName, name: str, world: World | None) -> PlaceEntry:
    """The entry of a place of this name, under whatever name the case has it; a blank one where it has none."""
    wanted = _id_of(path, name, world)
    for entry in entries(case):
        new = entry.is_new_port
        if entry.path == path and (entry.name == name or (not new and wanted == _id_of(path, entry.name, world))):
            return entry
    return PlaceEntry(path, None, MODELS[path].model_validate({NAMED_BY[path]: name}))


def is_one_place(path: ListName, name: str, world: World | None) -> bool:
    """Whether a name means one place: several may bear it."""
    if world is None:
        return True
    try:
        found = world.gazetteer.find_airfield(name) if path == "airfields" else world.gazetteer.find_port(name)
    except InputError:
        return False
    return found is not None


def _id_of(path: ListName, name: str, world: World | None) -> str:
    if world is None:
        return name
    try:
        if path == "airfields":
            field = world.gazetteer.find_airfield(name)
            return field.ident if field is not None else name
        port = world.gazetteer.find_port(name)
    except InputError:
        return name
    return port.id if port is not None else name


def problems_with(
    case: Case, entry: PlaceEntry, values: Mapping[str, Any], resources: Resources | None
) -> list[Problem]:
    """What is wrong, or doubtful (`warning`), with an entry as it would be. `field` is the name of its field."""
    from subrescue.store.checks import check_case

    tables = with_entry(case, entry, values)
    number = len(tables) - 1 if entry.number is None else entry.number
    try:
        changed = with_value(case, entry.path, tables)
    except InputError as error:
        found: list[Problem] = list(error.problems)
    else:
        if resources is None:
            return []
        found = check_case(changed, resources.registry, resources.world, resources.assumptions)
    return own_problems(found, entry.path, (tables[number].get(NAMED_BY[entry.path]), number + 1))
