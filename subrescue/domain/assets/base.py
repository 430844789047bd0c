"""What every asset has: name, nations, status, place, evidence; and the shipment in which it travels."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from subrescue.domain.base import Model, fact, identifier, quantity
from subrescue.domain.evidence import FieldEvidence
from subrescue.domain.position import Position
from subrescue.domain.quantities import Hours
from subrescue.domain.readiness import WorkingHours


class AssetStatus(StrEnum):
    """What the newest public source says of an asset."""

    ACTIVE = "active"
    LIMITED = "limited"
    BUILDING = "building"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @property
    def is_out(self) -> bool:
        """Whether it is known to be out of service: withdrawn, or not yet finished."""
        return self in (AssetStatus.WITHDRAWN, AssetStatus.BUILDING)


class Berth(Model):
    """Where an asset is kept."""

    name: str = fact("Place", "Name of the base or berth", default=...)
    position: Position = fact("Position", "Position of the place", default=...)


# Masses are published as round numbers: pieces may weigh so much more than the whole is said to.
_ROUNDED = 1.05


class Piece(Model):
    """One piece of a shipment, packed for transport."""

    name: str = fact("Piece", "What it is", default=...)
    length_m: float | None = quantity("Length", "m", "Packed length", gt=0, le=100)
    width_m: float | None = quantity("Width", "m", "Packed width", gt=0, le=30)
    height_m: float | None = quantity("Height", "m", "Packed height", gt=0, le=30)
    mass_t: float | None = quantity("Mass", "t", "Packed mass", gt=0, le=500)
    count: int = quantity("Count", "1", "How many alike", ge=1, le=1000, default=1)


class Shipment(Model):
    """What has to be moved to bring a system to a port: mass, lorries, pieces, people."""

    mass_t: float | None = quantity("Mass", "t", "All that has to be moved, vehicle included", gt=0, le=5000)
    lorries: int | None = quantity("Lorries", "1", "Road vehicles needed", ge=1, le=500)
    people: int | None = quantity("Team", "1", "People who travel with it", ge=1, le=1000)
    outsize_pieces: int | None = quantity(
        "Outsize pieces", "1", "Pieces that each need an aircraft's hold for themselves", ge=0, le=100
    )
    pieces: tuple[Piece, ...] = fact("Pieces", "Known pieces; empty when no list is public", default=())

    @model_validator(mode="after")
    def _pieces_are_of_it(self) -> Self:
        known_t = sum(piece.mass_t * piece.count for piece in self.pieces if piece.mass_t is not None)
        if self.mass_t is not None and known_t > self.mass_t * _ROUNDED:
            raise ValueError(f"mass_t: found {self.mass_t:g} t; allowed is at least that of its pieces, {known_t:g} t")
        return self


class AssetBase(Model):
    """Fields that all assets share. None means not known."""

    id: str = identifier("Stable name, lower case: gb-nsrs")
    name: str = fact("Name", "Name in use", default=...)
    nations: tuple[str, ...] = Field(
        title="Nations",
        description="ISO 3166 codes of the nations that declare it, two letters",
        min_length=1,
    )
    operator: str | None = fact("Operator", "Who operates it")
    status: AssetStatus = fact("Status", "What the newest public source says", default=AssetStatus.UNKNOWN)
    status_date: str | None = fact("Status as of", "Date of the newest source on the status: 2024 or 2024-09")
    base: Berth | None = fact("Base", "Where it is kept")
    notice_h: Hours | None = fact(
        "Notice",
        "Hours from the order until it moves (ship: casts off; system: leaves its store), [min, mode, max]",
    )
    working_hours: WorkingHours | None = fact(
        "Working hours", "Days and hours in which the notice holds; without them it holds at all hours"
    )
    notice_off_hours_h: Hours | None = fact(
        "Notice off hours", "Hours from an order outside the working hours until it moves, [min, mode, max]"
    )
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)

    @model_validator(mode="after")
    def _off_hours_of_something(self) -> Self:
        if self.notice_off_hours_h is not None and self.working_hours is None:
            raise ValueError("notice_off_hours_h needs working_hours beside it")
        return self
