"""Draws any valid entry of any kind from its model, for laws about files."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from subrescue.domain.assets.aircraft import PayloadRange
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.readiness import WorkingHours
from subrescue.store import model_fields
from subrescue.store.model_fields import Shape
from subrescue.store.registry import KINDS

SIGNS = string.ascii_letters + string.digits + " ;,'\"=+-@|%[]{}<>&#\n\\éßЖ中😀"
TEXTS = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
IDS = st.text("abc123", min_size=1, max_size=6)
LINES = st.text(SIGNS.replace("\n", ""), min_size=1, max_size=12).map(str.strip).filter(bool)
# Hours, dive cycles and shares may all be these.
NUMBERS = st.floats(0.01, 1.0)
IN_ONE_LINE = ("name", "title", "operator")


@cache
def entries(kind: str) -> st.SearchStrategy[Any]:
    """Entries of a kind, most fields present or not at random."""
    return of_model(KINDS[kind][1])


def of_model(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    if model is Pert:
        return st.lists(NUMBERS, min_size=3, max_size=3).map(lambda three: Pert.model_validate(sorted(three)))
    if model is Position:
        return st.builds(Position, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
    if model is WorkingHours:
        days = st.lists(st.sampled_from(["mon", "tue", "sun"]), min_size=1, max_size=3).map(tuple)
        return st.builds(
            WorkingHours, days=days, from_h=st.floats(0, 8), until_h=st.floats(9, 24), utc_offset_h=st.floats(-12, 14)
        )
    shape = model_fields.shape_of(model)
    required, optional = {}, {}
    for name, field in model.model_fields.items():
        inner = model_fields.child(shape, name)
        assert inner is not None
        if name == "kind":
            continue
        group = required if field.is_required() or name == "name" else optional
        group[name] = IDS if name == "id" else LINES if name in IN_ONE_LINE else of_shape(inner)
    made = st.fixed_dictionaries(required, optional=optional)
    if "working_hours" in model.model_fields:
        made = made.filter(lambda one: one.get("notice_off_hours_h") is None or one.get("working_hours") is not None)
    return made.filter(lambda one: holds(model, one)).map(model.model_validate)


def holds(model: type[BaseModel], one: Any) -> bool:
    """Whether the numbers drawn do not contradict one another."""
    try:
        model.model_validate(one)
    except ValidationError:
        return False
    return True


def of_shape(shape: Shape) -> st.SearchStrategy[Any]:
    kind = shape.types[0]
    if get_origin(kind) is dict:
        statements = st.lists(of_model(get_args(get_args(kind)[1])[0]), min_size=1, max_size=2)
        return st.dictionaries(st.sampled_from(["name", "notes", "shipment.mass_t"]), statements, max_size=2)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        if inner is PayloadRange:
            far = [PayloadRange(payload_t=50, range_nm=1000), PayloadRange(payload_t=0.1, range_nm=5000.5)]
            return st.just(tuple(far))
        least = next((m.min_length for m in (shape.field.metadata if shape.field else ()) if isinstance(m, MinLen)), 0)
        return st.lists(of_shape(Shape((inner,))), min_size=least, max_size=3).map(tuple)
    if shape.model is not None:
        return of_model(shape.model)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if shape.takes(bool) and len(shape.types) == 1:
        return st.booleans()
    if shape.takes(datetime):
        return st.integers(0, 2**31).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
    if shape.takes(int, float) and len(shape.types) == 1:
        return of_number(shape)
    return TEXTS


def of_number(shape: Shape) -> st.SearchStrategy[Any]:
    low, high = -1e6, 1e6
    for limit in shape.field.metadata if shape.field else ():
        low = limit.ge if isinstance(limit, Ge) else limit.gt + 1e-3 if isinstance(limit, Gt) else low
        high = limit.le if isinstance(limit, Le) else high
    return st.floats(low, high) if shape.takes(float) else st.integers(int(low), int(high))
