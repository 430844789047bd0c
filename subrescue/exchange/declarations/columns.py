"""Lays an entry of the registry out as one flat row, and builds the entry again from the row.

The one way in which nested fields become columns: a part has its path as name (`base.position.lat_deg`,
`notice_h.min`, `shipment.mass_t`); a list of words stands in one cell as `GB; FR` (as JSON where a word would be
misread so); a list of tables (`shipment.pieces`) and the evidence stand in one cell as JSON. Empty is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from math import isclose, isfinite
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from subrescue.domain.quantities import Pert
from subrescue.store import model_fields
from subrescue.store.model_fields import Shape
from subrescue.store.registry import KINDS
from subrescue.store.workspace.fields import OBSERVED

Cell = str | float | int | bool | None
KIND = "kind"
EVIDENCE = "evidence"


class CellKind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    WORDS = "words"
    TABLES = "tables"


@dataclass(frozen=True)
class Column:
    """One column: the path of its field, what stands in it, and what the model says of it."""

    name: str
    cell: CellKind
    titles: tuple[str, ...]
    unit: str
    help: str
    allowed: str
    choices: tuple[str, ...]
    required: bool
    empty_list_is_known: bool = False

    @property
    def fact(self) -> str:
        """The field by which it is compared and accepted: a part of a shipment by itself, all others as a whole."""
        return fact_of(self.name)


def fact_of(path: str) -> str:
    """The field of a path by which entries are compared: `base` of `base.name`, but `shipment.mass_t` itself."""
    return path if path.startswith("shipment.") else path.split(".")[0]


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a kind of entry, in the order of its model; the kind comes first and the evidence last.

    What is observed of it has none: that is nobody's to declare.
    """
    model = KINDS[kind][1]
    found = [Column(KIND, CellKind.CHOICE, ("Kind",), "", "Kind of the entry", f"'{kind}'", (kind,), True)]
    found += [
        column
        for name in model.model_fields
        if name not in (KIND, EVIDENCE, OBSERVED.get(kind))
        for column in _columns(model_fields.shape_of(model), name, (), (), False)
    ]
    if EVIDENCE in model.model_fields:
        allowed = "for each field its statements, as JSON; empty where the file says nothing of them"
        found.append(Column(EVIDENCE, CellKind.TABLES, ("Evidence",), "", "Sources of each field", allowed, (), False))
    return tuple(found)


def _columns(
    parent: Shape, name: str, path: tuple[str, ...], titles: tuple[str, ...], in_optional: bool
) -> Iterable[Column]:
    shape = model_fields.child(parent, name)
    assert shape is not None
    assert shape.field is not None
    field = shape.field
    path, titles = (*path, name), (*titles, field.title or name)
    optional = in_optional or field.default is None
    if shape.model is not None:
        for inner in shape.model.model_fields:
            yield from _columns(shape, inner, path, titles, optional)
        return
    unit = model_fields.unit_of(field)
    if shape.model is None and parent.model is Pert:
        unit = path[-2].rsplit("_", 1)[-1] if "_" in path[-2] else ""
        unit = unit if unit == "h" else ""
    cell, choices = _cell_kind(shape)
    if cell is CellKind.YES_NO:
        choices = ("yes", "no")
    allowed = "yes or no; empty when it is not known" if cell is CellKind.YES_NO else model_fields.allowed(shape)
    yield Column(
        ".".join(path), cell, titles, unit, field.description or "", allowed, choices,
        field.is_required() and not in_optional,
        empty_list_is_known=cell in (CellKind.WORDS, CellKind.TABLES) and (optional or field.is_required()),
    )  # fmt: skip


def _cell_kind(shape: Shape) -> tuple[CellKind, tuple[str, ...]]:
    for kind in shape.types:
        if get_origin(kind) is tuple:
            inner = get_args(kind)[0]
            tables = isinstance(inner, type) and issubclass(inner, BaseModel)
            words = tuple(str(member.value) for member in inner) if _is_enum(inner) else ()
            return (CellKind.TABLES if tables else CellKind.WORDS), words
        if get_origin(kind) is Literal:
            return CellKind.CHOICE, tuple(map(str, get_args(kind)))
        if _is_enum(kind):
            return CellKind.CHOICE, tuple(str(member.value) for member in kind)
    if shape.takes(bool):
        return CellKind.YES_NO, ()
    if shape.takes(float):
        return CellKind.NUMBER, ()
    return (CellKind.WHOLE if shape.takes(int) else CellKind.TEXT), ()


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def to_cells(kind: str, entry: Mapping[str, Any]) -> dict[str, Cell]:
    """An entry, as `model_dump(mode="json", exclude_none=True)` gives it, as cells by the name of their column."""
    empty, plain, lists = _columns_by_name(kind)
    cells = dict(empty)
    _fill(cells, entry, "", plain, lists)
    cells[KIND] = kind
    return cells


