"""The commands `depth`, `environment` and `where`: what is known of a place; each loads what it needs when called."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.options import Language, OutputOption, PositiveOption, TextFormat, TextFormatOption, number


class PositionNotation(StrEnum):
    """Notations of a position."""

    DD = "dd"
    DM = "dm"
    DMS = "dms"
    MGRS = "mgrs"
    UTM = "utm"
    UPS = "ups"


@console.told
def depth(
    position: Annotated[list[str], typer.Argument(metavar="POSITION", help="In any notation, or a port.")],
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="FILE",
            help="A grid (netCDF: GEBCO, ETOPO) or chart (S-57, .000) to ask; may be repeated. Those loaded on this "
            "machine are then not asked. 'shipped': only the grid that travels along.",
        ),
    ] = None,
    positive: PositiveOption = None,
    format_: TextFormatOption = TextFormat.TEXT,
) -> None:
    """The depth of the sea with its band and source, slope, distance to shore. Exit code 1 on land."""
    from subrescue.cli import earth

    earth.depth(console.joined(position), source or [], positive.value if positive else None, format_.value)


@console.told
def environment(
    position: Annotated[list[str], typer.Argument(metavar="POSITION", help="In any notation, or a port.")],
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="2026-11-23T14:07Z; now where it is not given.")
    ] = None,
    depth_m: Annotated[
        float | None,
        number(
            "--depth", unit="metres", least=0, most=11_000, metavar="M", help="Also the water at this depth, in metres."
        ),
    ] = None,
    format_: TextFormatOption = TextFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Sun and twilight, and the usual temperatures and wind at a place and time of year. Exit code 1 on land."""
    from subrescue.cli import environment as command

    command.environment(console.joined(position), at, depth_m, format_.value, output)


@console.told
def where(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A position in any notation, or a place.")],
    format_: TextFormatOption = TextFormat.TEXT,
    notation: Annotated[
        PositionNotation | None, typer.Option("--notation", help="This notation alone; else all of them.")
    ] = None,
    decimals: Annotated[
        int | None,
        number("--decimals", whole=True, metavar="N", help="Of the last unit, with --notation; on grids -2 is 100 m."),
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="Hemispheres and decimal sign.")] = Language.EN,
    output: OutputOption = None,
) -> None:
    """A position in every notation: DD, DM, DMS, MGRS, and UTM or, near the poles, UPS.

    An MGRS reference is read as the middle of its square. What has two readings is refused with both.
    """
    from subrescue.cli import earth

    earth.where(
        console.joined(text), format_.value, notation.value if notation else None, decimals, language.value, output
    )
