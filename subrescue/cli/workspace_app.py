"""The group of commands `subrescue workspace`: init, info, offer, journal, backup, restore, upgrade."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Hand, grouped
from subrescue.cli.options import OutputOption, TextFormat, TextFormatOption, UrlOption, WorkspaceOption

workspace_app = typer.Typer(
    help="The registry as a living record: a file of yours, or a PostgreSQL database that several desks share.",
    no_args_is_help=True,
)


class JournalFormat(StrEnum):
    """How the journal is written."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


@workspace_app.command("init")
@console.told
def init(workspace: WorkspaceOption = None, url: UrlOption = None) -> None:
    """Make a workspace and fill it with the registry that travels along; one that is there stays as it is."""
    from subrescue.cli import workspaces

    workspaces.init(workspace, url)


@workspace_app.command("info")
@console.told
def info(
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
    check: Annotated[bool, typer.Option("--check", help="Hold the entries against the whole journal.")] = False,
    format_: TextFormatOption = TextFormat.TEXT,
) -> None:
    """Where the workspace is, what it holds, format and last change. Exit code 1 where --check finds a fault."""
    from subrescue.cli import workspaces

    raise typer.Exit(workspaces.info(workspace, url, check, format_.value))


@workspace_app.command("offer")
@console.told
@grouped
def offer(
    take: Annotated[bool, typer.Option("--take", help="Take it as one command; without, it is only listed.")] = False,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", metavar="ID", help="Take this entry only; may be repeated.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", metavar="ID", help="Leave this entry; may be repeated.")
    ] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Take what the program says of facts too that were edited here.")
    ] = False,
    *,
    hand: Hand,
    format_: Annotated[TextFormat, typer.Option("--format", "-f", help="How to list it.")] = TextFormat.TEXT,
) -> None:
    """What the registry of a newer program knows beyond the workspace: new, changed, in conflict with your edits.

    Nothing is taken that you do not ask for, and `assets undo` takes a taking back.
    """
    from subrescue.cli import offers

    wanted = offers.Wanted(take, tuple(accept or ()), tuple(reject or ()), conflicts)
    offers.offer(wanted, format_.value, hand)


@workspace_app.command("journal")
@console.told
def journal(
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
    format_: Annotated[JournalFormat, typer.Option("--format", "-f", help="How to write it.")] = JournalFormat.JSONL,
    output: OutputOption = None,
) -> None:
    """The whole journal for an audit: who changed which field when and why, from what to what."""
    from subrescue.cli import workspaces

    workspaces.journal(workspace, url, format_.value, output)


@workspace_app.command("backup")
@console.told
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it may not be there yet.")],
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
) -> None:
    """Write the whole workspace, journal and all, to one file, while others go on working."""
    from subrescue.cli import workspaces

    workspaces.backup(file, workspace, url)


@workspace_app.command("restore")
@console.told
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `workspace backup` wrote.")],
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
) -> None:
    """Make the workspace what a backup holds. What is there is backed up first; the file stays as it is."""
    from subrescue.cli import workspaces

    workspaces.restore(file, workspace, url)


@workspace_app.command("upgrade")
@console.told
def upgrade(workspace: WorkspaceOption = None, url: UrlOption = None) -> None:
    """Bring a workspace of an older program up to date; the old one is kept in a file."""
    from subrescue.cli import workspaces

    workspaces.upgrade(workspace, url)
