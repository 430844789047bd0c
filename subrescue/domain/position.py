"""Positions on the earth and fixes with their error, in degrees on WGS 84."""

from __future__ import annotations

from pydantic import Field, field_validator

from subrescue.domain.base import Model
from subrescue.domain.instants import UtcInstant


class Position(Model):
    """A point on WGS 84; the date line and the poles are ordinary places."""

    lat_deg: float = Field(
        title="Latitude",
        ge=-90,
        le=90,
        description="Degrees, north positive",
        json_schema_extra={"unit": "deg"},
        allow_inf_nan=False,
    )
    lon_deg: float = Field(
        title="Longitude",
        ge=-180,
        le=180,
        description="Degrees, east positive; 180 is kept as -180",
        json_schema_extra={"unit": "deg"},
        allow_inf_nan=False,
    )

    @field_validator("lon_deg")
    @classmethod
    def _date_line_once(cls, value: float) -> float:
        return -180.0 if value == 180.0 else value


class Fix(Model):
    """A position with the radius within which the object lies, and when and how it was found."""

    position: Position = Field(title="Position", description="Most probable position")
    error_radius_nm: float | None = Field(
        default=None,
        title="Error radius",
        ge=0,
        le=5000,
        allow_inf_nan=False,
        description="Radius that holds the object; unknown when not given",
        json_schema_extra={"unit": "nm"},
    )
    at: UtcInstant | None = Field(default=None, title="Time of fix", description="When the position was good, UTC")
    source: str | None = Field(default=None, title="Source", description="How the position is known")
