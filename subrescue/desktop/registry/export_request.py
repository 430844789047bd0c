"""What a liaison officer asks of an export, the name that its file gets, and the making of it, without a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.desktop.parts.background import Tick
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.exchange.exports.files import SUFFIXES, to_file
from subrescue.exchange.exports.product import Selection, checked_text, product
from subrescue.exchange.registry_table.facets import Facets
from subrescue.store.files import write_atomically
from subrescue.store.workspace.fields import Key

if TYPE_CHECKING:
    from subrescue.store.workspace.workspace import Workspace

EXERCISE = "EXERCISE"


@dataclass(frozen=True)
class ExportRequest:
    """One export; `as_of` is None for the registry as it stands at `now`."""

    path: Path
    selection: Selection
    language: str
    marking: str
    originator: str
    exercise: bool
    now: datetime
    as_of: datetime | None = None


def selection_of(kind: str | None, facets: Facets, keys: Iterable[Key]) -> Selection:
    """The entries that a table shows, and what narrowed it, for the title block of the product."""
    terms = [("filter_words", facets.words.strip())] if facets.words.strip() else []
    if facets.depth_m is not None:
        terms.append(("filter_depth", f"{facets.depth_m:g}"))
        if facets.or_unknown:
            terms.append(("filter_or_unknown", ""))
    if facets.age is not None:
        terms.append(("filter_age", facets.age.value))
    return Selection(
        (kind,) if kind is not None else (),
        (facets.nation,) if facets.nation is not None else (),
        (facets.state,) if facets.state is not None else (),
        tuple(keys),
        tuple(terms),
    )


def proposed_name(kind: str | None, nation: str | None, at: datetime, suffix: str, exercise: bool) -> str:
    """A name that says what is in the file: `EXERCISE-registry-ship-NO-20261126-0805Z.xlsx`."""
    parts = [EXERCISE if exercise else "", "registry", kind or "assets", nation or ""]
    return "-".join([*filter(None, parts), f"{at.astimezone(UTC):%Y%m%d-%H%MZ}"]) + suffix


def write(request: ExportRequest, registry: Registry, workspace: Workspace | None, tick: Tick) -> int:
    """Write the product and return how many entries it has; what is cancelled, or fails, leaves no file behind.

    Raises InputError for a selection that fits nothing, a text that cannot stand on a product, and a file that cannot
    be written.
    """
    suffix = request.path.suffix.lower()
    if suffix not in SUFFIXES:
        allowed = f"allowed are {', '.join(SUFFIXES)}"
        raise InputError(Problem("", f"the ending '{request.path.suffix}'", allowed, file=request.path.name))
    if request.as_of is not None and workspace is not None:
        registry = workspace.registry_as_of(request.as_of)
    tick(0, 3)
    made = product(
        registry,
        request.selection,
        language=request.language,
        marking=checked_text("marking", request.marking),
        originator=checked_text("originator", request.originator),
        as_of=request.as_of or request.now,
        exercise=request.exercise,
    )
    tick(1, 3)
    content = to_file(made, suffix)
    tick(2, 3)
    write_atomically(request.path, content)
    return made.count
