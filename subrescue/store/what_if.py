"""Reads what-ifs from text and applies them to a case; names are looked up, and those that fail get near misses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from subrescue.domain.case import Case, CaseAssets, CaseShip, FieldFact, Offer, OfferState
from subrescue.domain.case_ports import PortFact
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean, ids_meant
from subrescue.domain.quantities import LONGEST_H, Assumptions, Pert
from subrescue.domain.registry import Registry
from subrescue.domain.what_if import (
    Accept,
    Airfield,
    AskAt,
    Change,
    MoveShip,
    Passage,
    Port,
    SetAssumption,
    SetField,
    WhatIf,
    Without,
    WithoutNation,
)
from subrescue.store.case_settings import changed, check_setting, numbers
from subrescue.store.files import read_text
from subrescue.store.instant_text import parse_instant
from subrescue.store.place_search import place_search
from subrescue.store.port_facts import entry_of
from subrescue.store.validation import nearest

if TYPE_CHECKING:
    from subrescue.earth.world import World

ACTS = ("set", "ask", "without", "close", "open", "move", "accept")
"""First words of a line, in the order in which the command line makes the changes."""

_MOST_LINES = 2000
"""More changes than anything that a case could be planned without: more is no work of a person."""
# So many places are looked at for a name near one that is unknown.
_NEAR = 5
_PORTS = ("naval_base", "port")
_HOURS = re.compile(r"^\+?(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*h?$", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """What names of a what-if are looked up in: the case, the registry that it is planned with, numbers and earth."""

    case: Case
    registry: Registry
    assumptions: Assumptions
    world: World

    @property
    def day(self) -> Registry:
        """The registry of the day."""
        return self.registry.of_the_day(self.case)


def read_what_if_file(path: Path, names: Names) -> WhatIf:
    """A what-if from a text file: one change a line, blank lines and those that begin with # left out.

    Raises InputError that names file and line.
    """
    problems: list[Problem] = []
    changes: list[Change] = []
    lines = enumerate(read_text(path, "what-if").splitlines(), start=1)
    told = [(number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
    if len(told) > _MOST_LINES:
        allowed = f"a what-if of at most {_MOST_LINES:,} is allowed"
        raise InputError(Problem("what if", f"{len(told):,} changes", allowed, str(path)))
    for number, line in told:
        try:
            changes += read_what_if([line], names).changes
        except InputError as error:
            problems += [replace(problem, file=str(path), line=number) for problem in error.problems]
    if problems:
        raise InputError(problems)
    return WhatIf(changes=tuple(changes))


def read_what_if(lines: Iterable[str], names: Names) -> WhatIf:
    """A what-if from lines such as `dissub.depth_m=300`, `without au-lr5`, `close suez`, `accept gb-nsrs=6h`.

    Raises InputError with the problems of all lines, each with the word of its line, what was found, what is allowed.
    """
    parts = []
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        known = word in ACTS
        if not known and "=" not in line:
            near = nearest(word, list(ACTS))
            hint = f"; {near}" if near.startswith("did you") else ""
            allowed = f"a change is needed: KEY=VALUE, or {', '.join(ACTS)} and what{hint}"
            raise InputError(Problem("what if", f"'{line.strip()}'", allowed))
        parts.append((word, rest.strip(), word) if known else ("set", line.strip(), "set"))
    return what_if_of(parts, names)


def what_if_of(parts: Iterable[tuple[str, str, str]], names: Names) -> WhatIf:
    """A what-if from (act, text, field) each: the field, `--close` for one, stands in the errors.

    Raises InputError with the problems of all parts.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    for act, text, field in parts:
        try:
            changes += _READERS[act](text, field, names)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return WhatIf(changes=tuple(changes))


def applied(case: Case, what_if: WhatIf, names: Names) -> Case:
    """The case with the changes made in their order. Raises InputError where a value is not allowed.

    Fields that stand beside one another are set together, so that survivors and people aboard may both change.
    """
    for is_field, group in groupby(what_if.changes, lambda change: isinstance(change, SetField)):
        if is_field:
            settings = [change.text.removeprefix("set ") for change in group]
            case = changed(case, settings, names.assumptions)
        else:
            for change in group:
                case = _with(case, change, names.registry)
    return case


def _set(text: str, field: str, names: Names) -> Iterator[Change]:
    key, equals, value = (part.strip() for part in text.partition("="))
    assumption = key.removeprefix("assumptions.")
    if not equals or assumption not in names.assumptions.items:
        check_setting(names.case, text, names.assumptions, field)
        yield SetField(key=key, value=value)
        return
    known = names.assumptions.items[assumption]
    try:
        found = Pert.model_validate(numbers(value))
    except ValidationError:
        unit = "" if known.unit == "1" else f" in {known.unit}"
        allowed = f"one number or smallest/most likely/largest{unit} is needed: 8/12/18"
        raise InputError(Problem(field, f"{key}={value}", allowed)) from None
    if found.min < known.low or found.max > known.high:
        allowed = f"allowed is {known.allowed}"
        raise InputError(Problem(field, f"{key}={value}", allowed))
    yield SetAssumption(key=assumption, value=found)


