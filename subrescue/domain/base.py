"""The base of every model: frozen, strict about unknown fields, with helpers to describe a quantity once."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A frozen value; fields that the model does not know are refused, so that a misspelt field is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, ser_json_inf_nan="null")


def quantity(
    title: str,
    unit: str,
    help_text: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    default: Any = None,
) -> Any:
    """Describe a numeric field once: title, unit, help and range. The default is None: not known."""
    return Field(
        default=default,
        title=title,
        description=help_text,
        ge=ge,
        le=le,
        gt=gt,
        allow_inf_nan=False,
        json_schema_extra={"unit": unit},
    )


def fact(title: str, help_text: str, *, default: Any = None) -> Any:
    """Describe a field without a unit once: title and help. The default is None: not known."""
    return Field(default=default, title=title, description=help_text)
