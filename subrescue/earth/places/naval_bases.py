"""Our own table of naval bases, rescue-ship berths and mobilisation ports: `naval_bases.csv`, read strictly."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir

FILE = "naval_bases.csv"

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class BaseKind(StrEnum):
    """Whose ground it is: a navy's or coast guard's own, or a port that serves everybody."""

    NAVAL_BASE = "naval_base"
    PORT = "port"


class BaseRole(StrEnum):
    """What a base is for, as far as a submarine rescue is concerned."""

    NAVAL_BASE = "naval_base"
    SUBMARINE_BASE = "submarine_base"
    RESCUE_BERTH = "rescue_berth"
    MOBILISATION_PORT = "mobilisation_port"
    SHIPYARD = "shipyard"
    COAST_GUARD = "coast_guard"


class BaseWater(StrEnum):
    """How the berth lies to the 1:10m coast line, which leaves out basins, narrow fjords, rivers and new land.

    sea: at its shore, at most 1 km inland or 3 km off; inlet: on water that the map draws as land; river: up a river;
    new_land: on land that the map draws as water.
    """

    SEA = "sea"
    INLET = "inlet"
    RIVER = "river"
    NEW_LAND = "new_land"


class NavalBase(Model):
    """A base or port of our own table. The position is that of the quays, not of the town."""

    id: str = Field(title="Id", description="Stable name: den_helder", pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    name: Name = fact("Name", "Name in use, in Latin letters", default=...)
    aliases: tuple[Name, ...] = fact("Other names", "Local, former and short names, in any script", default=())
    country: CountryCode = fact("Country", "ISO 3166-1 code of the country or territory that it lies in", default=...)
    nations: tuple[CountryCode, ...] = Field(
        title="Nations", description="ISO 3166-1 codes of the navies or rescue services that use it", min_length=1
    )
    kind: BaseKind = fact("Kind", "naval_base or port", default=...)
    roles: tuple[BaseRole, ...] = Field(title="Roles", description="What it is for", min_length=1)
    position: Position = fact("Position", "Of the quays", default=...)
    error_km: float = quantity(
        "Position error", "km", "How far the quays may lie from the position given", gt=0, le=20, default=...
    )
    water: BaseWater = fact("Water", "How the berth lies to the 1:10m coast line", default=...)
    confidence: Confidence = fact("Confidence", "high, medium or low", default=...)
    source: Name = fact("Source", "What states the position: page or document, or memory", default=...)
    date: str = Field(
        title="Date", description="Of the source or its reading: 2026 or 2026-11", pattern=r"^\d{4}(-\d{2}){0,2}$"
    )
    note: str | None = fact("Note", "Anything a reader must know")


_LISTS = ("aliases", "nations", "roles")
_COORDINATES = ("lat_deg", "lon_deg")
COLUMNS = tuple(
    name for field in NavalBase.model_fields for name in (_COORDINATES if field == "position" else (field,))
)


def load_naval_bases(folder: Path | None = None) -> tuple[NavalBase, ...]:
    """Return every row of the table that travels with the maps, or of the table in another folder.

    Raises InputError with every fault of the table: file, line, row and field, what was found, what is allowed.
    """
    return read_naval_bases((folder or maps_dir()).joinpath(FILE).read_text(encoding="utf-8-sig"), FILE)


def read_naval_bases(text: str, file: str) -> tuple[NavalBase, ...]:
    """Return the rows of a table's text; lists in a cell are parted by semicolons. Raises InputError as above."""
    lines = csv.reader(io.StringIO(text))
    header = tuple(next(lines, []))
    if header != COLUMNS:
        wrong = sorted(set(COLUMNS) ^ set(header)) or ["another order"]
        needed = f"needed are, in this order: {', '.join(COLUMNS)}"
        raise InputError(Problem("columns", ", ".join(wrong), needed, file, 1))
    bases: dict[str, NavalBase] = {}
    problems: list[Problem] = []
    for cells in lines:
        line = lines.line_num
        if len(cells) != len(COLUMNS):
            name = cells[0] if cells else ""
            problems.append(Problem(name, f"{len(cells)} cells", f"{len(COLUMNS)} are needed", file, line))
            continue
        row = dict(zip(COLUMNS, cells, strict=True))
        try:
            base = NavalBase.model_validate(_tables(row))
        except ValidationError as error:
            told: dict[str, Problem] = {}  # the first fault of each field; the others follow from it
            for details in error.errors():
                problem = _problem(details["loc"], details["msg"], row, file, line)
                told.setdefault(problem.field, problem)
            problems += told.values()
            continue
        if base.id in bases:
            problems.append(Problem(f"{base.id}.id", repr(base.id), "each id stands once", file, line))
        bases[base.id] = base
    if problems:
        raise InputError(problems)
    return tuple(bases.values())


def _tables(row: dict[str, str]) -> dict[str, Any]:
    """Return the cells of a row as the model wants them; an empty cell is a field that is not given."""
    given: dict[str, Any] = {name: cell for name, cell in row.items() if cell and name not in _COORDINATES}
    for name in _LISTS:
        given[name] = tuple(part.strip() for part in row[name].split(";")) if row[name] else ()
    given["position"] = {name: row[name] for name in _COORDINATES}
    return given


def _problem(loc: tuple[int | str, ...], message: str, row: dict[str, str], file: str, line: int) -> Problem:
    field = str(loc[1] if loc[0] == "position" and len(loc) > 1 else loc[0])
    return Problem(f"{row['id']}.{field}", repr(row.get(field, "")), message[:1].lower() + message[1:], file, line)