def _ask(text: str, field: str, _names: Names) -> Iterator[Change]:
    yield AskAt(at=parse_instant(text, field))


def _without(text: str, field: str, names: Names) -> Iterator[Change]:
    for name in _listed(text, field, "an asset, au-lr5, or a nation, RU, is needed"):
        if re.fullmatch("[A-Z]{2}", name):
            if not any(asset.nations == (name,) for asset in names.day.assets()):
                nations = sorted({nation for asset in names.day.assets() for nation in asset.nations})
                raise InputError(Problem(field, f"'{name}', which alone declares no asset", nearest(name, nations)))
            yield WithoutNation(nation=name)
        else:
            yield Without(asset=asset_id(name, [(asset.id, asset.name) for asset in names.day.assets()], field))


def _close(text: str, field: str, names: Names) -> Iterator[Change]:
    yield from _places(text, field, names, closed=True)


def _open(text: str, field: str, names: Names) -> Iterator[Change]:
    yield from _places(text, field, names, closed=False)


def _places(text: str, field: str, names: Names, *, closed: bool) -> Iterator[Change]:
    from subrescue.earth.passages.passage_names import find_passages
    from subrescue.earth.passages.passages import load_passages

    for name in _listed(text, field, "an airfield, ENVA, a passage, suez, or a port, Tromso, is needed"):
        if re.fullmatch("[A-Z0-9]{4}", name):
            airfield = names.world.gazetteer.find_airfield(name)
            if airfield is not None:
                yield Airfield(icao=airfield.ident, closed=closed)
                continue
            raise InputError(Problem(field, f"the unknown airfield '{name}'", "the ICAO code of an airfield is needed"))
        try:
            passages = find_passages([name], load_passages(), field)
        except InputError:
            yield Port(port=_port(name, field, names), closed=closed)
            continue
        for passage in sorted(passages):
            yield Passage(passage=passage, closed=closed)


def _port(name: str, field: str, names: Names) -> str:
    """The port meant, as the case names it where it does, else its id; what is no port either is refused."""
    made = [one.port for one in names.case.ports if one.position is not None and one.port.lower() == name.lower()]
    if made:
        return made[0]
    try:
        port = names.world.gazetteer.find_port(name)
    except InputError as error:
        raise InputError([Problem(field, problem.found, problem.allowed) for problem in error.problems]) from None
    if port is None:
        raise InputError(Problem(field, f"'{name}', which is no known passage, airfield or port", _like(name, names)))
    known = entry_of(port, names.case, names.world)
    return port.id if known is None else known.port


def _like(name: str, names: Names) -> str:
    """What may have been meant: passages, or else ports, of a name near it, by the word that closes and opens them."""
    from subrescue.earth.passages.passage_names import passages_like
    from subrescue.earth.passages.passages import load_passages

    near = passages_like(name, load_passages()) or [
        found.name for found in place_search(names.world).search(name, limit=_NEAR) if found.kind in _PORTS
    ]
    if near:
        return did_you_mean(dict.fromkeys(near))
    return "a passage, suez, an airfield's ICAO code, ENVA, or a port, Tromso, is needed"


def _move(text: str, field: str, names: Names) -> Iterator[Change]:
    from subrescue.earth.positions.coordinates import parse_position

    name, where = _pair(text, field, "SHIP=POSITION is needed: no-kv-bergen=69°37'N 37°34'E")
    ship = asset_id(name, [(ship.id, ship.name) for ship in names.day.ships.values()], field)
    try:
        position = parse_position(where)
    except InputError as error:
        raise InputError([Problem(field, problem.found, problem.allowed) for problem in error.problems]) from None
    yield MoveShip(ship=ship, position=position)


def _accept(text: str, field: str, names: Names) -> Iterator[Change]:
    name, when = _pair(text, field, "ASSET=HOURS or ASSET=TIME is needed: gb-nsrs=6h or gb-nsrs=2026-11-23T14:07Z")
    day = names.day
    movable = [*day.rescue_systems.values(), *day.intervention_systems.values(), *day.ships.values()]
    asset = asset_id(name, [(one.id, one.name) for one in movable], field)
    hours = _HOURS.match(when)
    try:
        yield Accept(asset=asset, when=_few_hours(hours[1], field) if hours else parse_instant(when, field))
    except InputError:
        if hours:
            raise
        allowed = "hours from the alert, 6h, or a time with its zone, 2026-11-23T14:07Z, are needed"
        raise InputError(Problem(field, f"'{when}'", allowed)) from None


def _few_hours(text: str, field: str) -> float:
    hours = float(text)
    if hours > LONGEST_H:
        found = f"'{text}' hours" if len(text) < 20 else f"a number of {len(text)} digits"
        raise InputError(Problem(field, found, f"at most {LONGEST_H:,.0f} hours from the alert are allowed"))
    return hours


