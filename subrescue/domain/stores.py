"""Life-support stores and compartments of the DISSUB: what the crew has to breathe, and what is known of it."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.instants import UtcInstant


class Override(Model):
    """A survival time that somebody who can know has stated; it replaces the computed one."""

    p10_h: float = quantity("P10", "h", "Hours after the alert", ge=0, le=2000, default=...)
    p50_h: float = quantity("P50", "h", "Hours after the alert", ge=0, le=2000, default=...)
    p90_h: float = quantity("P90", "h", "Hours after the alert", ge=0, le=2000, default=...)
    source: str = fact("Source", "Who stated it and when", default=...)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.p10_h <= self.p50_h <= self.p90_h:
            raise ValueError(f"p10_h <= p50_h <= p90_h does not hold: {self.p10_h:g}, {self.p50_h:g}, {self.p90_h:g}")
        return self


class Stores(Model):
    """Life-support stores. None means not known."""

    soda_lime_kg: float | None = quantity("Soda lime", "kg", "CO2 absorbent", ge=0, le=100_000)
    lioh_kg: float | None = quantity("Lithium hydroxide", "kg", "CO2 absorbent", ge=0, le=100_000)
    superoxide_kg: float | None = quantity(
        "Potassium superoxide", "kg", "Takes up CO2 and gives oxygen: plates and cartridges", ge=0, le=100_000
    )
    absorbent_canisters: int | None = quantity(
        "Absorbent canisters", "1", "CO2 absorbent counted in canisters, besides that in kg", ge=0, le=10_000
    )
    canister_person_h: float | None = quantity(
        "A canister lasts",
        "h",
        "Hours that one canister serves one person; unknown uses the assumption",
        gt=0,
        le=1000,
    )
    canister_source: str | None = fact("Canister source", "Who says how long a canister lasts")
    oxygen_candles: int | None = quantity("Oxygen candles", "1", "Candles left", ge=0, le=10_000)
    candle_oxygen_m3: float | None = quantity(
        "Oxygen a candle",
        "m3",
        "Oxygen that one candle gives at 1 bar; unknown uses the assumption",
        gt=0,
        le=20,
    )
    oxygen_bottles_m3: float | None = quantity("Bottled oxygen", "m3", "Oxygen in bottles at 1 bar", ge=0, le=10_000)
    water_l: float | None = quantity("Drinking water", "l", "Water left", ge=0, le=1_000_000)
    power_h: float | None = quantity("Power", "h", "Hours that battery power still lasts", ge=0, le=2000)
    absorbent_needs_power: bool | None = fact(
        "Absorbent needs power", "Air is blown through the absorbent; it does nothing once power is gone"
    )


class Compartment(Model):
    """A space in which survivors live, shut off from the others."""

    name: str = fact("Compartment", "Name: after, forward, ...", default=...)
    people: int | None = quantity("People", "1", "Survivors in it", ge=0, le=300)
    free_volume_m3: float | None = quantity(
        "Free volume", "m3", "Air volume as it is now, after any flooding", gt=0, le=20_000
    )
    pressure_bar: float | None = quantity("Pressure", "bar", "Absolute pressure", ge=0.5, le=61)
    co2_percent: float | None = quantity("CO2", "%", "Surface-equivalent share of carbon dioxide", ge=0, le=20)
    o2_percent: float | None = quantity("O2", "%", "Surface-equivalent share of oxygen", ge=0, le=100)
    carbon_monoxide_ppm: float | None = quantity(
        "Carbon monoxide", "ppm", "Surface-equivalent share of carbon monoxide, after a fire", ge=0, le=50_000
    )
    temperature_c: float | None = quantity("Temperature", "C", "Air temperature", ge=-10, le=80)
    wet: bool | None = fact("Wet", "The survivors are wet or stand in water")
    flooding_m3_h: float | None = quantity(
        "Flooding", "m3/h", "Water that still comes in, and presses the air together", ge=0, le=10_000
    )
    stores: Stores | None = fact("Stores", "Life-support stores in it")
    measured_at: UtcInstant | None = fact(
        "Measured at", "When air and stores were so; survival counts from here instead of the last proof of life"
    )
    source: str | None = fact("Source", "Who reported it: underwater telephone, message buoy, ...")
    survival_override: Override | None = fact(
        "Survival stated", "What its crew reports; replaces what is computed for this compartment"
    )
