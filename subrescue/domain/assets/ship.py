"""Ships: rescue ships, certified mother ships and vessels of opportunity, with what a rescue system needs of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from subrescue.domain.assets.base import AssetBase
from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.position import Fix
from subrescue.domain.sighting import Sighting


class ShipRole(StrEnum):
    """What the ship is to a rescue."""

    RESCUE_SHIP = "rescue_ship"
    MOTHER_SHIP = "mother_ship"
    VESSEL_OF_OPPORTUNITY = "vessel_of_opportunity"
    SUPPORT = "support"


class CarriedVehicle(Model):
    """Gear that a ship has aboard which is not an asset of its own."""

    name: str = fact("Gear", "What it is: observation ROV, diving bell, ADS ...", default=...)
    max_depth_m: float | None = quantity("Greatest depth", "m", "Deepest depth at which it works", gt=0, le=12000)


class Ship(AssetBase):
    """A ship that can carry, host or replace a rescue system."""

    kind: Literal["ship"] = "ship"
    role: ShipRole = fact("Role", "rescue_ship, mother_ship, vessel_of_opportunity or support", default=...)
    imo: int | None = quantity("IMO number", "1", "Seven digits", ge=1_000_000, le=9_999_999)
    mmsi: int | None = quantity("MMSI", "1", "Nine digits", ge=100_000_000, le=999_999_999)
    fix: Fix | None = fact("Position now", "Last known position; the base is used when there is none")
    seen: Sighting | None = fact("Seen", "Where it was last observed; the newer of this and the stated position counts")
    length_m: float | None = quantity("Length", "m", "Length over all", gt=0, le=500)
    beam_m: float | None = quantity("Beam", "m", "Greatest beam, for canals", gt=0, le=100)
    draught_m: float | None = quantity("Draught", "m", "Greatest draught, for canals and shoal straits", gt=0, le=40)
    air_draught_m: float | None = quantity(
        "Air draught", "m", "Height above the water, for bridges over canals and straits", gt=0, le=120
    )
    displacement_t: float | None = quantity(
        "Displacement", "t", "Full load, or gross tonnage where the note says so", gt=0, le=500_000
    )
    speed_kn: float | None = quantity("Speed", "kn", "Greatest sustained speed in calm water", gt=0, le=60)
    range_nm: float | None = quantity("Range", "nm", "Range at economical speed", gt=0, le=100_000)
    deck_area_m2: float | None = quantity("Deck area", "m2", "Clear working deck", gt=0, le=10_000)
    deck_strength_t_m2: float | None = quantity("Deck strength", "t/m2", "Load a square metre", gt=0, le=100)
    deck_load_t: float | None = quantity("Deck load", "t", "Cargo that the deck may carry", gt=0, le=50_000)
    dp_class: int | None = quantity("DP class", "1", "IMO dynamic positioning class; 0 is none", ge=0, le=3)
    crane_t: float | None = quantity("Crane", "t", "Largest crane or A-frame", gt=0, le=5000)
    ice_class: str | None = fact(
        "Ice class", "As the class society writes it, 1A or PC 6; none where she is not built for ice"
    )
    berths: int | None = quantity("Spare berths", "1", "Berths for people who are not crew", ge=0, le=2000)
    chamber_places: int | None = quantity(
        "Chamber places", "1", "People in decompression chambers at one time", ge=0, le=1000
    )
    hospital_beds: int | None = quantity("Hospital beds", "1", "Beds of her sick bay or hospital", ge=0, le=2000)
    helideck: bool | None = fact("Helideck", "Has a helicopter deck")
    certified_for: tuple[str, ...] = fact(
        "Certified for", "Ids of systems for which it is a certified mother ship", default=()
    )
    screened_for: tuple[str, ...] = fact(
        "Screened for", "Ids of systems for which it was screened as vessel of opportunity", default=()
    )
    carries: tuple[CarriedVehicle, ...] = fact("Gear aboard", "Gear of its own that is no asset of its own", default=())
    civilian: bool = Field(default=False, title="Civilian", description="Must be chartered")
    warship: bool | None = fact(
        "Warship", "Counts as a warship in straits that are closed to them; auxiliaries in a navy's service do"
    )
