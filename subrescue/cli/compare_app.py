"""The command `compare` as it is typed: two cases, a case and a what-if, or two options of one case."""

from __future__ import annotations

from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Draws, Where, Wishes, grouped
from subrescue.cli.options import OutputOption, TextFormat, TextFormatOption


@console.told
@grouped
def compare(
    case: Annotated[str, typer.Argument(metavar="A", help="A case file, or the name of a shipped case: kursk-2000.")],
    other: Annotated[
        str | None, typer.Argument(metavar="[B]", help="Another case, or a file of changes to the first.")
    ] = None,
    options: Annotated[
        tuple[str, str] | None,
        typer.Option("--options", metavar="ASSET ASSET", help="Two assets of one case, phase by phase: nsrs urf."),
    ] = None,
    format_: TextFormatOption = TextFormat.TEXT,
    output: OutputOption = None,
    *,
    wishes: Wishes,
    draws: Draws,
    where: Where,
) -> None:
    """What differs between two cases, or a case and a what-if: rank, verdict, hours, chances, gates, phases.

    The changes are made to B, or to A where there is no B: `compare kursk-2000 --set dissub.depth_m=300`. A file of
    changes is a text file with one a line, as `what if:` prints them: `set KEY=VALUE`, `without`, `close`, `open`,
    `move`, `accept`, `ask`.
    """
    from subrescue.cli import compare as command
    from subrescue.cli import desk, planning

    registry = desk.registry(where)
    stands_on = planning.desk_of(registry, [], None)
    if options is not None:
        command.options(case, other, options, stands_on, wishes, draws, format_.value, output)
    else:
        command.cases(case, other, stands_on, wishes, draws, format_.value, output)
