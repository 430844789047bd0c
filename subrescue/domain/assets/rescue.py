"""Rescue systems: a vehicle or chamber that takes survivors off a submarine, with launch gear, chambers and people."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from subrescue.domain.assets.base import AssetBase, Shipment
from subrescue.domain.base import fact, quantity
from subrescue.domain.quantities import Lasting


class RescueVehicleType(StrEnum):
    """How the vehicle moves."""

    FREE_SRV = "free_srv"
    TETHERED = "tethered"
    CHAMBER = "chamber"


class RescueSystem(AssetBase):
    """A rescue vehicle with launch gear, chambers and people as one shipment, or the vehicle of a rescue ship."""

    kind: Literal["rescue_system"] = "rescue_system"
    vehicle_type: RescueVehicleType = fact("Vehicle type", "free_srv, tethered or chamber", default=...)
    min_depth_m: float | None = quantity("Least depth", "m", "Shallowest depth at which it works", ge=0, le=1000)
    max_depth_m: float | None = quantity(
        "Greatest depth", "m", "Deepest depth at which it may mate; the cautious value", gt=0, le=12000
    )
    capacity_persons: int | None = quantity("Capacity", "1", "Rescuees a cycle, planning value", ge=1, le=200)
    mating_angle_deg: float | None = quantity(
        "Mating angle", "deg", "Largest combined list and trim of the DISSUB", gt=0, le=90
    )
    launch_wave_height_m: float | None = quantity(
        "Launch limit", "m", "Significant wave height for launch and recovery", gt=0, le=20
    )
    current_limit_kn: float | None = quantity("Current limit", "kn", "Greatest current at the seat", gt=0, le=10)
    pressure_limit_bar: float | None = quantity(
        "Pressure limit", "bar", "Highest absolute pressure in the DISSUB at which it mates", ge=1, le=20
    )
    transfer_under_pressure: bool | None = fact("TUP", "Survivors pass to deck chambers without loss of pressure")
    chamber_places: int | None = quantity(
        "Chamber places", "1", "People in decompression chambers at one time", ge=0, le=1000
    )
    rescue_seats: tuple[str, ...] | None = fact(
        "Rescue seats", "Seats that its skirt fits: stanag_1297, russian, ...; unknown when not public"
    )
    fly_away: bool | None = fact("Fly-away", "Made to be flown to a ship of another port")
    shipment: Shipment | None = fact("Shipment", "What has to be moved")
    airfield_icao: str | None = fact("APOE", "Usual airport of embarkation, ICAO code")
    home_ships: tuple[str, ...] = fact("Home ships", "Ids of ships that carry it as their own", default=())
    ship_classes_certified: tuple[str, ...] = fact("Certified ships", "Ids of ships certified for it", default=())
    needs_deck_area_m2: float | None = quantity(
        "Deck area needed", "m2", "Clear deck that the system needs", gt=0, le=5000
    )
    needs_deck_strength_t_m2: float | None = quantity(
        "Deck strength needed", "t/m2", "Deck strength that the system needs", gt=0, le=50
    )
    needs_dp_class: int | None = quantity("DP class needed", "1", "IMO dynamic positioning class", ge=0, le=3)
    own_launch_gear: bool | None = fact(
        "Own launch gear", "Brings its own launch and recovery gear; without it the ship's crane or A-frame lifts it"
    )
    cycle_h: Lasting | None = fact("Cycle", "Hours a dive cycle, [min, mode, max]")
    cycles_per_charge: int | None = quantity(
        "Cycles a charge",
        "1",
        "Dive cycles before the battery needs charging; unknown uses the assumption; tethered vehicles need none",
        ge=1,
        le=1000,
    )
    goal_h: float | None = quantity(
        "Goal",
        "h",
        "Hours from the order to the first rescue that its owners have published as their goal",
        gt=0,
        le=1000,
    )

    @model_validator(mode="after")
    def _depths_in_order(self) -> Self:
        if self.min_depth_m is not None and self.max_depth_m is not None and self.min_depth_m >= self.max_depth_m:
            raise ValueError(
                f"min_depth_m: found {self.min_depth_m:g} m; allowed is less than max_depth_m, {self.max_depth_m:g} m"
            )
        return self
