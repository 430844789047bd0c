"""The command `why`: why an option takes as long as it does, and what would change that most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Draws, Where, Wishes, grouped
from subrescue.cli.options import CaseArgument, OutputOption, TextFormat, TextFormatOption

if TYPE_CHECKING:
    from pathlib import Path

    from subrescue.cli.what_ifs import Desk


@console.told
@grouped
def why(
    case: CaseArgument,
    asset: Annotated[str, typer.Argument(metavar="ASSET", help="An asset by id, name or a word of its id: nsrs.")],
    format_: TextFormatOption = TextFormat.TEXT,
    output: OutputOption = None,
    *,
    wishes: Wishes,
    draws: Draws,
    where: Where,
) -> None:
    """Why an asset takes as long as it does: slack and worth of each phase, assumptions and unknown facts that matter.

    Exit code 1 where the asset has no way to the datum.
    """
    from subrescue.cli import desk, planning

    registry = desk.registry(where)
    stands_on = planning.desk_of(registry, [], None)
    _explained(case, asset, stands_on, wishes, draws, format_, output)


def _explained(
    name: str,
    asset: str,
    stands_on: Desk,
    wishes: Wishes,
    draws: Draws,
    form: TextFormat,
    output: Path | None,
) -> None:
    from subrescue.cli.what_ifs import asset_of_plan, checked_case, with_doubts
    from subrescue.planning.questions.why import asset_names
    from subrescue.planning.questions.why import why as explain

    case, what_if, doubts = checked_case(name, wishes, stands_on)
    wanted = asset_of_plan(asset, case, stands_on.registry, "asset")
    found = explain(
        case,
        stands_on.registry,
        stands_on.assumptions,
        stands_on.world,
        wanted,
        seed=draws.seed,
        samples=draws.samples,
    )
    if found is None:
        raise console.CannotError(f"{dict(asset_names(case, stands_on.registry))[wanted]} has no way to the datum")
    if form is TextFormat.JSON:
        from subrescue.exchange.explanation_json import explanation_to_json

        console.emit(explanation_to_json(found, case, what_if), output, form)
        return
    from subrescue.exchange.explanation_text import explanation_table

    text = explanation_table(found, case, what_if, console.screen(output))
    console.emit(with_doubts(text, doubts, output), output)
