"""Life-support stores and compartments of the DISSUB: what the crew has to breathe."""

from __future__ import annotations

from subrescue.domain.base import Model, fact, quantity


class Stores(Model):
    """Life-support stores. None means not known."""

    soda_lime_kg: float | None = quantity("Soda lime", "kg", "CO2 absorbent", ge=0, le=100_000)
    lioh_kg: float | None = quantity("Lithium hydroxide", "kg", "CO2 absorbent", ge=0, le=100_000)
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


class Compartment(Model):
    """A space in which survivors live, shut off from the others."""

    name: str = fact("Compartment", "Name: after, forward, ...", default=...)
    people: int | None = quantity("People", "1", "Survivors in it", ge=0, le=300)
    free_volume_m3: float | None = quantity("Free volume", "m3", "Air volume", gt=0, le=20_000)
    pressure_bar: float | None = quantity("Pressure", "bar", "Absolute pressure", ge=0.5, le=61)
    co2_percent: float | None = quantity("CO2", "%", "Surface-equivalent share of carbon dioxide", ge=0, le=20)
    o2_percent: float | None = quantity("O2", "%", "Surface-equivalent share of oxygen", ge=0, le=100)
    temperature_c: float | None = quantity("Temperature", "C", "Air temperature", ge=-10, le=80)
    stores: Stores | None = fact("Stores", "Life-support stores in it")
