"""The command `subrescue assets add`: one new entry of the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Hand, grouped
from subrescue.domain.choices import Confidence, EntryKind


@console.told
@grouped
def add(
    kind: Annotated[EntryKind, typer.Argument(metavar="KIND", help="Kind of entry: rescue_system, ship ...")],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="id=no-harald, speed_kn=18, notice_h=2/3/6; repeatable."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="The entry's fields as TOML, as in a registry file, or JSON."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="The source of what has no evidence in the file.")
    ] = None,
    confidence: Annotated[Confidence, typer.Option("--confidence", help="Of this statement.")] = Confidence.MEDIUM,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Of the statement: 2026-11.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="For the evidence.")] = None,
    *,
    hand: Hand,
) -> None:
    """Make one entry, with its source, as one command that `assets undo` takes back; says what is still unknown."""
    from subrescue.cli import asset_adding
    from subrescue.cli.asset_changes import Said

    said = Said(source, confidence.value, date, note)
    asset_adding.add(kind.value, file, settings or [], said, hand)


def add_to(assets_app: typer.Typer) -> None:
    """Put this command into the group `assets`."""
    assets_app.command("add")(add)
