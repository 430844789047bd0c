"""The group of commands `subrescue places`: search, show, near, road."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.options import (
    NUMBERS_MAY_BE_NEGATIVE,
    OutputOption,
    TableFormat,
    TableFormatOption,
    TextFormat,
    TextFormatOption,
    number,
)

places_app = typer.Typer(
    help="Airfields with every runway, ports, naval bases, passages and berths; what is near; roads.",
    no_args_is_help=True,
)


class SearchKind(StrEnum):
    """Kinds of places."""

    AIRFIELD = "airfield"
    PORT = "port"
    NAVAL_BASE = "naval_base"
    PASSAGE = "passage"
    BERTH = "berth"


class NearKind(StrEnum):
    """Kinds of places that are asked for by distance."""

    AIRFIELD = "airfield"
    PORT = "port"
    NAVAL_BASE = "naval_base"


CountOption = Annotated[
    int, number("--count", "-n", whole=True, least=1, most=500, metavar="N", help="At most so many, 1 to 500.")
]


@places_app.command("search")
@console.told
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Name, code, alias, nation; accents and Cyrillic as you like.")
    ],
    kind: Annotated[SearchKind | None, typer.Option("--kind", help="One kind; else all.")] = None,
    count: CountOption = 20,
    format_: TableFormatOption = TableFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """Places that fit a text, the best first. Exit code 1 where none does."""
    from subrescue.cli import places

    places.search(" ".join(words), kind.value if kind else None, count, format_.value, output)


@places_app.command("show")
@console.told
def show(
    place: Annotated[str, typer.Argument(metavar="ID", help="Id, ICAO, IATA or UN/LOCODE; kind:ID for one kind.")],
    format_: TableFormatOption = TableFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """All that is known of a place: every runway of an airfield, names and source of a port."""
    from subrescue.cli import places

    places.show(place, format_.value, output)


@places_app.command("near", context_settings=NUMBERS_MAY_BE_NEGATIVE)
@console.told
def near(
    position: Annotated[list[str], typer.Argument(metavar="POSITION", help="In any notation, or a place.")],
    kind: Annotated[NearKind | None, typer.Option("--kind", help="One kind; else each of them.")] = None,
    runway_m: Annotated[
        float, number("--runway-m", unit="metres", least=0, metavar="N", help="Least runway length.")
    ] = 0.0,
    width_m: Annotated[
        float, number("--width-m", unit="metres", least=0, metavar="N", help="Least runway width.")
    ] = 0.0,
    paved: Annotated[bool, typer.Option("--paved", help="Asphalt or concrete only.")] = False,
    certain: Annotated[
        bool, typer.Option("--certain", help="Leave out runways whose width or surface is not known.")
    ] = False,
    same_land: Annotated[bool, typer.Option("--same-land", help="Only what a lorry can reach from there.")] = False,
    count: CountOption = 5,
    format_: TableFormatOption = TableFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """The nearest airfields with a runway that suits, seaports and naval bases, with distance and bearing."""
    from subrescue.cli import places
    from subrescue.earth.places.near import RunwayNeed

    need = RunwayNeed(length_m=runway_m, width_m=width_m, paved=paved, certain=certain)
    where = console.joined(position)
    places.near(where, kind.value if kind else None, need, count, same_land, format_.value, output)


@places_app.command("road", context_settings=NUMBERS_MAY_BE_NEGATIVE)
@console.told
def road(
    start: Annotated[str, typer.Argument(metavar="A", help="A position or the name of a place.")],
    end: Annotated[str, typer.Argument(metavar="B", help="A position or the name of a place.")],
    format_: TextFormatOption = TextFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """The road between two places of one landmass, by geodesic and detour factor. Exit code 1 across water."""
    from subrescue.cli import places

    places.road(start, end, format_.value, output)
