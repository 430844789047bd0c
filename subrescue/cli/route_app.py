"""The commands `route` and `distances`: sea ways; each loads what it needs when it is called."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import grouped
from subrescue.cli.options import OutputOption, number


class RouteFormat(StrEnum):
    """How a sea route is written."""

    TEXT = "text"
    JSON = "json"
    GEOJSON = "geojson"


CloseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--close",
        metavar="NAMES",
        help="Canals and straits that may not be used, by id or name in English, French or Russian: suez,kiel,Босфор.",
    ),
]


UseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--use",
        metavar="NAMES",
        help="Passages that may be used though no ship is named that fits: the Corinth, Cape Cod, Canso and "
        "Chesapeake and Delaware canals, which many ships do not take, the straits of Belle Isle, in ice for "
        "months, and Dmitry Laptev.",
    ),
]


def _metres(name: str, what: str) -> Any:
    closes = f"{what} of the ship in metres: what she does not fit is closed."
    return number(name, unit="metres", metavar="M", help=closes)


@dataclass(frozen=True)
class Asked:
    """What the options ask: passages closed and used by name, the ship, the sea, the time; None is not given."""

    close: CloseOption = None
    use: UseOption = None
    explain: Annotated[
        bool, typer.Option("--explain", help="What closing each passage would cost, and the best other way.")
    ] = False
    ship: Annotated[
        str | None, typer.Option("--ship", metavar="ID", help="A ship of the registry: its size and speed.")
    ] = None
    draught_m: Annotated[float | None, _metres("--draught", "Draught")] = None
    beam_m: Annotated[float | None, _metres("--beam", "Greatest beam")] = None
    length_m: Annotated[float | None, _metres("--length", "Length over all")] = None
    air_draught_m: Annotated[float | None, _metres("--air-draught", "Height above the water")] = None
    speed_kn: Annotated[
        float | None, number("--speed", unit="knots", metavar="KN", help="Speed in calm water: hours are then given.")
    ] = None
    wave_m: Annotated[
        float | None,
        number("--wave-m", unit="metres", metavar="M", help="Significant wave height on the way: slows the ship."),
    ] = None
    wave_from_deg: Annotated[
        float | None, number("--wave-from", unit="degrees", metavar="DEG", help="Where the waves come from, true.")
    ] = None
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When she sails, for the ice season: 2026-11-23T14:07Z.")
    ] = None


@console.told
@grouped
def route(
    start_: Annotated[str, typer.Argument(metavar="FROM", help="A position or the name of a port.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A position or the name of a port.")],
    *,
    asked: Asked,
    format_: Annotated[RouteFormat, typer.Option("--format", "-f", help="How to write it.")] = RouteFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """The shortest sea route between two places, with its passages. Exit code 1 where there is none.

    A ship that is known to be too large for a passage goes another way. With --speed or --ship the hours are given
    item by item: open water, slowed by the sea, and canals with their waiting.
    """
    from subrescue.cli import routes

    routes.route(start_, end, asked, format_.value, output)


@console.told
def distances(
    table: Annotated[
        str,
        typer.Argument(
            metavar="PAIRS.csv",
            help="A table with columns lat1, lon1, lat2, lon2, or from, to (names, or positions in any notation); - is "
            "stdin. Separator , or ; or tab; with ; a comma may be the decimal sign.",
        ),
    ],
    output: OutputOption = None,
    close: CloseOption = None,
    use: UseOption = None,
) -> None:
    """Sea distances for a table of pairs, of any length: adds distance_nm, via and status, keeps all other columns.

    Exit code 0 where every row was answered or refused with a reason, 2 where rows could not be read: they stand in
    the output with the reason, and standard error counts and names them.
    """
    from subrescue.cli import distances as command

    raise typer.Exit(command.distances(table, output, close or [], use or []))
