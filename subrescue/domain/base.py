"""The base of every model: frozen, strict about unknown fields, with helpers to describe a quantity once."""

from __future__ import annotations

from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A frozen value; fields that the model does not know are refused, so that a misspelt field is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, ser_json_inf_nan="null")

    @classmethod
    def of_checked(cls, **values: Any) -> Self:
        """A value of fields that hold already, as `model_construct` but many times faster: nothing is checked.

        All fields are given, in the order in which the model names them: no default is filled in.
        """
        found = object.__new__(cls)
        # By the slots themselves: to look each up by its name takes as long as to fill it.
        _set_values(found, values)
        _set_fields_set(found, _all_fields(cls))
        _set_extra(found, None)
        _set_private(found, None)
        return found


_set_values, _set_fields_set, _set_extra, _set_private = (
    BaseModel.__dict__[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@cache
def _all_fields(model: type[Model]) -> set[str]:
    """The names of all fields: one set for all values, of which a plan has thousands. A copy of a value copies it."""
    return set(model.model_fields)


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


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Lower-case letters and digits, parted by single hyphens."""


def identifier(help_text: str) -> Any:
    """Describe the id of an entry or a case, by which files and other entries name it."""
    return Field(title="Id", description=help_text, pattern=ID_PATTERN)


def fact(title: str, help_text: str, *, default: Any = None) -> Any:
    """Describe a field without a unit once: title and help. The default is None: not known."""
    return Field(default=default, title=title, description=help_text)
