"""The command `route`: sea ways; it loads what it needs when it is called."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.options import OutputOption


class RouteFormat(StrEnum):
    """How a sea route is written."""

    TEXT = "text"
    JSON = "json"
    GEOJSON = "geojson"


@console.told
def route(
    start_: Annotated[str, typer.Argument(metavar="FROM", help="A position or the name of a port.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A position or the name of a port.")],
    close: Annotated[
        list[str] | None,
        typer.Option("--close", metavar="NAMES", help="Canals and straits that may not be used: suez,kiel."),
    ] = None,
    format_: Annotated[RouteFormat, typer.Option("--format", help="How to write it.")] = RouteFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """The shortest sea route between two places, with its passages. Exit code 1 where there is none."""
    from subrescue.cli import routes

    routes.route(start_, end, close or [], format_.value, output)
