"""Assets: what a nation declares to the registry. The kinds are a closed set, each with its own module."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from subrescue.domain.assets.aircraft import AircraftFleet, AircraftType
from subrescue.domain.assets.base import AssetBase, AssetStatus, Berth, Piece, Shipment
from subrescue.domain.assets.intervention import InterventionKind, InterventionSystem
from subrescue.domain.assets.medical import MedicalKind, MedicalUnit
from subrescue.domain.assets.rescue import RescueSystem, RescueVehicleType
from subrescue.domain.assets.ship import CarriedVehicle, Ship, ShipRole

Asset = Annotated[RescueSystem | InterventionSystem | Ship | AircraftFleet | MedicalUnit, Field(discriminator="kind")]

__all__ = [
    "AircraftFleet",
    "AircraftType",
    "Asset",
    "AssetBase",
    "AssetStatus",
    "Berth",
    "CarriedVehicle",
    "InterventionKind",
    "InterventionSystem",
    "MedicalKind",
    "MedicalUnit",
    "Piece",
    "RescueSystem",
    "RescueVehicleType",
    "Ship",
    "ShipRole",
    "Shipment",
]
