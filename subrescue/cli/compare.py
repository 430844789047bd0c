"""The command `compare`: two responses, or two options of one, and what differs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from subrescue.cli import console
from subrescue.cli.option_groups import Draws, Wishes
from subrescue.cli.what_ifs import Desk, asset_of_plan, checked_case, with_doubts
from subrescue.domain.case import Case
from subrescue.domain.difference import Difference
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.response import Response
from subrescue.exchange.wording import say
from subrescue.store.files import is_file


def cases(
    name: str, other: str | None, desk: Desk, wishes: Wishes, draws: Draws, form: str, output: Path | None
) -> None:
    """Write what differs between two cases, the second with the changes; without a second the first is changed.

    Raises InputError where there is nothing to compare, and where one is an exercise and the other real.
    """
    from subrescue.planning.questions.difference import difference

    if other is not None and is_what_if(other):
        wishes, other = replace(wishes, file=Path(other)), None
    if other is None and wishes == Wishes():
        allowed = "a second case, or a change is needed: compare kursk-2000 --set dissub.depth_m=300"
        raise InputError(Problem("compare", "one case", allowed))
    before, _, told = checked_case(name, Wishes(), desk)
    after, what_if, doubts = checked_case(name if other is None else other, wishes, desk, told)
    if before.kind is not after.kind:
        raise InputError(
            Problem("compare", f"{before.kind.value} and {after.kind.value}", "exercise and real never mix")
        )
    found = difference(
        _planned(before, desk, draws), _planned(after, desk, draws), what_if if what_if.changes else None
    )
    _emit(found, (before, after), tuple(dict.fromkeys((*told, *doubts))), form, output)


def is_what_if(text: str) -> bool:
    """Whether the second thing to compare is a file of changes and no case: a file that does not end in .toml."""
    path = Path(text)
    return is_file(path) and path.suffix.lower() != ".toml"


def options(
    name: str,
    other: str | None,
    assets: tuple[str, str],
    desk: Desk,
    wishes: Wishes,
    draws: Draws,
    form: str,
    output: Path | None,
) -> None:
    """Write two options of one case, or of its what-if, side by side.

    Raises InputError for an asset that the response does not hold, and where a second case is given.
    """
    from subrescue.planning.questions.difference import option_difference

    if other is not None:
        raise InputError(Problem("--options", f"the second case '{other}'", "the two options are of one case"))
    case, what_if, doubts = checked_case(name, wishes, desk)
    wanted = [asset_of_plan(asset, case, desk.registry, "--options") for asset in assets]
    response = _planned(case, desk, draws)
    ranked = {option.asset_id: (rank, option) for rank, option in enumerate(response.options, start=1)}
    if not ranked:
        raise console.CannotError("; ".join(say(finding) for finding in response.findings))
    one, two = (ranked[asset] for asset in wanted)
    pair = option_difference(one, two)
    if form == "json":
        found = Difference(
            what_if=what_if if what_if.changes else None, before=response, after=response, options=(pair,)
        )
        _emit(found, (case, case), doubts, form, output)
        return
    from subrescue.exchange.difference_text import options_table

    text = options_table(pair, case, console.screen(output))
    console.emit(with_doubts(text, doubts, output), output)


def _planned(case: Case, desk: Desk, draws: Draws) -> Response:
    from subrescue.planning.answer.respond import plan

    return plan(case, desk.registry, desk.assumptions, desk.world, seed=draws.seed, samples=draws.samples, paths=False)


def _emit(
    found: Difference, both: tuple[Case, Case], doubts: Collection[Problem], form: str, output: Path | None
) -> None:
    if form == "json":
        from subrescue.exchange.difference_json import difference_to_json

        console.emit(difference_to_json(found, both), output, form)
        return
    from subrescue.exchange.difference_text import difference_table

    text = difference_table(found, both, console.screen(output))
    console.emit(with_doubts(text, doubts, output), output)
