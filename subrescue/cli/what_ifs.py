"""What the command line changes of a case before it is planned: `--set`, `--without`, `--close` and their like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from subrescue.cli import console
from subrescue.cli.option_groups import Wishes
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.domain.what_if import WhatIf
from subrescue.earth.world import World
from subrescue.store.cases import find_case, read_case
from subrescue.store.checks import check_case, refuse
from subrescue.store.what_if import Names, applied, asset_id, read_what_if_file, what_if_of


@dataclass(frozen=True)
class Desk:
    """What cases are planned with."""

    registry: Registry
    assumptions: Assumptions
    world: World


def checked_case(
    name: str, wishes: Wishes, desk: Desk, told: Collection[Problem] = ()
) -> tuple[Case, WhatIf, list[Problem]]:
    """Read a case, make the changes and hold it against registry and earth; doubts go to stderr but for those `told`.

    Returns the case, the changes and the doubts.

    Raises InputError with every fault that forbids it.
    """
    path = find_case(name)
    case = read_case(path)
    names = Names(case, desk.registry, desk.assumptions, desk.world)
    filed = read_what_if_file(wishes.file, names) if wishes.file is not None else WhatIf()
    what_if = WhatIf(changes=(*filed.changes, *what_if_of(wishes.parts(), names).changes))
    changed = _applied(case, what_if, filed, wishes.file, names)
    # Lines are those of the file, which a changed case no longer is.
    found = check_case(changed, desk.registry, desk.world, desk.assumptions, path=path if changed == case else None)
    doubts = refuse(found)
    known = {(problem.field, problem.found) for problem in told}
    console.warn(problem for problem in doubts if (problem.field, problem.found) not in known)
    return changed, what_if, doubts


def with_doubts(text: str, doubts: Collection[Problem], output: Path | None) -> str:
    """A text for people with the doubts of its case on top where it goes into a file: who reads that has no stderr."""
    return "".join(f"warning: {doubt}\n" for doubt in doubts if output is not None) + text


def _applied(case: Case, what_if: WhatIf, filed: WhatIf, file: Path | None, names: Names) -> Case:
    """The case with all changes; a value that is not allowed is told with the file that has it."""
    try:
        return applied(case, what_if, names)
    except InputError:
        try:
            applied(case, filed, names)
        except InputError as error:
            raise InputError([replace(problem, file=str(file)) for problem in error.problems]) from None
        raise


def asset_of_plan(text: str, case: Case, registry: Registry, field: str) -> str:
    """The id of the asset of a plan that a text means.

    Raises InputError where it means none or several; what only brings others, an aircraft or a ship without gear, is
    told from what nobody knows.
    """
    from subrescue.planning.questions.why import asset_names

    known = asset_names(case, registry)
    try:
        return asset_id(text, known, field)
    except InputError:
        ids = {one for one, _ in known}
        others = [(asset.id, asset.name) for asset in registry.of_the_day(case).assets() if asset.id not in ids]
        name = next((full for one, full in others if text.casefold() in (one.casefold(), full.casefold())), None)
        if name is None:
            raise
        allowed = "a rescue or intervention system, or a ship that carries one, is needed"
        raise InputError(Problem(field, f"'{text}', {name}, which has no option of its own", allowed)) from None
