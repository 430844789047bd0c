"""Headings of columns and words of products in English, French and Russian, from `resources/headings/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from subrescue.exchange import languages
from subrescue.exchange.declarations.columns import CellKind, Column, columns_of
from subrescue.exchange.problem_words import told_part
from subrescue.store.paths import resources_dir
from subrescue.store.registry import KINDS

LANGUAGES = tuple(languages.LANGUAGES)


@cache
def words(language: str) -> Mapping[str, str]:
    """All headings and words of a language, by the title on the model or the name of the word."""
    text = (resources_dir() / "headings" / f"{language}.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


def word(name: str, language: str) -> str:
    """A word of a product: `word("as_of", "fr")` is "Situation au"."""
    return words(language)[name]


def heading(kind: str, column: Column, language: str) -> str:
    """The heading of a column: the titles of the model from outside in, and the unit: `Notice, most likely [h]`.

    English stands on the model; other languages in the table, by kind and column, by column, or by its last part.
    """
    if language == "en":
        outer, *inner = column.titles
        title = ", ".join([outer, *(part.lower() for part in inner)])
    else:
        table, parts = words(language), column.name.split(".")
        names = [f"{kind}.{column.name}", *(".".join(parts[start:]) for start in range(len(parts)))]
        title = next((table[name] for name in names if name in table), "")
        if len(parts) > 1 and column.name not in table:
            outer = table.get(f"{kind}.{parts[0]}", table.get(parts[0], parts[0]))
            title = f"{outer}, {table.get(parts[-1], parts[-1])}"
        title = title or column.name
    return f"{title} [{column.unit}]" if column.unit else title


_IN_A_CELL = {
    CellKind.TEXT: ("text in quotes is needed", "text is needed"),
    CellKind.WORDS: ("a list in brackets is needed", "one or several with ; between them: GB; FR"),
    CellKind.TABLES: ("a list in brackets is needed", "a list as JSON is needed"),
}
"""What the models say of a text file with quotes and brackets, and what holds in the cell of a table."""


def guidance(column: Column, language: str) -> tuple[str, str]:
    """What a column is for, and what may stand in its cells, for who fills in a template."""
    in_files, in_a_cell = _IN_A_CELL.get(column.cell, ("", ""))
    with languages.speaking(language):
        allowed = in_a_cell if column.allowed == in_files else column.allowed
        return languages.told(column.help), told_part(allowed)


def kind_word(kind: str, language: str) -> str:
    """The name of a kind of entries, in the plural, as the title of a sheet."""
    return words(language)[f"kind.{kind}"]


@cache
def all_headings() -> frozenset[str]:
    """Every heading in every language, to know a row of headings by."""
    return frozenset(
        heading(kind, column, language) for kind in KINDS for column in columns_of(kind) for language in LANGUAGES
    )
