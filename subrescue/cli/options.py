"""What several commands share: options, arguments and their formats."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from subrescue.domain.errors import Problem

NUMBERS_MAY_BE_NEGATIVE = {"ignore_unknown_options": True}
"""So that `subrescue depth -7.8 114.8` is a position and no option."""


class TextFormat(StrEnum):
    """How an answer is written that is a text or JSON."""

    TEXT = "text"
    JSON = "json"


class TableFormat(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Language(StrEnum):
    """Languages of headings, reports and positions."""

    EN = "en"
    FR = "fr"
    RU = "ru"


class Positive(StrEnum):
    """Which way a grid counts: heights are positive up, depths down."""

    UP = "up"
    DOWN = "down"


def number(*names: str, whole: bool = False, least: float = -math.inf, most: float = math.inf, unit: str = "",
           **more: Any) -> Any:  # fmt: skip
    """An option of one finite number between bounds; else it is refused with what was found and what is allowed."""
    allowed = ("a whole number" if whole else "a number") + (f" of {unit}" if unit else "")
    if least > -math.inf:
        allowed += f" from {least:,g}" + (f" to {most:,g}" if most < math.inf else "")

    def read(text: Any) -> float:
        try:
            value = (int if whole else float)("" if "_" in str(text) else text)
        except (ValueError, OverflowError):
            value = math.nan
        if not least <= value <= most or value in (math.inf, -math.inf):
            from subrescue.store.validation import shown

            raise typer.BadParameter(str(Problem("", shown(text), f"{allowed} is needed")))
        return value

    return typer.Option(*names, parser=read, **more)


PositiveOption = Annotated[
    Positive | None,
    typer.Option("--positive", help="Which way a grid counts, where its file does not say."),
]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="FILE",
        help="The file of a workspace; `default`: your own one; to read, `shipped`: the registry that travels along.",
    ),
]
UrlOption = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="A workspace by URL: postgresql://host/name.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As a workspace stood then: 2026-11-23T14:07Z."),
]
TableFormatOption = Annotated[TableFormat, typer.Option("--format", "-f", help="How to write it.")]
TextFormatOption = Annotated[TextFormat, typer.Option("--format", "-f", help="How to write it.")]
CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case file, or the name of a shipped case: kursk-2000.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, in one step.")
]
