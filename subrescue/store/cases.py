"""Reads case files: TOML made for people, with positions in any notation and errors that name file, line and field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import exists, read_text
from subrescue.store.paths import resources_dir
from subrescue.store.tables import read_tables
from subrescue.store.validation import Origin, nearest, shown, validated


def shipped_cases() -> list[Path]:
    """The case files that travel with the program, by name."""
    return sorted((resources_dir() / "cases").glob("*.toml"))


def find_case(text: str) -> Path:
    """The case file meant by a path or by the name of a shipped case, `kursk-2000`.

    Raises InputError with the names that are known.
    """
    path = Path(text)
    if text and exists(path):
        return path
    shipped = {case.stem: case for case in shipped_cases()}
    if text in shipped:
        return shipped[text]
    looks_like_path = path.suffix == ".toml" or len(path.parts) > 1
    names = nearest(path.stem, list(shipped))
    found = "no such file" if looks_like_path else f"{shown(text)}, which is neither a file nor a shipped case"
    raise InputError(
        Problem(
            field="" if looks_like_path else "case",
            found=found,
            allowed=f"a case file or the name of a shipped case; {names}",
            file=text if looks_like_path else None,
        )
    )


def read_case(path: Path) -> Case:
    """Read a case file; raises InputError with every problem: file, line, field, found, allowed."""
    return read_case_text(read_text(path, "case file"), str(path))


def read_case_text(text: str, name: str) -> Case:
    """Read a case from TOML text; `name` stands in the errors. Raises InputError."""
    data = read_tables(text, name)
    return case_from_tables(data, Origin(name, text))


def case_from_tables(data: dict[str, Any], origin: Origin) -> Case:
    """Make a case from plain tables; raises InputError. Assumptions may be written with dots or as sub-tables."""
    assumptions = data.get("assumptions")
    if isinstance(assumptions, Mapping):
        data = {**data, "assumptions": _flat(assumptions)}
    return validated(Case, data, origin)


def _flat(tables: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tables.items():
        if isinstance(value, Mapping) and not {"min", "mode", "max"} & value.keys():
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat
