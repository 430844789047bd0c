"""The commands of `subrescue`; each loads what it needs when it is called, so that `--help` is quick."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from subrescue.cli import console

app = typer.Typer(
    name="subrescue",
    help="Which national assets can reach a distressed submarine, and in what time. Without a command: the window.",
    epilog="Exit codes: 0 fine, 1 cannot (no route, no asset that can), 2 wrong use or input.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
assets_app = typer.Typer(help="What the registry holds, with its sources.", no_args_is_help=True)
app.add_typer(assets_app, name="assets")

_NUMBERS_MAY_BE_NEGATIVE = {"ignore_unknown_options": True}
"""So that `subrescue depth -7.8 114.8` is a position and no option."""


class PlanFormat(StrEnum):
    """How a response is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


class ListFormat(StrEnum):
    """How assets are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class RouteFormat(StrEnum):
    """How a sea route is written."""

    TEXT = "text"
    JSON = "json"
    GEOJSON = "geojson"


class AssetKind(StrEnum):
    """Kinds of entries of the registry."""

    RESCUE_SYSTEM = "rescue_system"
    INTERVENTION_SYSTEM = "intervention_system"
    SHIP = "ship"
    AIRCRAFT_FLEET = "aircraft_fleet"
    AIRCRAFT_TYPE = "aircraft_type"
    SUBMARINE_CLASS = "submarine_class"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case file, or the name of a shipped case: kursk-2000.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, in one step.")
]
CloseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--close",
        metavar="NAMES",
        help="Canals and straits that may not be used, by id or name in English, French or Russian: suez,kiel,Босфор.",
    ),
]


def _metres(name: str, what: str) -> Any:
    return typer.Option(name, metavar="M", help=f"{what} of the ship in metres: what she does not fit is closed.")


def _version(wanted: bool) -> None:
    if wanted:
        import subrescue

        typer.echo(f"subrescue {subrescue.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
@console.told
def start(
    context: typer.Context,
    _show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Start the window where no command is given."""
    if context.invoked_subcommand is None:
        from subrescue.cli import pictures

        raise typer.Exit(pictures.window(None))


@app.command("open")
@console.told
def open_case(case: CaseArgument) -> None:
    """Open a case in the window."""
    from subrescue.cli import pictures
    from subrescue.store.cases import find_case, read_case

    path = find_case(case)
    read_case(path)
    raise typer.Exit(pictures.window(path))


@app.command()
@console.told
def plan(
    case: CaseArgument,
    format_: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to write it.")] = PlanFormat.TABLE,
    output: OutputOption = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="Plan as if help was asked for then: 2026-11-23T14:07Z."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Change a field of the case (dissub.depth_m=200) or an assumption (fit_out.certified_h=8/12/18); "
            "may be repeated.",
        ),
    ] = None,
) -> None:
    """The response to a case: which assets can reach the submarine, and in what time. Exit code 1 where none can."""
    from subrescue.cli import planning

    raise typer.Exit(planning.plan(case, format_.value, output, at, settings or []))


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
@console.told
def route(
    start_: Annotated[str, typer.Argument(metavar="FROM", help="A position or the name of a port.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="A position or the name of a port.")],
    close: CloseOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="What closing each passage would cost, and the best other way.")
    ] = False,
    ship: Annotated[
        str | None, typer.Option("--ship", metavar="ID", help="A ship of the registry: its size and speed.")
    ] = None,
    draught: Annotated[float | None, _metres("--draught", "Draught")] = None,
    beam: Annotated[float | None, _metres("--beam", "Greatest beam")] = None,
    length: Annotated[float | None, _metres("--length", "Length over all")] = None,
    air_draught: Annotated[float | None, _metres("--air-draught", "Height above the water")] = None,
    speed: Annotated[
        float | None, typer.Option("--speed", metavar="KN", help="Speed in calm water: hours are then given.")
    ] = None,
    wave: Annotated[
        float | None, typer.Option("--wave-m", metavar="M", help="Significant wave height on the way: slows the ship.")
    ] = None,
    wave_from: Annotated[
        float | None, typer.Option("--wave-from", metavar="DEG", help="Where the waves come from, true.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When she sails, for the ice season: 2026-11-23T14:07Z.")
    ] = None,
    format_: Annotated[RouteFormat, typer.Option("--format", help="How to write it.")] = RouteFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """The shortest sea route between two places, with its passages. Exit code 1 where there is none.

    A ship that is known to be too large for a passage goes another way. With --speed or --ship the hours are given
    item by item: open water, slowed by the sea, and canals with their waiting.
    """
    from subrescue.cli import routes

    asked = routes.Asked(
        close=tuple(close or ()), explain=explain, ship=ship, draught_m=draught, beam_m=beam, length_m=length,
        air_draught_m=air_draught, speed_kn=speed, wave_m=wave, wave_from_deg=wave_from, at=at,
    )  # fmt: skip
    routes.route(start_, end, asked, format_.value, output)


@app.command()
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
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT.csv", help="Write to this file, in one step.")
    ] = None,
    close: CloseOption = None,
) -> None:
    """Sea distances for a table of pairs, of any length: adds distance_nm, via and status, keeps all other columns.

    Exit code 0 where every row was answered or refused with a reason, 2 where rows could not be read: they stand in
    the output with the reason, and standard error counts and names them.
    """
    from subrescue.cli import distances as command

    raise typer.Exit(command.distances(table, output, close or []))


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
@console.told
def depth(
    position: Annotated[list[str], typer.Argument(metavar="POSITION", help="In any notation, or a port.")],
) -> None:
    """The depth of the sea as the chart estimates it, with its band. Exit code 1 on land."""
    from subrescue.cli import earth

    earth.depth(console.joined(position))


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
@console.told
def where(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A position in any notation, or a place.")],
) -> None:
    """A position in every notation: DD, DM, DMS, MGRS, UTM."""
    from subrescue.cli import earth

    earth.where(console.joined(text))


@assets_app.command("list")
@console.told
def list_assets(
    nation: Annotated[str | None, typer.Option("--nation", metavar="XX", help="Two letters, ISO 3166.")] = None,
    kind: Annotated[AssetKind | None, typer.Option("--kind", help="One kind; else all assets.")] = None,
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")] = ListFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """The assets of the registry, of one nation or kind."""
    from subrescue.cli import assets

    assets.listed(nation, kind.value if kind else None, format_.value, output)


@assets_app.command("show")
@console.told
def show_asset(
    asset: Annotated[
        str, typer.Argument(metavar="ID", help="Id or full name of an asset, aircraft type or submarine class.")
    ],
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")] = ListFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """All that is known of one asset, each fact with its sources."""
    from subrescue.cli import assets

    assets.shown(asset, format_.value, output)


@app.command()
@console.told
def picture(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.png", help="The picture to write.")],
    window: Annotated[bool, typer.Option("--window", help="The whole window instead of the map.")] = False,
    size: Annotated[str, typer.Option("--size", metavar="WxH", help="Pixels.")] = "1600x1000",
) -> None:
    """The map of a case as a PNG picture, without a screen."""
    from subrescue.cli import pictures

    pictures.picture(case, output, window, size)


def run() -> None:
    """Run the command line; the entry point of `subrescue`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="subrescue")
