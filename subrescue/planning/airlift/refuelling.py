"""Refuelling in flight: which tankers may and can give an aircraft fuel, and where on a great circle one meets it.

A flight without a stop may be refuelled once. The receiver reaches the tanker with the fuel that it took off with, and
the airfield with what is left and what it is given, never with more than full tanks; the tanker meets it no farther
from its own base than it can bring that fuel and come back. Hours in cruise = fuel given / fuel used an hour.

Only those tankers are planned with that are known to be cleared for the receiver (NATO's ATP-3.3.4.2 has the clearances
by pairs): all nations of the receiver are among the tanker's own, or its fleet names them. An assumption opens the
others; it is off, since a plan must not rest on a clearance that nobody has stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from subrescue.domain.assets import AircraftFleet, AircraftType
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from subrescue.planning.airlift.payloads import range_nm
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import FloatArray, IntArray, sphere_apart_nm

NO_TANKER = -1
# The assumptions on which it depends which tankers meet a fleet, where and when.
_OF_TANKERS = (
    "refuel.fuel_t",
    "refuel.unknown_cleared",
    "refuel.rendezvous_h",
    "refuel.wait_h",
    "airlift.range_reserve",
    "airlift.track_factor",
)


@dataclass(frozen=True)
class TankerBase:
    """Where a tanker flies from, and how far from there it meets others."""

    lat_deg: float
    lon_deg: float
    radius_nm: float


@dataclass(frozen=True)
class Tanking:
    """The tankers for an aircraft with a load, in numbers alone.

    far_nm: the longest flight with one refuelling; cost_nm: what the rendezvous takes, as if it were miles.
    """

    bases: tuple[TankerBase, ...]
    far_nm: float
    cost_nm: float


@dataclass(frozen=True, eq=False)
class Tankers:
    """Fleets of tankers that stand ready after the same wait, in the order of their bases in `tanking`.

    wait_key: the assumption behind the wait. uncleared: those of them that are not known to be cleared.
    """

    fleets: tuple[AircraftFleet, ...]
    tanking: Tanking
    wait_h: Pert
    wait_key: str | None
    uncleared: frozenset[str]


def is_tanker(aircraft: AircraftType) -> bool:
    """The aircraft gives fuel in flight; the plan loads no gear into it."""
    return bool(aircraft.gives_fuel_by)


def met_by(origin: FloatArray, towards: FloatArray, leg_nm: float, tanking: Tanking) -> IntArray:
    """(n,) number of the tanker that comes nearest of those that can meet each flight; `NO_TANKER` for none.

    `origin` (3,) and `towards` (n, 3) are unit vectors. Flights that need no fuel are met too, where a tanker can.
    """
    direct = sphere_apart_nm(towards, origin[None, :])[:, 0]
    bases = unit_vectors(
        np.array([one.lat_deg for one in tanking.bases]), np.array([one.lon_deg for one in tanking.bases])
    )
    radius = np.array([one.radius_nm for one in tanking.bases])
    found = np.full(len(direct), NO_TANKER, np.int64)
    able = np.flatnonzero(direct <= tanking.far_nm)
    if not len(able) or not len(bases):
        return found
    apart = _apart_nm(origin, towards[able], direct[able], leg_nm, bases)
    apart = np.where(apart <= radius, apart, np.inf)
    best = np.argmin(apart, axis=1)
    found[able] = np.where(np.isfinite(apart[np.arange(len(able)), best]), best, NO_TANKER)
    return found


def rendezvous(origin: FloatArray, towards: FloatArray, leg_nm: float, base: TankerBase) -> Position:
    """The point of one flight, by unit vectors (3,), at which it can be given fuel that lies nearest to the base."""
    direct = sphere_apart_nm(towards[None, :], origin[None, :])[:, 0]
    here = unit_vectors(np.array([base.lat_deg]), np.array([base.lon_deg]))
    across, at = _nearest(origin, towards[None, :], direct, leg_nm, here)
    x, y, z = (np.cos(at[0, 0]) * origin + np.sin(at[0, 0]) * across[0]).tolist()
    lat_deg = float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    return Position(lat_deg=lat_deg, lon_deg=float(np.degrees(np.arctan2(y, x))))


def _apart_nm(
    origin: FloatArray, towards: FloatArray, direct_nm: FloatArray, leg_nm: float, bases: FloatArray
) -> FloatArray:
    """(flights, bases) miles from each base to the part of each flight on which it can be refuelled."""
    across, at = _nearest(origin, towards, direct_nm, leg_nm, bases)
    cosine = np.cos(at) * (bases @ origin)[None, :] + np.sin(at) * (across @ bases.T)
    return np.asarray(EARTH_RADIUS_NM * np.arccos(np.clip(cosine, -1.0, 1.0)))


def _nearest(
    origin: FloatArray, towards: FloatArray, direct_nm: FloatArray, leg_nm: float, bases: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The direction of each flight (flights, 3), and how far along it each base is nearest, (flights, bases) radians.

    Only that part counts which lies within the leg of the take-off and of the landing. Along the great circle
    cos(distance) is a wave with its crest abeam of the base: its greatest value on the part is at the crest or an end.
    """
    low = np.maximum(direct_nm - leg_nm, 0.0)[:, None] / EARTH_RADIUS_NM
    high = np.minimum(direct_nm, leg_nm)[:, None] / EARTH_RADIUS_NM
    across = towards - (towards @ origin)[:, None] * origin
    length = np.linalg.norm(across, axis=1, keepdims=True)
    across = across / np.where(length > 0.0, length, 1.0)
    along, beside = (bases @ origin)[None, :], across @ bases.T
    abeam = np.clip(np.arctan2(beside, along), low, high)
    tried = np.stack([abeam, low + np.zeros_like(abeam), high + np.zeros_like(abeam)])
    best = np.argmax(along * np.cos(tried) + beside * np.sin(tried), axis=0)
    return across, np.take_along_axis(tried, best[None], axis=0)[0]


