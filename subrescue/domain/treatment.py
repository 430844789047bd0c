"""Where survivors can be treated once they are off the submarine: medical units near the datum, and the ways there."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.airlift import Place
from subrescue.domain.base import Model
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason


class TreatmentPlace(Model):
    """One medical unit, how survivors come there, and what is known of it; hours count from the datum."""

    unit_id: str = Field(title="Unit id")
    name: str = Field(title="Unit")
    nations: tuple[str, ...] = Field(title="Nations")
    place: Place = Field(title="Place")
    distance_nm: float = Field(title="From the datum", json_schema_extra={"unit": "nm"})
    flight_h: Band | None = Field(
        default=None,
        title="By helicopter",
        description="From the datum; None where it is out of a helicopter's reach",
        json_schema_extra={"unit": "h"},
    )
    port: Place | None = Field(default=None, title="Port", description="The port beside it; None where there is none")
    sea_nm: float | None = Field(
        default=None,
        title="By sea",
        description="From the datum to that port; None where no way is known",
        json_schema_extra={"unit": "nm"},
    )
    sea_h: Band | None = Field(default=None, title="Passage", json_schema_extra={"unit": "h"})
    chamber_places: int | None = Field(default=None, title="Chamber places", description="None: not known")
    beds: int | None = Field(default=None, title="Beds", description="None: not known")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons", description="What makes it more or less fit")


class Treatment(Model):
    """Who has to be treated, and the medical units of the registry nearest to the datum."""

    people: int | None = Field(default=None, title="Survivors", description="None: not known")
    pressed: int | None = Field(
        default=None, title="Under pressure", description="How many of them need decompression; None: not known"
    )
    ship: str | None = Field(
        default=None, title="Ship", description="Who brings them by sea; None for a vessel to be chartered"
    )
    places: tuple[TreatmentPlace, ...] = Field(default=(), title="Medical units", description="Nearest first")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons", description="What holds for all of them")
