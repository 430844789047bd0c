"""Medical units: recompression chambers ashore, chambers and teams that travel, and hospitals that take survivors."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from subrescue.domain.assets.base import AssetBase, Shipment
from subrescue.domain.base import fact, quantity


class MedicalKind(StrEnum):
    """What it is."""

    HYPERBARIC_CENTRE = "hyperbaric_centre"
    DEPLOYABLE_CHAMBER = "deployable_chamber"
    MEDICAL_TEAM = "medical_team"
    HOSPITAL = "hospital"


class MedicalUnit(AssetBase):
    """Where survivors are recompressed and treated once they are off the submarine."""

    kind: Literal["medical_unit"] = "medical_unit"
    medical_kind: MedicalKind = fact(
        "Type", "hyperbaric_centre, deployable_chamber, medical_team or hospital", default=...
    )
    chamber_places: int | None = quantity(
        "Chamber places", "1", "People in its decompression chambers at one time", ge=0, le=1000
    )
    chambers: int | None = quantity("Chambers", "1", "How many chambers", ge=0, le=100)
    beds: int | None = quantity("Beds", "1", "Beds for people who were treated or need no chamber", ge=0, le=10_000)
    pressure_limit_bar: float | None = quantity(
        "Pressure limit", "bar", "Highest absolute pressure of its chambers", ge=1, le=100
    )
    mixed_gas: bool | None = fact("Mixed gas", "Treats with oxygen and helium mixtures, not with air alone")
    receives_under_pressure: bool | None = fact(
        "Receives under pressure", "Takes people over from a transfer lock without loss of pressure"
    )
    intensive_care: bool | None = fact("Intensive care", "Intensive care in or beside the chamber")
    always_manned: bool | None = fact("Always manned", "Staff are on call by day and night")
    fly_away: bool | None = fact("Fly-away", "Made to be moved to a ship or another port")
    shipment: Shipment | None = fact("Shipment", "What has to be moved")
    airfield_icao: str | None = fact("Airfield", "Usual airport, ICAO code")