def tankers_for(fleet: AircraftFleet, aircraft: AircraftType, leg_nm: float, sit: Situation) -> list[Tankers]:
    """The tankers that may and can refuel a fleet's aircraft with a leg of `leg_nm`, those of one wait together.

    Kept until an assumption moves that they depend on.
    """
    if aircraft.air_refuelled is not True or aircraft.takes_fuel_by is None or aircraft.fuel_t_h is None or leg_nm <= 0:
        return []
    inputs = fleet, aircraft, *(sit.assumptions[key] for key in _OF_TANKERS)
    make = partial(_tankers_for, fleet, aircraft, leg_nm, sit)
    return on_ground(facts_of(sit), "tankers_for", (fleet.id, leg_nm), inputs, make)


def _tankers_for(fleet: AircraftFleet, aircraft: AircraftType, leg_nm: float, sit: Situation) -> list[Tankers]:
    assert aircraft.fuel_t_h is not None
    numbers = sit.assumptions
    fuel_t, open_to_all = median(numbers["refuel.fuel_t"]), median(numbers["refuel.unknown_cleared"]) > 0.0
    gained_nm = fuel_t / aircraft.fuel_t_h * aircraft.cruise_kn * (1.0 - median(numbers["airlift.range_reserve"]))
    cost_nm = median(numbers["refuel.rendezvous_h"]) * aircraft.cruise_kn / median(numbers["airlift.track_factor"])
    by_wait: dict[tuple[Pert, str | None], list[tuple[AircraftFleet, TankerBase, bool]]] = {}
    for other, tanker in _all_tankers(sit):
        if aircraft.takes_fuel_by not in tanker.gives_fuel_by:
            continue
        cleared = set(fleet.nations) <= {*other.nations, *other.refuels}
        base = _base(other, tanker, fuel_t)
        if base is None or not (cleared or open_to_all):
            continue
        key = None if other.wait_h is not None else "refuel.wait_h"
        wait = other.wait_h if other.wait_h is not None else numbers["refuel.wait_h"]
        by_wait.setdefault((wait, key), []).append((other, base, cleared))
    return [
        Tankers(
            fleets=tuple(one for one, _, _ in ready),
            tanking=Tanking(
                bases=tuple(base for _, base, _ in ready),
                far_nm=round(leg_nm + min(gained_nm, leg_nm), 1),
                cost_nm=round(cost_nm, 1),
            ),
            wait_h=wait,
            wait_key=key,
            uncleared=frozenset(one.id for one, _, cleared in ready if not cleared),
        )
        for (wait, key), ready in by_wait.items()
    ]


def _all_tankers(sit: Situation) -> tuple[tuple[AircraftFleet, AircraftType], ...]:
    types = sit.registry.aircraft_types

    def found() -> Iterator[tuple[AircraftFleet, AircraftType]]:
        for fleet in sit.registry.aircraft_fleets.values():
            aircraft = types.get(fleet.aircraft_type)
            if aircraft is not None and is_tanker(aircraft) and not fleet.status.is_out:
                yield fleet, aircraft

    return sit.once("tankers", None, lambda: tuple(found()))


def _base(fleet: AircraftFleet, tanker: AircraftType, fuel_t: float) -> TankerBase | None:
    """The base with half the range at which the tanker still gives that fuel; None where it cannot carry so much."""
    radius_nm = range_nm(tanker.payload_range, fuel_t) / 2.0
    if radius_nm <= 0.0 or fleet.base is None:
        return None
    at = fleet.base.position
    return TankerBase(at.lat_deg, at.lon_deg, round(radius_nm, 1))
