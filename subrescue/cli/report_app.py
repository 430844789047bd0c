"""The command `report`: response, map and timeline of a case as PDF for paper, with title block and marking."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Draws, Where, Wishes, grouped
from subrescue.cli.options import CaseArgument, Language
from subrescue.exchange.exports.marks import MARKING, ORIGINATOR


class PaperSize(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


@console.told
@grouped
def report(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.pdf", help="The file to write, in one step.")],
    paper: Annotated[PaperSize, typer.Option("--paper", help="Size of paper.")] = PaperSize.A4,
    language: Annotated[Language, typer.Option("--language", help="Language of the report.")] = Language.EN,
    marking: Annotated[
        str, typer.Option("--marking", metavar="TEXT", help="Classification or release marking of the report.")
    ] = MARKING,
    originator: Annotated[str, typer.Option("--originator", metavar="TEXT", help="Who makes the report.")] = ORIGINATOR,
    log: Annotated[bool, typer.Option("--log", help="The log of the case too.")] = False,
    asset: Annotated[
        str | None,
        typer.Option("--asset", metavar="ASSET", help="Whose way, phases and sorties are shown: nsrs; else the best."),
    ] = None,
    *,
    wishes: Wishes,
    draws: Draws,
    where: Where,
) -> None:
    """Response, map and timeline of a case as PDF, each page marked, without a screen. The numbers are those of `plan`.

    Exit code 1 where no asset can.
    """
    from subrescue.cli import desk, planning, reports

    reports.refuse_ending(output)
    registry = desk.registry(where)
    asked = reports.Asked(paper.value, language.value, marking, originator, log, asset, desk.then(where.as_of))
    raise typer.Exit(reports.report(case, planning.desk_of(registry, [], None), wishes, draws, asked, output))