@cache
def _columns_by_name(kind: str) -> tuple[dict[str, Cell], frozenset[str], dict[str, Column]]:
    """A row without a cell, the columns whose cells are the values themselves, those whose cells are made of lists."""
    columns = columns_of(kind)
    lists = {column.name: column for column in columns if column.cell in (CellKind.WORDS, CellKind.TABLES)}
    names = [column.name for column in columns]
    return dict.fromkeys(names), frozenset(names) - lists.keys(), lists


def _fill(
    cells: dict[str, Cell],
    table: Mapping[str, Any],
    prefix: str,
    plain: frozenset[str],
    lists: Mapping[str, Column],
) -> None:
    for key, value in table.items():
        name = prefix + key
        if name in plain:
            cells[name] = value
        elif (column := lists.get(name)) is not None:
            cells[name] = _cell(value, column)
        elif isinstance(value, dict):
            _fill(cells, value, f"{name}.", plain, lists)


def _cell(value: Any, column: Column) -> Cell:
    """A list as a cell: words beside each other, tables as JSON."""
    if column.cell is CellKind.WORDS:
        if not value:
            return "[]" if value is not None and column.empty_list_is_known else None
        return "; ".join(value) if all(map(_is_plain, value)) else _json(value)
    return _json(value) if value or (value is not None and column.empty_list_is_known) else None


def _is_plain(word: str) -> bool:
    return bool(word) and word == word.strip() and ";" not in word and word[0] not in "['"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def from_cells(kind: str, cells: Mapping[str, Cell]) -> dict[str, Any]:
    """The tables that a row stands for, to be checked against the model; what cannot be read stays as it is."""
    entry: dict[str, Any] = {}
    for column in columns_of(kind):
        cell = cells.get(column.name)
        if column.name == KIND or cell is None:
            continue
        *parents, last = column.name.split(".")
        table = entry
        for parent in parents:
            table = table.setdefault(parent, {})
        table[last] = _value(cell, column)
    return entry


def _value(cell: Cell, column: Column) -> Any:
    if not isinstance(cell, str):
        return cell
    if column.cell is CellKind.TABLES or (column.cell is CellKind.WORDS and cell.startswith("[")):
        try:
            return json.loads(cell, parse_constant=str)
        except (ValueError, RecursionError):
            return cell
    if column.cell is CellKind.WORDS:
        return [word.strip() for word in cell.split(";") if word.strip()]
    return cell


_YES = frozenset({"yes", "true", "oui", "vrai", "да", "истина", "1"})
_NO = frozenset({"no", "false", "non", "faux", "нет", "ложь", "0"})


def read_cell(found: Any, column: Column) -> Cell:
    """A cell as it stands in a file as the value that its column holds; what does not fit is left for the model."""
    if isinstance(found, str):
        found = found.strip()
    if found is None or found == "" or (isinstance(found, float) and not isfinite(found) and found != found):
        return None
    if column.cell is CellKind.YES_NO:
        word = f"{found:g}" if isinstance(found, int | float) and not isinstance(found, bool) else str(found)
        return True if word.lower() in _YES else False if word.lower() in _NO else str(found)
    if column.cell in (CellKind.NUMBER, CellKind.WHOLE):
        return _number(found, column)
    if isinstance(found, list | dict):
        return "; ".join(found) if _all_words(found, column) else _json(found)
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, float):
        return str(int(found)) if found.is_integer() and abs(found) < 2**53 else str(found)
    return str(found)


def _all_words(found: Any, column: Column) -> bool:
    return (
        column.cell is CellKind.WORDS
        and isinstance(found, list)
        and bool(found)
        and all(isinstance(word, str) and _is_plain(word) for word in found)
    )


def _number(found: Any, column: Column) -> Cell:
    if isinstance(found, str):
        try:
            number = float(found) if "_" not in found else None
        except ValueError:
            number = None
        if number is None or not isfinite(number):
            return found
        found = int(found) if found.lstrip("+-").isdecimal() and len(found) < 17 else number
    if column.cell is CellKind.WHOLE and isinstance(found, float) and found.is_integer() and abs(found) < 2**53:
        return int(found)
    kept: Cell = found if isinstance(found, bool | int | float) else str(found)
    return kept


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same: numbers to 12 digits, for XLSX keeps no more than 15 to 17."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other, rel_tol=1e-12)
    return one == other
