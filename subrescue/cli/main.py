"""The commands of `subrescue`; each loads what it needs when it is called, so that `--help` is quick."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

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
depths_app = typer.Typer(
    help="Grids (GEBCO, ETOPO) and charts (S-57) of yours that answer for depths, remembered on this machine.",
    no_args_is_help=True,
)
app.add_typer(depths_app, name="depth-sources")

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


class DepthFormat(StrEnum):
    """How a depth is written."""

    TEXT = "text"
    JSON = "json"


class EnvironmentFormat(StrEnum):
    """How sun, air and sea are written."""

    TEXT = "text"
    JSON = "json"


class Positive(StrEnum):
    """Which way a grid counts: heights are positive up, depths down."""

    UP = "up"
    DOWN = "down"


class WhereFormat(StrEnum):
    """How a position is written."""

    TEXT = "text"
    JSON = "json"


class PositionNotation(StrEnum):
    """Notations of a position."""

    DD = "dd"
    DM = "dm"
    DMS = "dms"
    MGRS = "mgrs"
    UTM = "utm"
    UPS = "ups"


class PositionLanguage(StrEnum):
    """Languages of the hemispheres."""

    EN = "en"
    FR = "fr"
    RU = "ru"


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
PositiveOption = Annotated[
    Positive | None,
    typer.Option("--positive", help="Which way a grid counts, where its file does not say."),
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, in one step.")
]


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
    depth_source: Annotated[
        list[str] | None,
        typer.Option(
            "--depth-source",
            metavar="FILE",
            help="A grid (netCDF) or chart (S-57) to take depths from; may be repeated. Those loaded on this "
            "machine are then not asked. 'shipped': only the grid that travels along.",
        ),
    ] = None,
    positive: PositiveOption = None,
) -> None:
    """The response to a case: which assets can reach the submarine, and in what time. Exit code 1 where none can."""
    from subrescue.cli import planning

    raise typer.Exit(
        planning.plan(
            case, format_.value, output, at, settings or [], depth_source or [], positive.value if positive else None
        )
    )


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
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


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
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
    format_: Annotated[DepthFormat, typer.Option("--format", help="How to write it.")] = DepthFormat.TEXT,
) -> None:
    """The depth of the sea with its band and source, slope, distance to shore. Exit code 1 on land."""
    from subrescue.cli import earth

    earth.depth(console.joined(position), source or [], positive.value if positive else None, format_.value)


@depths_app.command("list")
@console.told
def list_depth_sources() -> None:
    """The sources in the order in which they are asked."""
    from subrescue.cli import depths

    depths.listed()


@depths_app.command("add")
@console.told
def add_depth_sources(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Grids (netCDF) and charts (S-57, .000).")],
    positive: PositiveOption = None,
) -> None:
    """Load files for good: the window, depth and plan ask them before the grid that travels along."""
    from subrescue.cli import depths

    depths.add(files, positive.value if positive else None)


@depths_app.command("forget")
@console.told
def forget_depth_sources(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Which; all without one.")] = None,
) -> None:
    """Forget files that were loaded, or all of them; the files stay."""
    from subrescue.cli import depths

    depths.forget(files or [])


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
@console.told
def environment(
    position: Annotated[list[str], typer.Argument(metavar="POSITION", help="In any notation, or a port.")],
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="2026-11-23T14:07Z; now where it is not given.")
    ] = None,
    depth_m: Annotated[
        float | None, typer.Option("--depth", metavar="M", help="Also the water at this depth, in metres.")
    ] = None,
    format_: Annotated[
        EnvironmentFormat, typer.Option("--format", "-f", help="How to write it.")
    ] = EnvironmentFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Sun and twilight, and the usual temperatures and wind at a place and time of year. Exit code 1 on land."""
    from subrescue.cli import environment as command

    command.environment(console.joined(position), at, depth_m, format_.value, output)


@app.command(context_settings=_NUMBERS_MAY_BE_NEGATIVE)
@console.told
def where(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A position in any notation, or a place.")],
    format_: Annotated[WhereFormat, typer.Option("--format", help="How to write it.")] = WhereFormat.TEXT,
    notation: Annotated[
        PositionNotation | None, typer.Option("--notation", help="This notation alone; else all of them.")
    ] = None,
    decimals: Annotated[
        int | None,
        typer.Option("--decimals", metavar="N", help="Of the last unit, with --notation; on grids -2 is 100 m."),
    ] = None,
    language: Annotated[
        PositionLanguage, typer.Option("--language", help="Hemispheres and decimal sign.")
    ] = PositionLanguage.EN,
    output: OutputOption = None,
) -> None:
    """A position in every notation: DD, DM, DMS, MGRS, and UTM or, near the poles, UPS.

    An MGRS reference is read as the middle of its square. What has two readings is refused with both.
    """
    from subrescue.cli import earth

    earth.where(
        console.joined(text), format_.value, notation.value if notation else None, decimals, language.value, output
    )


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
