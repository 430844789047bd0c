"""Where somebody or something saw a ship: an observation with its time and source, not a statement of a nation."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.instants import UtcInstant
from subrescue.domain.position import Position

AIS = "AIS"
"""The source of a position that the ship's own AIS transponder reported."""


class Sighting(Model):
    """A position at a time. It ages, and nobody need agree to it: the journal keeps it as an observation."""

    position: Position = fact("Position", "Where the ship was", default=...)
    at: UtcInstant = fact("Time", "When the ship was there, UTC", default=...)
    source: str = Field(title="Source", description="How it is known: AIS", min_length=1, max_length=60)
    via: str | None = Field(
        default=None, title="Received from", description="File or address that it was received from", max_length=200
    )
    speed_kn: float | None = quantity("Speed over ground", "kn", "Speed over ground then", ge=0, le=102.2)
    course_deg: float | None = quantity("Course over ground", "deg", "Course over ground then, true", ge=0, le=360)
