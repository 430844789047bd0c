"""Airlift: aircraft types with payload, range, hold and runway, and the fleets of them that operators hold."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from subrescue.domain.assets.base import AssetBase
from subrescue.domain.base import Model, fact, identifier, quantity
from subrescue.domain.evidence import FieldEvidence
from subrescue.domain.quantities import Hours, Share


class FuelBy(StrEnum):
    """How fuel is given in flight: a boom flown into a receptacle, or a hose with a drogue for the receiver's probe."""

    BOOM = "boom"
    DROGUE = "drogue"


class PayloadRange(Model):
    """One point of the payload-range curve."""

    payload_t: float = quantity("Payload", "t", "Payload carried", ge=0, le=300, default=...)
    range_nm: float = quantity("Range", "nm", "Still-air range with that payload", gt=0, le=15_000, default=...)


class AircraftType(Model):
    """A transport aircraft: what it lifts, how far, through which runway and into which hold."""

    id: str = identifier("Stable name: c-17a")
    name: str = fact("Name", "Name in use", default=...)
    max_payload_t: float = quantity("Greatest payload", "t", "Structural payload limit", gt=0, le=300, default=...)
    payload_range: tuple[PayloadRange, ...] = Field(
        title="Payload-range curve", description="Points, payload falling as range grows", min_length=2
    )
    cruise_kn: float = quantity(
        "Cruise", "kn", "Long-range cruising ground speed in still air", gt=0, le=700, default=...
    )
    min_runway_m: float = quantity(
        "Least runway", "m", "Runway for planning with a normal load", gt=0, le=6000, default=...
    )
    full_load_runway_m: float | None = quantity(
        "Full-load runway", "m", "Runway for take-off at greatest mass", gt=0, le=6000
    )
    min_runway_width_m: float | None = quantity(
        "Least runway width",
        "m",
        "Width of the runways on which it is planned to land; unknown asks for none",
        gt=0,
        le=100,
    )
    hold_length_m: float | None = quantity("Hold length", "m", "Usable length of the hold", gt=0, le=100)
    hold_width_m: float | None = quantity("Hold width", "m", "Usable width of the hold", gt=0, le=20)
    hold_height_m: float | None = quantity("Hold height", "m", "Usable height of the hold", gt=0, le=20)
    pallets: int | None = quantity("Pallets", "1", "463L pallet positions", ge=0, le=100)
    load_factor: Share | None = fact(
        "Effective load factor",
        "Share of the greatest payload that bulky rescue gear reaches, [min, mode, max]; unknown uses the assumption",
    )
    own_loading_gear: bool | None = fact("Own loading gear", "Loads and unloads without a K-loader")
    loader_t: float | None = quantity(
        "K-loader carried",
        "t",
        "Mass of the K-loader that it can bring, driven on and off over its ramp; unknown: none is counted on",
        gt=0,
        le=60,
    )
    air_refuelled: bool | None = fact("Air refuelling", "Can take fuel in flight")
    takes_fuel_by: FuelBy | None = fact("Takes fuel by", "boom or drogue, for those that can take fuel in flight")
    fuel_t_h: float | None = quantity("Fuel used", "t/h", "Fuel used in cruise", gt=0, le=50)
    gives_fuel_by: tuple[FuelBy, ...] = fact(
        "Gives fuel by",
        "boom, drogue or both, for tankers: they carry fuel and no gear, payload and range are those of fuel given",
        default=(),
    )
    outsize: bool | None = fact("Takes a rescue vehicle", "The hold takes a rescue vehicle in one piece")
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)

    @model_validator(mode="after")
    def _curve_falls(self) -> Self:
        points = self.payload_range
        for nearer, farther in pairwise(points):
            if not (nearer.range_nm < farther.range_nm and nearer.payload_t >= farther.payload_t):
                raise ValueError("payload-range points must go from near to far with payload falling")
        if points[0].payload_t > self.max_payload_t:
            raise ValueError(
                f"payload_range: found {points[0].payload_t:g} t; allowed is at most max_payload_t, "
                f"{self.max_payload_t:g} t"
            )
        return self

    @model_validator(mode="after")
    def _runway_grows_with_load(self) -> Self:
        if self.full_load_runway_m is not None and self.full_load_runway_m < self.min_runway_m:
            raise ValueError(
                f"full_load_runway_m: found {self.full_load_runway_m:g} m; allowed is at least min_runway_m, "
                f"{self.min_runway_m:g} m"
            )
        return self


class LaterAircraft(Model):
    """Aircraft of a fleet that come later than the first ones."""

    count: int = quantity("Aircraft", "1", "How many come then", ge=1, le=100, default=...)
    wait_h: Hours = fact("Wait", "Hours from tasking until they stand at the APOE, [min, mode, max]", default=...)


class AircraftFleet(AssetBase):
    """Aircraft of one type that one operator can send."""

    kind: Literal["aircraft_fleet"] = "aircraft_fleet"
    aircraft_type: str = fact("Aircraft type", "Id of an aircraft type", default=...)
    count: int | None = quantity("Aircraft", "1", "Aircraft in the fleet", ge=1, le=1000)
    usable_count: int | None = quantity(
        "Usable",
        "1",
        "Aircraft that may be had for a rescue at one time; unknown uses the assumption",
        ge=1,
        le=1000,
    )
    charter: bool = Field(default=False, title="Charter", description="Has to be chartered: the longer wait applies")
    airfield_icao: str | None = fact("Home airfield", "ICAO code")
    sanctioned: bool | None = fact("Sanctioned", "Barred from the airspace of several nations")
    serves: tuple[str, ...] = fact(
        "Serves",
        "Nations for which it flies by treaty or pool, two letters; its own nations always",
        default=(),
    )
    wait_h: Hours | None = fact(
        "Wait",
        "Hours from tasking until the first aircraft stands at the APOE, [min, mode, max]; unknown uses the assumption",
    )
    refuels: tuple[str, ...] = fact(
        "Refuels",
        "Nations whose aircraft this tanker is known to be cleared to refuel, two letters; its own always",
        default=(),
    )
    later: tuple[LaterAircraft, ...] = fact(
        "Later", "Aircraft that come after those to be had at once, as a charter's terms say", default=()
    )

    @model_validator(mode="after")
    def _usable_are_of_the_fleet(self) -> Self:
        if self.count is not None and self.usable_count is not None and self.usable_count > self.count:
            raise ValueError(f"usable_count: found {self.usable_count}; allowed is at most count, {self.count}")
        return self
