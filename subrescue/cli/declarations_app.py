"""The commands of `subrescue assets` for files of other desks: template, check, diff, import and export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.option_groups import Hand, Where, grouped
from subrescue.cli.options import Language, UrlOption, WorkspaceOption
from subrescue.domain.choices import Confidence, EntryKind
from subrescue.exchange.exports.marks import MARKING, ORIGINATOR

Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; its ending says what kind.")
]
Declared = Annotated[Path, typer.Argument(metavar="FILE", help="A declaration: .xlsx, .csv, .geojson or .gpkg.")]


LanguageOption = Annotated[Language, typer.Option("--language", help="Language of headings and words.")]


@console.told
def template(
    kind: Annotated[EntryKind, typer.Argument(metavar="KIND", help="Kind of entry: rescue_system, ship ...")],
    output: Output,
    language: LanguageOption = Language.EN,
) -> None:
    """An empty table for a nation to fill in: headings, units, help, lists, ranges (.xlsx, .csv, .geojson, .gpkg)."""
    from subrescue.cli import declarations

    declarations.template(kind.value, output, language.value)


@console.told
@grouped
def export(
    output: Output,
    kind: Annotated[
        list[EntryKind] | None, typer.Option("--kind", help="This kind only; may be repeated. Else all assets.")
    ] = None,
    nation: Annotated[
        list[str] | None, typer.Option("--nation", metavar="XX", help="Two letters, ISO 3166; may be repeated.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help="active, limited ...; may be repeated.")
    ] = None,
    language: LanguageOption = Language.EN,
    marking: Annotated[
        str, typer.Option("--marking", metavar="TEXT", help="Classification or release marking of the product.")
    ] = MARKING,
    originator: Annotated[
        str, typer.Option("--originator", metavar="TEXT", help="Who makes the product.")
    ] = ORIGINATOR,
    exercise: Annotated[bool, typer.Option("--exercise", help="Mark it as an exercise's.")] = False,
    *,
    where: Where,
) -> None:
    """A marked table of assets: .xlsx, .csv, .geojson, .gpkg, .kml, .pdf or .html."""
    from subrescue.cli import declarations

    declarations.export(
        output,
        kinds=tuple(one.value for one in kind or ()),
        nations=tuple(nation or ()),
        statuses=tuple(status or ()),
        language=language.value,
        marking=marking,
        originator=originator,
        exercise=exercise,
        where=where,
    )


@console.told
def check(file: Declared, workspace: WorkspaceOption = None, url: UrlOption = None) -> None:
    """What is wrong in a declaration, by row and field. Exit code 2 where anything is."""
    from subrescue.cli import declarations

    raise typer.Exit(declarations.check(file, Where(workspace, url)))


@console.told
def diff(
    file: Declared,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Id of the source under which it is filed.")
    ] = None,
    workspace: WorkspaceOption = None,
    url: UrlOption = None,
) -> None:
    """What a declaration would change: new, changed field by field, missing, in conflict with other sources."""
    from subrescue.cli import declarations

    raise typer.Exit(declarations.diff(file, source, Where(workspace, url)))


@console.told
@grouped
def import_(
    file: Declared,
    source: Annotated[str, typer.Option("--source", metavar="ID", help="Id of the source under which it is filed.")],
    source_title: Annotated[
        str | None, typer.Option("--source-title", metavar="TEXT", help="Title of the source, where it is new.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Of the declaration: 2026-11.")] = None,
    confidence: Annotated[Confidence, typer.Option("--confidence", help="Of what it states.")] = Confidence.MEDIUM,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="ID[:FIELD]", help="Take this row or field only; may be repeated."),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option("--reject", metavar="ID[:FIELD]", help="Leave this row or field; may be repeated."),
    ] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Take fields too of which another source says otherwise.")
    ] = False,
    cleared: Annotated[bool, typer.Option("--cleared", help="Take fields too that become unknown.")] = False,
    retire_missing: Annotated[
        bool, typer.Option("--retire-missing", help="Retire what the nations no longer declare; nothing is deleted.")
    ] = False,
    *,
    hand: Hand,
) -> None:
    """Apply a declaration to a workspace, your own where none is named, as one command that `assets undo` takes back.

    What conflicts with other sources, and what would become unknown, is left as it is unless you ask for it.
    """
    from subrescue.cli import declarations

    filed = declarations.Filed(source, source_title, date, confidence.value)
    chosen = declarations.Chosen(tuple(accept or ()), tuple(reject or ()), conflicts, cleared, retire_missing)
    raise typer.Exit(declarations.import_file(file, filed, chosen, hand))


def add_to(assets_app: typer.Typer) -> None:
    """Put these commands into the group `assets`."""
    assets_app.command("template")(template)
    assets_app.command("export")(export)
    assets_app.command("check")(check)
    assets_app.command("diff")(diff)
    assets_app.command("import")(import_)
