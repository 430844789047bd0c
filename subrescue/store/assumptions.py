"""Reads the planning numbers that a user may change, each with unit, range and source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.quantities import Assumption, Assumptions
from subrescue.store.files import read_text
from subrescue.store.paths import resources_dir
from subrescue.store.tables import list_of_tables, read_tables
from subrescue.store.validation import Origin, nearest, validated


def load_assumptions(path: Path | None = None) -> Assumptions:
    """Read a file of `[[assumption]]` tables, or the shipped one, which is read once.

    Raises InputError with all problems: wrong fields, values out of their range, keys given twice.
    """
    return _shipped() if path is None else _load(path)


@cache
def _shipped() -> Assumptions:
    return _load(resources_dir() / "assumptions.toml")


def _load(path: Path) -> Assumptions:
    text = read_text(path, "file of assumptions")
    data = read_tables(text, path.name)
    problems: list[Problem] = []
    items: dict[str, Assumption] = {}
    for key in data.keys() - {"assumption"}:
        origin = Origin(path.name, text)
        problems.append(origin.problem((key,), "a table of an unknown name", nearest(key, ["assumption"]), data))
    for number, table in enumerate(list_of_tables(data, "assumption", path.name)):
        origin = Origin(path.name, text, ("assumption", number))
        try:
            assumption = validated(Assumption, table, origin)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if assumption.key in items:
            problems.append(
                origin.problem(("key",), f"the key '{assumption.key}' a second time", "keys are unique", table)
            )
        items[assumption.key] = assumption
    if problems:
        raise InputError(problems)
    return Assumptions(items=items)
