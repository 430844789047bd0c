"""A small world for planner tests: straight-line sea, two lands, a handful of airfields and ports, no map files."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import AircraftFleet, AircraftType, InterventionSystem, RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.earth.passages.passages import Passage
from subrescue.earth.places.airspace import Airspace
from subrescue.earth.places.port_quays import Quay
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.geodesy import distance_nm, geodesic_points
from subrescue.earth.world import World

HOME, NORTH = 1, 2
DRAWN_H = 1e-4
"""Hours within which draws are the same: they take four bytes each, and sums of them round by some ten-thousandths of
a minute."""
AIRSPACE = Airspace()
"""The real one; it is read once for all worlds."""


@dataclass(frozen=True)
class _Field:
    ident: str
    name: str
    position: Position
    longest_runway_m: int
    landmass: int
    elevation_m: int | None = 10
    country: str = ""


@dataclass(frozen=True)
class _Port:
    id: str
    name: str
    position: Position
    landmass: int
    country: str = ""
    is_naval_base: bool = False


class _Table(list[Any]):
    """Records with columns, as the gazetteer has them."""

    @property
    def lat_deg(self) -> npt.NDArray[np.float64]:
        return np.array([one.position.lat_deg for one in self])

    @property
    def lon_deg(self) -> npt.NDArray[np.float64]:
        return np.array([one.position.lon_deg for one in self])

    @property
    def landmass(self) -> npt.NDArray[np.int64]:
        return np.array([one.landmass for one in self])

    @property
    def is_naval_base(self) -> npt.NDArray[np.bool_]:
        return np.array([one.is_naval_base for one in self], bool)

    @property
    def quay(self) -> npt.NDArray[np.int8]:
        return np.full(len(self), Quay.SUITS, np.int8)

    @property
    def longest_runway_m(self) -> npt.NDArray[np.int64]:
        return np.array([one.longest_runway_m for one in self])

    @property
    def firm_runway_m(self) -> npt.NDArray[np.int64]:
        return self.longest_runway_m

    def known_width_m(self, _least_length_m: float) -> npt.NDArray[np.int32]:
        return np.full(len(self), 45, np.int32)

    @property
    def has_icao_code(self) -> npt.NDArray[np.bool_]:
        return np.ones(len(self), np.bool_)

    @property
    def is_large(self) -> npt.NDArray[np.bool_]:
        return np.zeros(len(self), np.bool_)

    @property
    def has_liners(self) -> npt.NDArray[np.bool_]:
        return np.zeros(len(self), np.bool_)

    @property
    def is_air_base(self) -> npt.NDArray[np.bool_]:
        return np.zeros(len(self), np.bool_)

    @property
    def elevation_m(self) -> npt.NDArray[np.float64]:
        return np.array([np.nan if one.elevation_m is None else one.elevation_m for one in self])

    @property
    def country(self) -> tuple[str, ...]:
        return tuple(one.country for one in self)

    @property
    def ident(self) -> tuple[str, ...]:
        return tuple(one.ident for one in self)

    @property
    def number_of(self) -> dict[str, int]:
        return {getattr(one, "ident", None) or one.id: n for n, one in enumerate(self)}


class StraightSea:
    """Great circles for sea routes; the closed passage `strait` makes each 1.5 times as long, `all` forbids all."""

    passages: tuple[Passage, ...] = ()

    def is_closed_sea(self, _: Position) -> bool:
        return False

    def distances_nm(
        self, origin: Position, lats: Any, lons: Any, closed: frozenset[str] = frozenset()
    ) -> npt.NDArray[np.float64]:
        nm = np.asarray(distance_nm(origin.lat_deg, origin.lon_deg, np.asarray(lats), np.asarray(lons)))
        if "all" in closed:
            return np.full_like(nm, np.nan)
        return nm * (1.5 if "strait" in closed else 1.0)

    def route(self, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> Any:
        nm = float(self.distances_nm(a, b.lat_deg, b.lon_deg, closed))
        return SimpleNamespace(points=geodesic_points(a, b, 60.0), passages=(), distance_nm=nm)

    def ways(self, origin: Position, lats: Any, lons: Any, closed: frozenset[str] = frozenset()) -> list[Any]:
        nm = np.asarray(self.distances_nm(origin, lats, lons, closed))
        return [SimpleNamespace(passages=(), distance_nm=float(one)) for one in nm]


class _Land:
    """Landmass 1 south of 58 N, landmass 2 north of it; countries are the real ones."""

    countries = Countries()

    def landmass_at(self, lat: Any, lon: Any) -> npt.NDArray[np.int64]:
        return np.where(np.asarray(lat) < 58.0, HOME, NORTH)


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


FIELDS = [
    _Field("EGPK", "Home field", at(55.5, -4.6), 3000, HOME),
    _Field("EGSH", "Short home field", at(55.9, -4.4), 1600, HOME),
    _Field("ENBR", "North field", at(60.3, 5.2), 2900, NORTH),
    _Field("ENSH", "Short north field", at(61.0, 5.1), 1600, NORTH),
]
PORTS = [
    _Port("home", "Home quay", at(55.9, -4.9), HOME),
    _Port("bergen", "North quay", at(60.4, 5.3), NORTH),
    _Port("floro", "Far north quay", at(61.6, 5.0), NORTH),
]


class _Gazetteer:
    def __init__(self, fields: list[Any], ports: list[Any]) -> None:
        self.airfields, self.ports = _Table(fields), _Table(ports)

    def find_port(self, name: str) -> Any:
        return next((port for port in self.ports if name in (port.name, port.id)), None)


def a_field(ident: str, lat: float, lon: float, runway_m: int, country: str = "", elevation_m: int = 10) -> Any:
    """An airfield on the land of its latitude."""
    landmass = HOME if lat < 58.0 else NORTH
    return _Field(ident, f"Field {ident}", at(lat, lon), runway_m, landmass, elevation_m, country)


def a_port(ident: str, lat: float, lon: float, country: str = "") -> Any:
    """A port on the land of its latitude."""
    return _Port(ident, f"Port {ident}", at(lat, lon), HOME if lat < 58.0 else NORTH, country=country)


def small_world(
    fields: list[Any] | None = None,
    ports: list[Any] | None = None,
    wind_kn: float | None = None,
    water_c: float | None = 8.0,
) -> World:
    """A world of four airfields and three ports, or of these, with this usual wind and water where anybody told it."""
    water = None if water_c is None else SimpleNamespace(value=water_c, low=water_c - 1.0)
    wind = None if wind_kn is None else SimpleNamespace(speed_kn=SimpleNamespace(value=wind_kn))
    return World(
        router=cast(Any, StraightSea()),
        gazetteer=cast(Any, _Gazetteer(fields or FIELDS, ports or PORTS)),
        land=cast(Any, _Land()),
        depth=cast(Any, SimpleNamespace(estimate=lambda _: None)),
        airspace=AIRSPACE,
        climate=cast(Any, SimpleNamespace(wind=lambda *_: wind, sea_surface_c=lambda *_: water)),
    )


C17 = AircraftType.model_validate(
    {
        "id": "c-17a",
        "name": "C-17A",
        "max_payload_t": 77.5,
        "payload_range": [
            {"payload_t": 77.5, "range_nm": 2400},
            {"payload_t": 45, "range_nm": 3200},
            {"payload_t": 0, "range_nm": 6230},
        ],
        "cruise_kn": 450,
        "min_runway_m": 1070,
        "full_load_runway_m": 2360,
        "load_factor": 0.35,
        "own_loading_gear": False,
        "outsize": True,
    }
)


def fleet(**fields: Any) -> AircraftFleet:
    known = {
        "id": "gb-c17",
        "name": "RAF C-17",
        "nations": ["GB"],
        "aircraft_type": "c-17a",
        "status": "active",
        "usable_count": 2,
        "wait_h": [4, 8, 12],
    }
    return AircraftFleet.model_validate({**known, **fields})


def rescue_system(**fields: Any) -> RescueSystem:
    known = {
        "id": "nsrs",
        "name": "Fly-away system",
        "nations": ["GB"],
        "vehicle_type": "free_srv",
        "status": "active",
        "status_date": "2026",
        "base": {"name": "Store", "position": {"lat_deg": 55.6, "lon_deg": -4.7}},
        "notice_h": [2, 3, 6],
        "min_depth_m": 20,
        "max_depth_m": 610,
        "capacity_persons": 12,
        "mating_angle_deg": 60,
        "launch_wave_height_m": 5,
        "pressure_limit_bar": 6,
        "transfer_under_pressure": True,
        "rescue_seats": ["stanag_1297"],
        "fly_away": True,
        "airfield_icao": "EGPK",
        "shipment": {"mass_t": 100, "outsize_pieces": 1},
        "cycle_h": [4, 6, 8],
    }
    return RescueSystem.model_validate({**known, **fields})


def own_ship_system(**fields: Any) -> RescueSystem:
    return rescue_system(
        **{
            "id": "own",
            "name": "Vehicle of a rescue ship",
            "nations": ["NO"],
            "fly_away": False,
            "shipment": None,
            "home_ships": ["rescue-ship"],
            **fields,
        }
    )


def rov(**fields: Any) -> InterventionSystem:
    known = {
        "id": "rov",
        "name": "ROV",
        "nations": ["GB"],
        "intervention_kind": "rov",
        "status": "active",
        "status_date": "2026",
        "base": {"name": "Store", "position": {"lat_deg": 55.6, "lon_deg": -4.7}},
        "notice_h": [2, 3, 6],
        "max_depth_m": 1000,
        "fly_away": True,
        "airfield_icao": "EGPK",
        "shipment": {"mass_t": 19, "outsize_pieces": 0},
    }
    return InterventionSystem.model_validate({**known, **fields})


def ship(**fields: Any) -> Ship:
    known = {
        "id": "mother-ship",
        "name": "Mother ship",
        "nations": ["NO"],
        "role": "mother_ship",
        "status": "active",
        "status_date": "2026",
        "base": {"name": "North quay", "position": {"lat_deg": 60.4, "lon_deg": 5.3}},
        "speed_kn": 15,
        "notice_h": [2, 4, 8],
        "certified_for": ["nsrs"],
    }
    return Ship.model_validate({**known, **fields})


def rescue_ship(**fields: Any) -> Ship:
    return ship(
        **{"id": "rescue-ship", "name": "Rescue ship", "role": "rescue_ship", "certified_for": ["own"], **fields}
    )


def registry(*, systems: Any = None, interventions: Any = None, ships: Any = None, fleets: Any = None) -> Registry:
    """A registry of these assets; by default one fly-away system, one own-ship system, one ROV and their ships."""
    systems = [rescue_system(), own_ship_system()] if systems is None else systems
    interventions = [rov()] if interventions is None else interventions
    ships = [ship(), rescue_ship()] if ships is None else ships
    fleets = [fleet()] if fleets is None else fleets
    return Registry(
        rescue_systems={a.id: a for a in systems},
        intervention_systems={a.id: a for a in interventions},
        ships={a.id: a for a in ships},
        aircraft_fleets={a.id: a for a in fleets},
        aircraft_types={C17.id: C17},
    )


def a_case(*, dissub: Any = None, **fields: Any) -> Case:
    """A bottomed submarine 200 m down in the Norwegian Sea, everything known and benign, 40 aboard."""
    known = {
        "name": "Exercise boat",
        "nation": "NO",
        "rescue_seat": "stanag_1297",
        "fix": {"position": {"lat_deg": 64.0, "lon_deg": 3.0}},
        "depth_m": 200.0,
        "list_deg": 0,
        "trim_deg": 0,
        "pressure_bar": 1.0,
        "people_aboard": 40,
        "hull_crushed": False,
        "survival_override": {"p10_h": 100, "p50_h": 120, "p90_h": 140, "source": "exercise"},
    }
    environment = {"wave_height_m": 1.0, "current_kn": 0.5, "visibility_m": 5, "ice": False}
    return Case.model_validate(
        {
            "id": "exercise",
            "title": "Exercise",
            "kind": "exercise",
            "alert": "2026-11-01T12:00:00Z",
            "dissub": {**known, **(dissub or {})},
            "environment": environment,
            **fields,
        }
    )
