"""Commands of `subrescue assets` on a workspace: set, retire, undo, redo, history, and positions from AIS."""

from __future__ import annotations

from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Hand, grouped
from subrescue.cli.options import (
    OutputOption,
    TableFormat,
    TableFormatOption,
    TextFormat,
    TextFormatOption,
    UrlOption,
    WorkspaceOption,
    number,
)
from subrescue.domain.choices import Confidence

AssetArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of an entry of the registry.")]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="The kind, where entries of several have this id.")
]

SkipOption = Annotated[
    bool, typer.Option("--skip", help="Pass it over: leave the entries as another desk has made them since.")
]


@console.told
def history(
    asset: AssetArgument,
    field: Annotated[str | None, typer.Option("--field", metavar="FIELD", help="One field: max_depth_m.")] = None,
    kind: KindOption = None,
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
    format_: TableFormatOption = TableFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """Who changed an entry, or one field of it, when and why, from what to what."""
    from subrescue.cli import asset_changes

    asset_changes.history(asset, field, kind, workspace, url, format_.value, output)


@console.told
@grouped
def set_fields(
    asset: AssetArgument,
    settings: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE", help="max_depth_m=400, notice_h=2/3/6, crane_t=unknown.")
    ],
    source: Annotated[str | None, typer.Option("--source", metavar="ID", help="The source that says so.")] = None,
    confidence: Annotated[Confidence, typer.Option("--confidence", help="Of this statement.")] = Confidence.MEDIUM,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Of the statement: 2026-11.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="For the evidence.")] = None,
    kind: KindOption = None,
    *,
    hand: Hand,
) -> None:
    """Change fields of an entry as one command. What other sources said stays in the evidence."""
    from subrescue.cli import asset_changes

    evidence = asset_changes.Said(source, confidence.value, date, note)
    asset_changes.set_fields(asset, settings, evidence, kind, hand)


@console.told
@grouped
def retire(
    asset: AssetArgument,
    kind: KindOption = None,
    *,
    hand: Hand,
) -> None:
    """Take an entry out of the registry. Its history stays, and an undo brings it back."""
    from subrescue.cli import asset_changes

    asset_changes.retire(asset, kind, hand)


@console.told
@grouped
def undo(
    skip: SkipOption = False,
    *,
    hand: Hand,
) -> None:
    """Take back the last command of this desk. Exit code 1 where there is none."""
    from subrescue.cli import asset_changes

    asset_changes.step("undo", skip, hand)


@console.told
@grouped
def redo(
    skip: SkipOption = False,
    *,
    hand: Hand,
) -> None:
    """Do again what this desk undid last. Exit code 1 where there is nothing."""
    from subrescue.cli import asset_changes

    asset_changes.step("redo", skip, hand)


@console.told
@grouped
def positions(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file, tcp://HOST:PORT, or udp://[HOST]:PORT to listen on.")
    ],
    for_: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help="How long to listen: 90s, 10m, 1h30m; else to the end.")
    ] = None,
    recorded_at: Annotated[
        str | None,
        typer.Option("--recorded-at", metavar="TIME", help="Of a file without times: 2026-11-23T14:07Z."),
    ] = None,
    moved_nm: Annotated[
        float,
        number("--moved", unit="miles", least=0, most=1000, metavar="NM", help="Journal a ship again after so far,"),
    ] = 2.0,
    after_min: Annotated[
        float,
        number("--after", unit="minutes", least=0, most=100_000, metavar="MINUTES", help="or after so long."),
    ] = 60.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; tell what would be journalled.")] = False,
    unknown: Annotated[bool, typer.Option("--unknown", help="List the ships that the registry does not hold.")] = False,
    *,
    hand: Hand,
    format_: TextFormatOption = TextFormat.TEXT,
) -> None:
    """Last positions of ships by MMSI from AIS (NMEA 0183). Exit code 1 where no ship of the registry was heard."""
    from subrescue.cli import positions as command

    asked = command.Asked(source, for_, recorded_at, (moved_nm, after_min), dry_run, unknown)
    raise typer.Exit(command.positions(asked, hand, format_.value))


def add_to(assets_app: typer.Typer) -> None:
    """Put these commands into the group `assets`."""
    assets_app.command("history")(history)
    assets_app.command("set")(set_fields)
    assets_app.command("retire")(retire)
    assets_app.command("undo")(undo)
    assets_app.command("redo")(redo)
    assets_app.command("positions")(positions)
