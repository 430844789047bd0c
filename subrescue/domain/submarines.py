"""Submarine classes: people, hatches and rescue seats, escape and collapse depth, free volume."""

from __future__ import annotations

from math import acos, cos, degrees, radians

from pydantic import Field

from subrescue.domain.base import Model, fact, identifier, quantity
from subrescue.domain.evidence import FieldEvidence


class SubmarineClass(Model):
    """A class of submarines of one or more navies. None means not known."""

    id: str = identifier("Stable name: kilo-877")
    name: str = fact("Class", "Name in use", default=...)
    nations: tuple[str, ...] = Field(
        title="Nations", description="ISO 3166 codes of the navies that sail it", min_length=1
    )
    crew: int | None = quantity("Crew", "1", "Usual complement", ge=1, le=300)
    displacement_t: float | None = quantity("Displacement", "t", "Submerged", gt=0, le=60_000)
    nuclear: bool | None = fact("Nuclear", "Has a reactor")
    rescue_seat: str | None = fact("Rescue seat", "stanag_1297, russian, none, ...; unknown when not public")
    rescue_seats_count: int | None = quantity("Seats", "1", "How many rescue seats", ge=0, le=10)
    escape_depth_m: float | None = quantity(
        "Escape depth", "m", "Greatest depth of escape with the gear aboard", ge=0, le=300
    )
    test_depth_m: float | None = quantity("Diving depth", "m", "Published diving depth", gt=0, le=2000)
    collapse_depth_m: float | None = quantity(
        "Collapse depth", "m", "Published or estimated depth at which the hull fails", gt=0, le=3000
    )
    free_volume_m3: float | None = quantity("Free volume", "m3", "Air volume of the boat", gt=0, le=20_000)
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)


def combined_angle_deg(list_deg: float, trim_deg: float) -> float:
    """Angle of the rescue seat from level, acos(cos(trim) cos(list)), in degrees, without the rounding of the sum.

    Else a trim of 40 degrees alone would be more than a limit of 40.
    """
    return round(degrees(acos(cos(radians(trim_deg)) * cos(radians(list_deg)))), 6)
