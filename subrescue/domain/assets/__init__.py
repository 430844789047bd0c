"""Assets: what a nation declares to the registry. The kinds are a closed set, each with its own module."""

from __future__ import annotations

from subrescue.domain.assets.aircraft import AircraftFleet, AircraftType
from subrescue.domain.assets.base import AssetBase, AssetStatus, Berth, Piece, Shipment
from subrescue.domain.assets.intervention import InterventionKind, InterventionSystem
from subrescue.domain.assets.medical import MedicalKind, MedicalUnit
from subrescue.domain.assets.rescue import RescueSystem, RescueVehicleType
from subrescue.domain.assets.ship import CarriedVehicle, Ship, ShipRole

System = RescueSystem | InterventionSystem
"""What is shipped to a port, or dropped, and works from a ship."""
MovingAsset = System | Ship
"""What goes to a DISSUB: a system, or a ship with gear of her own."""

__all__ = [
    "AircraftFleet",
    "AircraftType",
    "AssetBase",
    "AssetStatus",
    "Berth",
    "CarriedVehicle",
    "InterventionKind",
    "InterventionSystem",
    "MedicalKind",
    "MedicalUnit",
    "MovingAsset",
    "Piece",
    "RescueSystem",
    "RescueVehicleType",
    "Ship",
    "ShipRole",
    "Shipment",
    "System",
]
