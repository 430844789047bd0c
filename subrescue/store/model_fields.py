"""Looks up what a model says of the field at a path: kind, range and choices, for errors that state what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert


@dataclass(frozen=True)
class Shape:
    """What may stand in a place: the plain types, without `None` and annotations; the field where it is one."""

    types: tuple[Any, ...]
    field: FieldInfo | None = None

    @cached_property
    def model(self) -> type[BaseModel] | None:
        """The model of a table that may stand here."""
        return next((t for t in self.types if isinstance(t, type) and issubclass(t, BaseModel)), None)

    def takes(self, *kinds: type) -> bool:
        """Whether a plain value of one of these types may stand here."""
        return _takes(self.types, kinds)

    @cached_property
    def any_value(self) -> bool:
        """Whether several plain kinds may stand here, so that nothing can be said about the kind."""
        return len(self.types) != 1 and self.model is None

    @cached_property
    def is_position(self) -> bool:
        """Whether a position may stand here."""
        return self.takes(Position)

    @cached_property
    def plain_kind(self) -> Literal["yes_no", "number", "instant"] | None:
        """The one plain kind that may stand here and that other values would be bent to; None where any may."""
        if self.any_value:
            return None
        if self.takes(bool):
            return "yes_no"
        if self.takes(int, float) and not self.takes(Enum):
            return "number"
        return "instant" if self.takes(datetime) else None

    @cached_property
    def children(self) -> dict[str | int, Shape | None]:
        """The shapes below that were asked for so far: the registry asks for the same few in thousands of tables."""
        return {}


def _plain_types(annotation: Any) -> tuple[Any, ...]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_types(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return tuple(t for part in get_args(annotation) for t in _plain_types(part) if t is not NoneType)
    return (annotation,)


@lru_cache(maxsize=256)
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a whole model."""
    return Shape((model,))


@lru_cache(maxsize=1024)
def _takes(types: tuple[Any, ...], kinds: tuple[type, ...]) -> bool:
    return any(isinstance(t, type) and issubclass(t, kinds) for t in types)


def child(shape: Shape, key: str | int) -> Shape | None:
    """The shape of a field, of an item of a list or of a value of a table; None where there is none."""
    key = 0 if isinstance(key, int) else key  # all items of a list are alike
    known = shape.children
    if key not in known:
        if len(known) > _MANY:
            known.clear()
        known[key] = _child(shape.types, key)
    return known[key]


_MANY = 4096
"""Names below one shape that are kept; a table with free names may have any."""


def _child(types: tuple[Any, ...], key: str | int) -> Shape | None:
    for kind in types:
        if kind is Pert and isinstance(key, int):
            return Shape((float,))  # one of its three numbers
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(key))
            if field is not None:
                return Shape(_plain_types(field.annotation), field)
        elif get_origin(kind) is tuple and isinstance(key, int):
            return Shape(_plain_types(get_args(kind)[0]))
        elif get_origin(kind) is dict:
            return Shape(_plain_types(get_args(kind)[1]))
    return None


def at(model: type[BaseModel], loc: tuple[str | int, ...]) -> Shape | None:
    """The shape at a path below a model; None where the path leaves what the model knows."""
    shape: Shape | None = shape_of(model)
    for key in loc:
        if shape is None:
            return None
        shape = child(shape, key)
    return shape


def allowed(shape: Shape) -> str:
    """What may stand there, as the second half of an error message."""
    for kind in shape.types:
        if get_origin(kind) is Literal:
            return "allowed is " + " or ".join(f"'{value}'" for value in get_args(kind))
        if get_origin(kind) in (tuple, list):
            return "a list in brackets is needed"
        if get_origin(kind) is dict:
            return "a table is needed"
        if isinstance(kind, type) and issubclass(kind, Enum):
            return "allowed are " + ", ".join(f"'{member.value}'" for member in kind)
    if shape.takes(Position):
        return """a position is needed: "69°37.0'N 37°33.6'E" or {lat_deg = 69.617, lon_deg = 37.56}"""
    if shape.takes(Pert):
        return "one number or three, [min, mode, max], are needed"
    if shape.model is not None:
        return "a table is needed"
    if shape.takes(bool):
        return "allowed are true and false; leave the field out when it is not known"
    if shape.takes(int, float):
        return _range(shape)
    if shape.takes(datetime):
        return "a time with its zone is needed: 2026-11-23T14:07Z, 2026-11-23T17:07+03:00 or 231407Z NOV 26"
    if shape.takes(str):
        return "text in quotes is needed"
    return "another value is needed"


def unit_of(field: FieldInfo) -> str:
    """The unit that a field states; nothing for a bare number and for what has none."""
    extra = field.json_schema_extra
    unit = str(extra.get("unit") or "") if isinstance(extra, Mapping) else ""
    return "" if unit == "1" else unit


def _range(shape: Shape) -> str:
    kind = "a whole number" if not shape.takes(float) else "a number"
    low: str | None = None
    high: str | None = None
    unit = ""
    if shape.field is not None:
        for limit in shape.field.metadata:
            if isinstance(limit, Ge):
                low = f"{limit.ge:.10g}"
            elif isinstance(limit, Gt):
                low = f"above {limit.gt:.10g}"
            if isinstance(limit, Le):
                high = f"{limit.le:.10g}"
            elif isinstance(limit, Lt):
                high = f"below {limit.lt:.10g}"
        unit = unit_of(shape.field)
    unit = "" if unit in ("", "deg") else f" {unit}"
    whole = " (whole numbers)" if kind == "a whole number" else ""
    if low is not None and high is not None:
        return f"allowed is {low} to {high}{unit}{whole}"
    if low is not None:
        return f"allowed is {low if low.startswith('above') else f'{low} or more'}{unit}{whole}"
    if high is not None:
        return f"allowed is {high if high.startswith('below') else f'{high} or less'}{unit}{whole}"
    return f"{kind} is needed"
