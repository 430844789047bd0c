"""The commands of `subrescue assets` for files of other desks: template, check, diff and export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subrescue.cli import console

Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; its ending says what kind.")
]
Declared = Annotated[Path, typer.Argument(metavar="FILE", help="A declaration: .xlsx, .csv, .geojson or .gpkg.")]


class Language(StrEnum):
    """Languages of headings."""

    ENGLISH = "en"
    FRENCH = "fr"
    RUSSIAN = "ru"


class EntryKind(StrEnum):
    """Kinds of entries that a file can hold."""

    RESCUE_SYSTEM = "rescue_system"
    INTERVENTION_SYSTEM = "intervention_system"
    SHIP = "ship"
    AIRCRAFT_FLEET = "aircraft_fleet"
    MEDICAL_UNIT = "medical_unit"
    AIRCRAFT_TYPE = "aircraft_type"
    SUBMARINE_CLASS = "submarine_class"
    MATE = "mate"
    AGREEMENT = "agreement"
    POINT_OF_CONTACT = "point_of_contact"
    SOURCE = "source"


LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the headings.")]


def add_to(app: typer.Typer) -> None:
    """Mount the commands."""
    for name, command in (("template", template), ("export", export), ("check", check), ("diff", diff)):
        app.command(name)(console.told(command))


def template(
    kind: Annotated[EntryKind, typer.Argument(metavar="KIND", help="Kind of entry: rescue_system, ship ...")],
    output: Output,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """An empty table for a nation to fill in: headings, units, help, lists, ranges (.xlsx, .csv, .geojson, .gpkg)."""
    from subrescue.cli import declarations

    declarations.template(kind.value, output, language.value)


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
    language: LanguageOption = Language.ENGLISH,
    marking: Annotated[
        str, typer.Option("--marking", metavar="TEXT", help="Classification or release marking of the product.")
    ] = "UNCLASSIFIED",
    originator: Annotated[
        str, typer.Option("--originator", metavar="TEXT", help="Who makes the product.")
    ] = "Subrescue, public registry",
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="As-of time: 2026-11-23T14:07Z; else now.")
    ] = None,
    exercise: Annotated[bool, typer.Option("--exercise", help="Mark it as an exercise's.")] = False,
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
        as_of=as_of,
        exercise=exercise,
    )


def check(file: Declared) -> None:
    """What is wrong in a declaration, by row and field. Exit code 2 where anything is."""
    from subrescue.cli import declarations

    raise typer.Exit(declarations.check(file))


def diff(
    file: Declared,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Id of the source under which it is filed.")
    ] = None,
) -> None:
    """What a declaration would change: new, changed field by field, missing, in conflict with other sources."""
    from subrescue.cli import declarations

    raise typer.Exit(declarations.diff(file, source))
