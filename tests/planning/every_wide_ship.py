"""What the case says in worlds with more in them, and their ships: what each brings, where one is chartered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from subrescue.domain.assets import RescueSystem, Ship
from subrescue.domain.quantities import Pert
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import sphere_nm
from tests.planning.every_chain import NUMBERS, Field, Port, middle

SMALL_LAND = 3


@dataclass(frozen=True)
class Landing:
    """What a nation says to aircraft of others: they may not land, or only so many hours after the order."""

    refused: bool = False
    lead_h: float | None = None


@dataclass(frozen=True)
class Quay:
    """What the case says of a port: closed, whether a ship can be fitted out there, the hours that it takes."""

    closed: bool = False
    fit_out: str | None = None
    fit_out_h: float | None = None


@dataclass(frozen=True)
class Facts:
    """What the case of a world says: of airfields, nations, quays, the sea, and where tankers stand."""

    countries: dict[str, str]
    without_loader: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    parking: dict[str, int] = field(default_factory=dict)
    landings: dict[str, Landing] = field(default_factory=dict)
    quays: dict[str, Quay] = field(default_factory=dict)
    sea_factor: float = 1.0
    duty_h: float = middle("airlift.crew_duty_h")
    tankers: tuple[tuple[float, float], ...] = ()
    tanker_wait_h: float = 1.0
    tanker_reach_nm: float = 0.0
    fuel_t: float = 0.0
    charter_h: float = 900.0


def sphere(a: Field, b: Field) -> float:
    return float(sphere_nm(np.array(a.lat), np.array(a.lon), np.array(b.lat), np.array(b.lon)))


@dataclass(frozen=True)
class Vessel:
    """What a ship brings: hours until she is free, her pace in hours a mile, her berth, and the parts of a fit-out."""

    free: float
    a_mile_h: float
    berth: Port | None
    prepare: float
    aboard: Pert


def fit_out(system: RescueSystem, ship: Ship | None) -> tuple[float, Pert]:
    """Median hours of preparing the ship, and of bringing the system aboard."""
    aboard = NUMBERS["fit_out.certified_h"]
    if ship is not None and (ship.id in system.ship_classes_certified or system.id in ship.certified_for):
        return 0.0, aboard
    screened = ship is not None and system.id in ship.screened_for
    total = NUMBERS["fit_out.screened_h" if screened else "fit_out.unscreened_h"]
    parts = [(total.min, aboard.min), (total.mode, aboard.mode), (total.max, aboard.max)]
    rest = sorted(max(a - b, 0.0) for a, b in parts)
    shorter = [min(a, b) for a, b in parts]
    return median(Pert(min=rest[0], mode=rest[1], max=rest[2])), Pert(min=shorter[0], mode=shorter[1], max=shorter[2])


def suits(system: RescueSystem, ship: Ship) -> bool:
    if ship.id in system.ship_classes_certified or system.id in ship.certified_for:
        return True
    if not (ship.civilian or system.id in ship.screened_for or {"GB", "NO"} & set(ship.nations)):
        return False
    needs = (
        (ship.deck_area_m2, system.needs_deck_area_m2),
        (ship.dp_class, system.needs_dp_class),
        (ship.deck_load_t, system.shipment.mass_t if system.shipment is not None else None),
    )
    return not any(have is not None and need is not None and have < need for have, need in needs)


def vessels_of(system: RescueSystem, ships: list[Ship], facts: Facts) -> list[Vessel]:
    found = []
    for ship in ships:
        if not suits(system, ship):
            continue
        assert ship.base is not None
        if ship.notice_h is not None:
            free = median(ship.notice_h)
        else:
            free = facts.charter_h if ship.civilian else middle("ship.notice_other_h")
        berth = Port("berth", ship.base.position.lat_deg, ship.base.position.lon_deg)
        found.append(Vessel(free, hours_a_mile(ship.speed_kn), berth, *fit_out(system, ship)))
    return [*found, Vessel(facts.charter_h, hours_a_mile(None), None, *fit_out(system, None))]


def hours_a_mile(speed_kn: float | None) -> float:
    """Median hours a mile; where the speed is not known its whole range is doubt."""
    good, weather, default = (
        NUMBERS[f"ship.{key}"] for key in ("speed_made_good", "weather_factor", "default_speed_kn")
    )
    low, high, speed = 1.0, 1.0, speed_kn
    if speed is None:
        speed = median(default)
        low, high = default.min / speed, default.max / speed
    most, least = good.max * high, good.min * low
    pace = Pert(min=weather.min / most, mode=weather.mode / good.mode, max=weather.max / least)
    return median(pace) / speed


def charter_nm(port: Port, ports: list[Port]) -> float:
    """A vessel lies idle on a land with so many ports; elsewhere she comes from the nearest such port."""
    counts = {south: sum((one.lat < 58.0) == south for one in ports) for south in (True, False)}
    if counts[port.lat < 58.0] >= SMALL_LAND or max(counts.values()) < SMALL_LAND:
        return 0.0
    where = Field("", port.lat, port.lon, 0)
    return min(sphere(where, Field("", one.lat, one.lon, 0)) for one in ports if counts[one.lat < 58.0] >= SMALL_LAND)
