"""Every field is described once, on its model: forms, tables, schemas and help are derived from there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from subrescue.domain.assets import AircraftFleet, InterventionSystem, RescueSystem, Ship
from subrescue.domain.case import Case, Environment
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response
from subrescue.domain.stores import Stores

UNIT_ENDINGS = ("_m", "_nm", "_kn", "_h", "_t", "_deg", "_bar", "_m2", "_m3", "_kg", "_l", "_c")


def models_below(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            kind = waiting.pop()
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from models_below(kind, seen)
            waiting.extend(get_args(kind))


FIELDS = [
    pytest.param(field, id=f"{model.__name__}.{name}")
    for root in (Case, Registry, Response)
    for model in models_below(root)
    for name, field in model.model_fields.items()
    if name not in {"kind", "evidence"}
]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_title(field: FieldInfo) -> None:
    assert field.title


@pytest.mark.parametrize("model", [RescueSystem, InterventionSystem, Ship, AircraftFleet, Environment, Stores])
def test_a_field_named_with_a_unit_declares_the_unit_and_a_range(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        if name.endswith(UNIT_ENDINGS) and "Pert" not in str(field.annotation):
            extra = field.json_schema_extra
            assert isinstance(extra, dict), name
            assert extra["unit"], name
            assert field.metadata, f"{name} has no range"
            assert field.description, name
