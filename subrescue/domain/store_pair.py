"""Stores that one asset posts into the hull so that the rescue by another comes in time."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.base import Model
from subrescue.domain.quantities import Band


class StorePair(Model):
    """Life-support stores that one asset posts, and what they do for the rescue by another. Hours from the alert."""

    first_id: str = Field(title="Brings stores", description="Id of the asset that brings the pods")
    first: str = Field(title="Brings stores, by name")
    pods: int = Field(title="Pods")
    pods_assumed: bool = Field(title="Pods assumed", description="Their number is not known: one sortie is counted")
    posted_h: Band = Field(title="Posted", json_schema_extra={"unit": "h"})
    bought_h: float = Field(
        title="Bought",
        description="By how much the median grows of the compartment that gains most",
        json_schema_extra={"unit": "h"},
    )
    survival_h: Band = Field(title="Survival with them", json_schema_extra={"unit": "h"})
    second_id: str = Field(title="Rescues", description="Id of the rescue system that gains")
    second: str = Field(title="Rescues, by name")
    probability_before: float = Field(title="In time without")
    probability_after: float = Field(title="In time with them")
    rescued_before: float | None = Field(default=None, title="Expected rescued without")
    rescued_after: float | None = Field(default=None, title="Expected rescued with them")
