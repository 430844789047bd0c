"""What all files of answers are made of: tables, reasons in words, places, results with their doubt."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from subrescue.domain.base import Model
from subrescue.domain.reasons import Value


class OutModel(Model):
    """A table of the file; names that are words of Python are written by their alias."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class ReasonOut(OutModel):
    """A reason in words, with its message id and values for programs."""

    id: str = Field(title="Message id")
    text: str = Field(title="Text", description="In English, with its remedy")
    values: dict[str, Value] = Field(title="Values")
    remedy: ReasonOut | None = Field(title="Remedy", description="The nearest thing that would change the verdict")


class PlaceOut(OutModel):
    """A named place."""

    name: str = Field(title="Name")
    code: str | None = Field(title="Code", description="ICAO code of an airfield")
    lat_deg: float = Field(title="Latitude", ge=-90, le=90)
    lon_deg: float = Field(title="Longitude", ge=-180, le=180)


class BandOut(OutModel):
    """A result with its doubt, to a tenth."""

    p10: float = Field(title="P10")
    p50: float = Field(title="P50")
    p90: float = Field(title="P90")
