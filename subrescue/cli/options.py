"""What several commands share: options, arguments and their formats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, in one step.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change a field of the case (dissub.depth_m=200) or an assumption (ship.charter_h=6/12/24); "
        "may be repeated.",
    ),
]
WhatIfOption = Annotated[
    Path | None,
    typer.Option("--what-if", metavar="FILE", help="A text file of changes, one a line: close suez, without lr5 ..."),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Plan as if help was asked for then: 2026-11-23T14:07Z."),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="ASSET",
        help="Leave out an asset, ship or fleet (lr5), or a nation's own (RU); repeatable.",
    ),
]
CloseOption = Annotated[
    list[str] | None,
    typer.Option("--close", metavar="PLACE", help="Close an airfield (ENVA), passage (suez) or port; repeatable."),
]
OpenOption = Annotated[
    list[str] | None,
    typer.Option("--open", metavar="PLACE", help="Open an airfield, passage or port that the case closes; repeatable."),
]
MoveOption = Annotated[
    list[str] | None,
    typer.Option("--move", metavar="SHIP=POSITION", help="Have a ship somewhere else; repeatable."),
]
AcceptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="ASSET=WHEN",
        help="Accept an asset and tell it to go, hours after the alert (gb-nsrs=6h) or at a time; repeatable.",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws behind every P10, P50 and P90.")]
SamplesOption = Annotated[
    int, typer.Option("--samples", min=100, max=100_000, help="Draws behind every P10, P50 and P90.")
]
