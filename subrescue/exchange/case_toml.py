"""Writes a case as TOML, made for people: what is not known is left out, numbers with doubt are lists of three."""

from __future__ import annotations

from typing import Any

import tomli_w
from pydantic import BaseModel

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert


def case_to_toml(case: Case) -> str:
    """The case as the text of a case file; reading it gives an equal case."""
    return tomli_w.dumps(_table(case), indent=2)


def _table(model: BaseModel) -> dict[str, Any]:
    table = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None or (not field.is_required() and value == field.get_default(call_default_factory=True)):
            continue  # not known, or what a reader fills in anyway
        table[name] = _plain(value)
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, Pert):
        return value.min if value.min == value.max else [value.min, value.mode, value.max]
    if isinstance(value, BaseModel):
        return _table(value)
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.value if hasattr(value, "value") else value
