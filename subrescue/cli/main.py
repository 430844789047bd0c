"""The commands of `subrescue`; each loads what it needs when it is called, so that `--help` is quick."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import (
    asset_adding_app,
    asset_changes_app,
    compare_app,
    console,
    declarations_app,
    earth_commands,
    report_app,
    route_commands,
    why_app,
)
from subrescue.cli.depth_sources_app import depths_app
from subrescue.cli.option_groups import Draws, Where, Wishes, grouped
from subrescue.cli.options import (
    NUMBERS_MAY_BE_NEGATIVE,
    OutputOption,
    PositiveOption,
    TableFormat,
)
from subrescue.cli.places_app import places_app
from subrescue.cli.workspace_app import workspace_app
from subrescue.domain.choices import EntryKind
from subrescue.domain.errors import InputError, Problem

app = typer.Typer(
    name="subrescue",
    help="Which national assets can reach a distressed submarine, and in what time. Without a command: the window.",
    epilog="Exit codes: 0 fine, 1 cannot (no route, no asset that can), 2 wrong use or input, 130 Ctrl+C.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
assets_app = typer.Typer(help="What the registry holds, with its sources.", no_args_is_help=True)
app.add_typer(assets_app, name="assets")
app.add_typer(depths_app, name="depth-sources")
app.add_typer(places_app, name="places")
app.add_typer(workspace_app, name="workspace")


class PlanFormat(StrEnum):
    """How a response is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case file, or the name of a shipped case: kursk-2000.")
]


def _version(wanted: bool) -> None:
    if wanted:
        import subrescue

        typer.echo(f"subrescue {subrescue.__version__}")
        raise typer.Exit


ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="DIR",
        help="Keep preferences, session and workspace in this folder, apart from your own; it may be thrown away.",
    ),
]


@app.callback(invoke_without_command=True)
@console.told
def start(
    context: typer.Context,
    _show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    profile: ProfileOption = None,
) -> None:
    """Start the window where no command is given."""
    if profile is not None:
        from subrescue.store.user_folders import use_profile

        use_profile(profile)
    if context.invoked_subcommand is None:
        from subrescue.cli import pictures

        raise typer.Exit(pictures.window(None))


@app.command("open")
@console.told
def open_case(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="[CASE]",
            help="A case file, or the name of a shipped case: kursk-2000; without one, where you left off.",
        ),
    ] = None,
    profile: ProfileOption = None,
) -> None:
    """Open a case in the window."""
    from subrescue.cli import pictures
    from subrescue.store.cases import find_case, read_case
    from subrescue.store.user_folders import use_profile

    path = find_case(case) if case is not None else None
    if path is not None:
        read_case(path)
    if profile is not None:
        use_profile(profile)
    raise typer.Exit(pictures.window(path))


@app.command()
@console.told
@grouped
def plan(
    case: CaseArgument,
    format_: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to write it.")] = PlanFormat.TABLE,
    output: OutputOption = None,
    details: Annotated[
        str | None,
        typer.Option(
            metavar="ASSET", help="Only this asset (nsrs), with all its gates, phases and alternatives, as text."
        ),
    ] = None,
    *,
    wishes: Wishes,
    draws: Draws,
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
    where: Where,
) -> None:
    """The response to a case: which assets can reach the submarine, and in what time. Exit code 1 where none can.

    With --details one asset in full; exit code 1 where that one cannot.
    """
    from subrescue.cli import desk, planning

    registry = desk.registry(where)
    stands_on = planning.desk_of(registry, depth_source or [], positive.value if positive else None)
    if details is not None:
        if format_ is not PlanFormat.TABLE:
            allowed = "one asset is written as text alone"
            raise InputError(Problem("--format", f"{format_.value} beside --details", allowed))
        raise typer.Exit(planning.details(case, details, stands_on, wishes, draws, output))
    raise typer.Exit(planning.plan(case, stands_on, wishes, draws, format_.value, output))


app.command()(compare_app.compare)
app.command()(why_app.why)
app.command()(report_app.report)
app.command(context_settings=NUMBERS_MAY_BE_NEGATIVE)(route_commands.route)
app.command()(route_commands.distances)
for _command in (earth_commands.depth, earth_commands.environment, earth_commands.where):
    app.command(context_settings=NUMBERS_MAY_BE_NEGATIVE)(_command)


@assets_app.command("list")
@console.told
@grouped
def list_assets(
    nation: Annotated[str | None, typer.Option("--nation", metavar="XX", help="Two letters, ISO 3166.")] = None,
    kind: Annotated[EntryKind | None, typer.Option("--kind", help="One kind; else all assets.")] = None,
    format_: Annotated[TableFormat, typer.Option("--format", "-f", help="How to write it.")] = TableFormat.TABLE,
    output: OutputOption = None,
    *,
    where: Where,
) -> None:
    """The assets of the registry, of one nation or kind; of your own workspace where you have one."""
    from subrescue.cli import assets, desk

    registry = desk.registry(where)
    assets.listed(registry, nation, kind.value if kind else None, format_.value, output)


@assets_app.command("show")
@console.told
@grouped
def show_asset(
    asset: Annotated[
        str, typer.Argument(metavar="ID", help="Id or full name of an asset, aircraft type or submarine class.")
    ],
    format_: Annotated[TableFormat, typer.Option("--format", "-f", help="How to write it.")] = TableFormat.TABLE,
    output: OutputOption = None,
    *,
    where: Where,
) -> None:
    """All that is known of one asset, each fact with its sources; in your own workspace where you have one."""
    from subrescue.cli import assets, desk

    registry = desk.registry(where)
    assets.shown(registry, asset, format_.value, output, desk.then(where.as_of))


asset_adding_app.add_to(assets_app)
asset_changes_app.add_to(assets_app)
declarations_app.add_to(assets_app)


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
    try:
        app(prog_name="subrescue")
    except OSError:  # of a usage that typer could not tell: all else is told within the commands
        if console.can_tell():
            raise
        sys.exit(console.WRONG)
    finally:
        console.can_tell()
