"""Every fact of a kind of entry as its model describes it, and a fact's value as text to show and to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel

from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.exchange import numbers
from subrescue.exchange.languages import marked, told
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.wording import label
from subrescue.store import model_fields
from subrescue.store.model_fields import Shape
from subrescue.store.registry import KINDS
from subrescue.store.workspace.fields import EVIDENCE, OBSERVED

FactKind = Literal["number", "whole", "text", "choice", "yes_no", "instant", "position", "pert", "list", "tables"]

_NOT_EDITED = frozenset({"id", "kind", EVIDENCE, *OBSERVED.values()})


@dataclass(frozen=True)
class Fact:
    """One fact of an entry: dotted path, title with its unit, help, range. low and high are None without a limit."""

    path: str
    title: str
    unit: str
    help: str
    kind: FactKind
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    editable: bool = True

    @property
    def heading(self) -> str:
        """The title with the unit: `Greatest depth, m`."""
        return f"{told(self.title)}, {told(self.unit)}" if self.unit else told(self.title)


@cache
def facts_of(kind: str) -> tuple[Fact, ...]:
    """The facts of a kind in the order of its model; tables such as the base are taken apart, lists of tables not."""
    return facts_of_model(KINDS[kind][1])


@cache
def facts_of_model(model: type[BaseModel]) -> tuple[Fact, ...]:
    """The facts of a model that is no entry of the registry: what a case knows of a port."""
    return tuple(_facts(model, model, "", ""))


@cache
def fact_of(kind: str, path: str) -> Fact:
    """One fact of a kind. Raises KeyError where the model has none at this path."""
    found = next((fact for fact in facts_of(kind) if fact.path == path), None)
    if found is None:
        raise KeyError(path)
    return found


def _facts(
    root: type[BaseModel], model: type[BaseModel], prefix: str, above: str, optional: bool = False
) -> Iterator[Fact]:
    for name in model.model_fields:
        path = prefix + name
        shape = model_fields.at(root, tuple(path.split(".")))
        if shape is None or shape.field is None or path in (EVIDENCE, "kind"):
            continue
        title = shape.field.title or name
        whole = f"{above}: {title.lower()}" if above else title
        inner = shape.model
        many = any(get_origin(kind) in (tuple, dict) for kind in shape.types)
        if inner is not None and not many and not issubclass(inner, Position | Pert):
            yield from _facts(root, inner, f"{path}.", whole, optional or not shape.field.is_required())
            continue
        fact = _fact(path, whole, shape)
        yield replace(fact, required=False) if optional else fact


def _fact(path: str, title: str, shape: Shape) -> Fact:
    field = shape.field
    assert field is not None
    unit = model_fields.unit_of(field)
    if not unit and path.endswith("_h"):
        unit = "h"
    lows = [float(str(m.ge if isinstance(m, Ge) else m.gt)) for m in field.metadata if isinstance(m, Ge | Gt)]
    highs = [float(str(m.le)) for m in field.metadata if isinstance(m, Le)]
    kind = _kind(shape)
    choices = [
        str(member.value) for one in shape.types if isinstance(one, type) and issubclass(one, Enum) for member in one
    ]
    return Fact(
        path=path,
        title=title,
        unit=unit_sign(unit),
        help=field.description or "",
        kind=kind,
        low=next(iter(lows), None),
        high=next(iter(highs), None),
        choices=tuple(choices),
        required=field.is_required() or (field.default is not None and kind not in ("list", "tables")),
        editable=path.split(".")[0] not in _NOT_EDITED and kind != "tables",
    )


def _kind(shape: Shape) -> FactKind:
    for one in shape.types:
        if get_origin(one) in (tuple, dict):
            inner = model_fields.child(shape, 0) if get_origin(one) is tuple else None
            return "list" if inner is not None and inner.takes(str) else "tables"
    kinds: tuple[tuple[FactKind, tuple[type, ...]], ...] = (
        ("position", (Position,)),
        ("pert", (Pert,)),
        ("choice", (Enum,)),
        ("yes_no", (bool,)),
        ("instant", (datetime,)),
        ("number", (float,)),
        ("whole", (int,)),
    )
    return next((kind for kind, types in kinds if shape.takes(*types)), "text")


def value_at(entry: Any, path: str) -> Any:
    """The value of a fact of an entry, a model; None where it is not known."""
    value = entry
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name, None)
    return value


def typed(value: Any) -> str:
    """A value as it is typed into an editor, with every digit that it has; empty where it is not known."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    if isinstance(value, Pert):
        parts = [value.mode] if value.min == value.max else [value.min, value.mode, value.max]
        return "/".join(typed(part) for part in parts)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, Position):
        return f"{value.lat_deg!r} {value.lon_deg!r}"
    if isinstance(value, list | tuple):
        return ", ".join(typed(part) if not isinstance(part, BaseModel) else _table(part) for part in value)
    return str(value)


def _table(part: BaseModel) -> str:
    return str(getattr(part, "name", part))


def shown(value: Any) -> str:
    """A value for a reader, in the words and marks of the language that is spoken: positions in degrees and minutes,
    ranges with a dash; empty where it is not known.
    """
    if isinstance(value, Position):
        return numbers.position(value)
    if isinstance(value, Pert):
        return marked(typed(value)).replace("/", " - ")
    if isinstance(value, Enum):
        return label("choice", value)
    if isinstance(value, bool):
        return told(typed(value))
    if isinstance(value, int | float):
        return marked(typed(value))
    return typed(value)


def from_typed(fact: Fact, text: str) -> Any:
    """The value of what was typed, as a command wants it; None for nothing and for "unknown".

    What is no value of the kind is handed on as text, and the model refuses it in its own words. Raises InputError for
    a position that cannot be read or has several readings.
    """
    text = text.strip()
    if fact.kind == "list":
        if text.casefold() == "unknown":
            return None
        return [part.strip() for part in text.split(",") if part.strip()]
    if not text or text.casefold() == "unknown":
        return None
    if fact.kind == "yes_no":
        return {"yes": True, "no": False}.get(text.casefold(), text)
    if fact.kind in ("number", "whole"):
        return _number(text)
    if fact.kind == "pert":
        parts = [_number(part.strip()) for part in text.replace(" - ", "/").split("/")]
        if len(parts) == 1:
            return parts[0]
        return parts if len(parts) != 3 else dict(zip(("min", "mode", "max"), parts, strict=True))
    if fact.kind == "position":
        from subrescue.earth.positions.coordinates import parse_position

        return parse_position(text).model_dump()
    return text


def _number(text: str) -> float | int | str:
    plain = text.replace("\N{MINUS SIGN}", "-")
    try:
        value = float(plain.replace(",", ".")) if plain.count(",") == 1 and "." not in plain else float(plain)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
