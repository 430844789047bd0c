"""Reads the registry: one TOML table an asset, a type, a class, a cell of the mate matrix, an office or a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import (
    AircraftFleet,
    AircraftType,
    InterventionSystem,
    MedicalUnit,
    RescueSystem,
    Ship,
)
from subrescue.domain.contacts import PointOfContact
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Source
from subrescue.domain.mates import Mate
from subrescue.domain.registry import Registry
from subrescue.domain.submarines import SubmarineClass
from subrescue.store.files import read_text
from subrescue.store.paths import resources_dir
from subrescue.store.tables import list_of_tables, read_tables
from subrescue.store.validation import Origin, nearest, validated

KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "source": ("sources", Source),
    "rescue_system": ("rescue_systems", RescueSystem),
    "intervention_system": ("intervention_systems", InterventionSystem),
    "ship": ("ships", Ship),
    "aircraft_type": ("aircraft_types", AircraftType),
    "aircraft_fleet": ("aircraft_fleets", AircraftFleet),
    "medical_unit": ("medical_units", MedicalUnit),
    "submarine_class": ("submarine_classes", SubmarineClass),
    "mate": ("mates", Mate),
    "agreement": ("agreements", Agreement),
    "point_of_contact": ("points_of_contact", PointOfContact),
}
"""Name of a table in the files: the field of the registry and the model."""

ASSET_KINDS = ("rescue_system", "intervention_system", "ship", "aircraft_fleet", "medical_unit")
"""Kinds whose ids are unique together."""


@dataclass(frozen=True)
class Reference:
    """A field of a kind of entry that names entries of other kinds, any of `targets`."""

    kind: str
    field: str
    targets: tuple[str, ...]

    @property
    def what(self) -> str:
        """What the field names, in a word for a message."""
        return self.targets[0] if len(self.targets) == 1 else "system"

    def names_in(self, entry: Any) -> tuple[str, ...]:
        """The ids that an entry names there, a model or its data."""
        value = entry.get(self.field) if isinstance(entry, Mapping) else getattr(entry, self.field)
        return (value,) if isinstance(value, str) else tuple(value or ())


_SYSTEMS = ("rescue_system", "intervention_system")
REFERENCES = (
    Reference("aircraft_fleet", "aircraft_type", ("aircraft_type",)),
    Reference("rescue_system", "home_ships", ("ship",)),
    Reference("rescue_system", "ship_classes_certified", ("ship",)),
    Reference("intervention_system", "home_ships", ("ship",)),
    Reference("ship", "certified_for", _SYSTEMS),
    Reference("ship", "screened_for", _SYSTEMS),
    Reference("mate", "rescue_system", ("rescue_system",)),
    Reference("mate", "submarine_class", ("submarine_class",)),
    Reference("agreement", "shared_system", ("rescue_system",)),
)
"""Every field by which an entry names another: what files, cases, declarations and commands are held against."""


def load_registry(folder: Path | None = None) -> Registry:
    """Read every `*.toml` of a folder, or the shipped registry, which is read once.

    Raises InputError with all problems: wrong fields, ids given twice, evidence of unknown sources, names of entries
    that are not there, and a vehicle and a class that stand together twice.
    """
    if folder is None:
        return _shipped()
    return _load(folder)


@cache
def _shipped() -> Registry:
    return _load(resources_dir() / "registry")


def _load(folder: Path) -> Registry:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise InputError(
            Problem(field="", found="no *.toml in it", allowed="a folder of registry files", file=str(folder))
        )
    problems: list[Problem] = []
    groups: dict[str, dict[str, Any]] = {field: {} for field, _ in KINDS.values()}
    origins: dict[tuple[str, str], Origin] = {}
    for path in files:
        _read_file(path, groups, origins, problems)
    if not problems:
        problems = [*_unknown_sources(groups, origins), *_unknown_partners(groups, origins)]
    if problems:
        raise InputError(problems)
    return Registry(**groups)


def _read_file(
    path: Path,
    groups: dict[str, dict[str, Any]],
    origins: dict[tuple[str, str], Origin],
    problems: list[Problem],
) -> None:
    name = path.name
    try:
        text = read_text(path, "registry file")
        data = read_tables(text, name)
        tables = {key: list_of_tables(data, key, name) for key in KINDS}
    except InputError as error:
        problems.extend(error.problems)
        return
    for key in data.keys() - KINDS.keys():
        origin = Origin(name, text)
        problems.append(origin.problem((key,), "a table of an unknown name", nearest(key, list(KINDS)), data))
    for kind, (field, model) in KINDS.items():
        for number, table in enumerate(tables[kind]):
            origin = Origin(name, text, (kind, number))
            label = table.get("id") if isinstance(table, dict) else None
            try:
                value: Any = validated(model, table, origin)
            except InputError as error:
                problems.extend(_named(problem, f"{kind}[{label or number + 1}]") for problem in error.problems)
                continue
            unique = "asset" if kind in ASSET_KINDS else kind
            first = origins.setdefault((unique, value.id), origin)
            if first is not origin:
                where = f"{first.name}, line {first.line(('id',))}"
                found = f"the id '{value.id}' a second time"
                problem = origin.problem(("id",), found, f"it stands already in {where}; ids are unique", table)
                problems.append(_named(problem, f"{kind}[{value.id}]"))
            groups[field][value.id] = value


def _named(problem: Problem, table: str) -> Problem:
    field = f"{table}.{problem.field}" if problem.field else table
    return Problem(field, problem.found, problem.allowed, problem.file, problem.line)


def _of_entry(
    origins: dict[tuple[str, str], Origin],
    kind: str,
    entry_id: str,
    field: tuple[str | int, ...],
    found: str,
    allowed: str,
) -> Problem:
    origin = origins["asset" if kind in ASSET_KINDS else kind, entry_id]
    return _named(origin.problem(field, found, allowed, {}), f"{kind}[{entry_id}]")


def _unknown_partners(groups: dict[str, dict[str, Any]], origins: dict[tuple[str, str], Origin]) -> Iterator[Problem]:
    """Find names of other entries that lead nowhere, and pairs of the mate matrix that stand twice."""
    for link in REFERENCES:
        known = [entry_id for target in link.targets for entry_id in groups[KINDS[target][0]]]
        for value in groups[KINDS[link.kind][0]].values():
            for wanted in link.names_in(value):
                if wanted not in known:
                    allowed = nearest(wanted, known) if known else "none is known"
                    yield _of_entry(origins, link.kind, value.id, (link.field,), f"the unknown id '{wanted}'", allowed)
    cells: dict[tuple[str, str], str] = {}
    for mate in groups["mates"].values():
        first = cells.setdefault((mate.rescue_system, mate.submarine_class), mate.id)
        if first != mate.id:
            found = f"'{mate.rescue_system}' and '{mate.submarine_class}' together a second time"
            allowed = f"they stand already in mate[{first}]; one row for a vehicle and a class"
            yield _of_entry(origins, "mate", mate.id, ("id",), found, allowed)


def _unknown_sources(groups: dict[str, dict[str, Any]], origins: dict[tuple[str, str], Origin]) -> Iterator[Problem]:
    sources = groups["sources"]
    kinds = [(kind, group) for kind, (group, _) in KINDS.items() if kind != "source"]
    for kind, value in ((kind, value) for kind, group in kinds for value in groups[group].values()):
        for name, statements in value.evidence.items():
            for number, source in enumerate(statement.source for statement in statements):
                if source not in sources:
                    field, found = ("evidence", name, number, "source"), f"the unknown source '{source}'"
                    yield _of_entry(origins, kind, value.id, field, found, nearest(source, list(sources)))