_READERS: dict[str, Callable[[str, str, Names], Iterator[Change]]] = {
    "set": _set,
    "ask": _ask,
    "without": _without,
    "close": _close,
    "open": _open,
    "move": _move,
    "accept": _accept,
}


def asset_id(name: str, known: list[tuple[str, str]], field: str) -> str:
    """The id meant by an id, a full name, or words of only one id: `lr5` is `au-lr5`; `known` holds ids and names.

    Raises InputError with the names that come near, or with those among which it does not decide.
    """
    exact = ids_meant(name, known)
    if exact:
        return exact[0]
    words = name.casefold().replace(" ", "-")
    alike = [one for one, _ in known if words and f"-{words}-" in f"-{one}-"]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise InputError(Problem(field, f"'{name}', which may be several", f"one of {', '.join(alike[:8])}"))
    near = nearest(name, [text for pair in known for text in pair])
    raise InputError(Problem(field, f"the unknown asset '{name}'", near))


def _listed(text: str, field: str, needed: str) -> list[str]:
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise InputError(Problem(field, "nothing", needed))
    return found


def _pair(text: str, field: str, needed: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        raise InputError(Problem(field, f"'{text}'", needed))
    return name, value


def _with(case: Case, change: Change, registry: Registry) -> Case:
    match change:
        case SetAssumption():
            return case.model_copy(update={"assumptions": {**case.assumptions, change.key: change.value}})
        case Without():
            return _less(case, {change.asset}, registry)
        case WithoutNation():
            day = registry.of_the_day(case)
            return _less(case, {asset.id for asset in day.assets() if asset.nations == (change.nation,)}, registry)
        case Passage():
            others = [name for name in case.closed_passages if name != change.passage]
            closed = (*others, change.passage) if change.closed else tuple(others)
            return case.model_copy(update={"closed_passages": closed})
        case Airfield():
            field = next((fact for fact in case.airfields if fact.icao == change.icao), FieldFact(icao=change.icao))
            hours = {"closed_from": None, "closed_until": None, "closed_daily": None}
            return _put(case, "airfields", "icao", field.model_copy(update={"closed": change.closed, **hours}))
        case Port():
            port = next((known for known in case.ports if known.port == change.port), PortFact(port=change.port))
            return _put(case, "ports", "port", port.model_copy(update={"closed": change.closed}))
        case MoveShip():
            ship = next((known for known in case.ships if known.ship == change.ship), CaseShip(ship=change.ship))
            return _put(case, "ships", "ship", ship.model_copy(update={"position": change.position}))
        case Accept():
            offer = next((known for known in case.offers if known.asset == change.asset), Offer(asset=change.asset))
            told = change.when if isinstance(change.when, datetime) else _later(case.alert, change.when, change.text)
            update = {"state": OfferState.ACCEPTED, "told_to_go": told}
            return _put(case, "offers", "asset", offer.model_copy(update=update))
        case AskAt():
            from subrescue.planning.basis.asked import asked_at

            return asked_at(case, change.at)
        case SetField():
            raise AssertionError("fields are set together")


def _later(alert: datetime, hours: float, text: str) -> datetime:
    try:
        return alert + timedelta(hours=hours)
    except (OverflowError, ValueError):
        raise InputError(Problem("accept", f"'{text}'", "a time of the years 1 to 9999 is needed")) from None


def _put(case: Case, group: str, key: str, item: Any) -> Case:
    """The case with one item of a list, found by its key, replaced or added."""
    items = list(getattr(case, group))
    place = next((n for n, one in enumerate(items) if getattr(one, key) == getattr(item, key)), len(items))
    items[place : place + 1] = [item]
    return case.model_copy(update={group: tuple(items)})


def _less(case: Case, out: set[str], registry: Registry) -> Case:
    """The case without these assets, and without what it knows of them; a ship that was settled is so no more."""
    own = case.assets
    known = {asset.id for asset in registry.assets()}
    kept: dict[str, Any] = {
        name: tuple(asset for asset in getattr(own, name) if asset.id not in out)
        for name in ("rescue_systems", "intervention_systems", "ships", "aircraft_fleets")
    }
    kept["without"] = tuple(dict.fromkeys([*own.without, *sorted(out & known)]))
    offers = [offer for offer in case.offers if offer.asset not in out]
    ships = [ship for ship in case.ships if ship.ship not in out]
    return case.model_copy(
        update={
            "assets": CaseAssets.model_validate({**dict(own), **kept}),
            "offers": tuple(
                offer.model_copy(update={"ship": None}) if offer.ship in out else offer for offer in offers
            ),
            "ships": tuple(
                ship.model_copy(update={"prepared_for": tuple(one for one in ship.prepared_for if one not in out)})
                for ship in ships
            ),
        }
    )
