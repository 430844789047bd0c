"""Airfields and ports as columns, the roads between them, and great-circle distances: all that no case changes.

Everything here is worked out once for a world and kept, so that a live plan pays only for what the case moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.airlift import Place
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.map_files.on_disk import parts_on_disk
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from subrescue.planning.geography.borders import across_a_closed_border, across_narrow_water
from subrescue.planning.geography.fuel_fields import HIGH_M, STOP_RUNWAY_M, fuel_fields
from subrescue.planning.geography.over_land import over_land_times
from subrescue.planning.geography.stop_legs import StopLegs

if TYPE_CHECKING:
    from subrescue.earth.places.airspace import Airspace
    from subrescue.earth.places.gazetteer import Gazetteer
    from subrescue.earth.places.place_tables import Airfield, Port
    from subrescue.earth.shape.off_shore import OffShore
    from subrescue.earth.world import World

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Lorries bring a rescue system from an airfield to ports within this geodesic distance: about a day's convoy.
ROAD_REACH_NM = 200.0
# The geodesic is no more than this longer or shorter than the great circle on the sphere, by share.
_SPHERE_ERROR = 0.006
# A road is longer than its great circle where it is by more than numbers are rounded.
_LONGER = 1.0001
# The plan looks at no shorter field than this; the gazetteer has shorter ones.
LEAST_RUNWAY_M = 1500.0
# Vessels with a deck for a rescue system lie idle where there is trade: on a landmass with at least so many ports.
_CHARTER_PORTS = 3
# The list rounds widths, of feet too: a runway that is narrower by less is as wide as is needed.
AS_WIDE = 0.97
# Strips without a code, and runways of gravel or grass, are no proposal where a real airfield lies so near by road.
_BESIDE_NM = 50.0
# Nobody lands rescue gear in the mountains with a low airfield so near by road (planning assumption).
_DOWN_NM = 100.0
# A runway that does near sea level has to be 7 % longer for each 300 m above it (ICAO Aerodrome Design Manual, part 1).
_LONGER_A_METRE = 0.07 / 300.0
# Airfields that the nation on the map has closed, as it does not hold them, whose aircraft alone use them, and since
# when: in the north of Cyprus, Abkhazia, the Crimea, by the Sea of Azov (from memory, high confidence). None is a stop.
HELD_BY = {
    "LCEN": ("TR", 1974),
    **dict.fromkeys(("UGSS", "UGSG"), ("RU", 1996)),
    **dict.fromkeys(("UKFF", "UKFB", "UKFK"), ("RU", 2014)),
    **dict.fromkeys(("UKCM", "UKDB"), ("RU", 2022)),
}
# Entered into the list by somebody, and not there: 2,835 m of asphalt by a lake of British Columbia.
_NOT_THERE = ("CRHA",)


@dataclass(frozen=True, eq=False)
class Places:
    """Airfields and ports of a world as columns, and the pairs of them that a road joins.

    Airfields are those with a runway of `LEAST_RUNWAY_M` or more; field_number: the number of each in the gazetteer.
    field_landing_m: the runway on which a plan proposes to land, 0 where it proposes a real airfield beside instead.
    """

    gazetteer: Gazetteer
    airspace: Airspace
    off_shore: OffShore
    field_number: IntArray
    field_lat: FloatArray
    field_lon: FloatArray
    field_runway_m: FloatArray
    field_landing_m: FloatArray
    field_landmass: IntArray
    # Width of the widest runway that a plan looks at, 0 where it is not known.
    field_width_m: npt.NDArray[np.int32]
    port_lat: FloatArray
    port_lon: FloatArray
    port_landmass: IntArray
    # ISO codes of their countries.
    port_country: npt.NDArray[np.str_]
    # What is known of each port's quays, as numbers of `Quay`.
    port_quay: npt.NDArray[np.int8]
    # From each port to the nearest where a vessel may be had, nm: 0 where it is one itself.
    port_charter_nm: FloatArray
    # Whether vessels for hire may lie there at all.
    port_trades: npt.NDArray[np.bool_]
    # Road pairs sorted by port: the airfield of each, its great circle in nm and more round bays, to choose by, where a
    # port's pairs begin.
    pair_field: IntArray
    pair_nm: FloatArray
    pair_first: IntArray
    served_ports: IntArray
    # (fields, 3) unit vectors: flights are chosen by great circles on the sphere.
    towards: FloatArray
    stop_fields: IntArray
    # Great circles to all of them.
    stop_legs: StopLegs
    # ISO code of the country of each airfield, "" where it is not known.
    field_country: npt.NDArray[np.str_]
    # Names of the ports that a case has beyond the gazetteer's; their numbers go on from there.
    new_ports: tuple[str, ...] = ()

    def field_code(self, index: int) -> str:
        """The airfield's code: ICAO where it has one."""
        return self.gazetteer.airfields.ident[int(self.field_number[index])]

    def field_place(self, index: int) -> Place:
        """The airfield as a place of a chain."""
        return _field_place(self, int(index))

    def port_place(self, index: int) -> Place:
        """The port as a place of a chain."""
        return _port_place(self, int(index))

    def field_index(self, code: str | None) -> int | None:
        """The airfield with this code; None where there is none or its runways are too short for a plan."""
        number = None if code is None else self.gazetteer.airfields.number_of.get(code.strip().upper())
        if number is None:
            return None
        index = int(np.searchsorted(self.field_number, number))
        is_there = index < len(self.field_number) and self.field_number[index] == number
        return index if is_there else None

    def port_index(self, name: str | None) -> int | None:
        """The port of this id, name or alias; None where there is none or where several bear the name."""
        if name is None:
            return None
        if name in self.new_ports:
            return len(self.gazetteer.ports) + self.new_ports.index(name)
        try:
            port = self.gazetteer.find_port(name)
        except InputError:
            return None
        return None if port is None else self.gazetteer.ports.number_of[port.id]

    def road_times(self, port: int, field: int) -> float:
        """What the road between a port and an airfield that it joins is over its great circle, to go round bays."""
        row = int(np.searchsorted(self.served_ports, port))
        begin, end = np.append(self.pair_first, len(self.pair_field))[row : row + 2].tolist()
        pair = begin + int(np.searchsorted(self.pair_field[begin:end], field))
        ends = (self.port_lat[port], self.port_lon[port], self.field_lat[field], self.field_lon[field])
        straight_nm = float(sphere_nm(*ends))
        times = float(self.pair_nm[pair]) / straight_nm if straight_nm > 0.0 else 1.0
        return times if times > _LONGER else 1.0


@lru_cache(maxsize=2)
def places_of(world: World) -> Places:
    """The places of a world; worked out once and kept."""
    fields, ports = world.gazetteer.airfields, world.gazetteer.ports
    there = ~np.isin(np.asarray(fields.ident), _NOT_THERE)
    long_enough = np.flatnonzero((np.asarray(fields.longest_runway_m, float) >= LEAST_RUNWAY_M) & there)
    field_lat, field_lon = (np.asarray(column, float)[long_enough] for column in (fields.lat_deg, fields.lon_deg))
    port_lat, port_lon = np.asarray(ports.lat_deg, float), np.asarray(ports.lon_deg, float)
    field_landmass = np.asarray(fields.landmass, np.int64)[long_enough]
    port_landmass = np.asarray(ports.landmass, np.int64)
    country = np.asarray(fields.country)[long_enough]
    pair_port, pair_field, pair_nm = road_pairs(
        (field_lat, field_lon, field_landmass, country),
        (port_lat, port_lon, port_landmass, np.asarray(ports.country)),
        world.off_shore,
    )
    served, first = np.unique(pair_port, return_index=True)
    runway_m = np.asarray(fields.longest_runway_m, float)[long_enough]
    is_base = np.asarray(ports.is_naval_base, bool) & ~np.asarray(ports.has_liners, bool)
    trades = trades_in(np.asarray(ports.country), is_base)
    towards = unit_vectors(field_lat, field_lon)
    firm_m = np.asarray(fields.firm_runway_m, float)[long_enough]
    coded = fields.has_icao_code[long_enough]
    used = ~np.isin(np.asarray(fields.ident)[long_enough], tuple(HELD_BY)) & coded
    elevation_m = np.nan_to_num(np.asarray(fields.elevation_m, float)[long_enough])
    stops = fuel_fields(
        np.asarray(fields.ident)[long_enough],
        elevation_m,
        np.where(used, firm_m, 0.0),
        country,
        field_landmass,
        towards,
        (fields.is_large | fields.is_air_base)[long_enough],
    )
    found = Places(
        gazetteer=world.gazetteer,
        airspace=world.airspace,
        off_shore=world.off_shore,
        field_number=long_enough,
        field_lat=field_lat,
        field_lon=field_lon,
        field_runway_m=runway_m,
        field_landing_m=_landing_m(
            (field_lat, field_lon, field_landmass),
            runway_m,
            np.where(coded, firm_m, 0.0),
            fields.is_large[long_enough],
            elevation_m,
        ),
        field_landmass=field_landmass,
        field_width_m=fields.known_width_m(LEAST_RUNWAY_M)[long_enough],
        port_lat=port_lat,
        port_lon=port_lon,
        port_landmass=port_landmass,
        port_country=np.asarray(ports.country),
        port_quay=np.asarray(ports.quay, np.int8),
        port_charter_nm=charter_nm(port_lat, port_lon, port_landmass, trades),
        port_trades=trades,
        pair_field=pair_field,
        pair_nm=pair_nm,
        pair_first=first.astype(np.int64),
        served_ports=served.astype(np.int64),
        towards=towards,
        stop_fields=stops,
        stop_legs=StopLegs(towards, stops),
        field_country=country,
    )
    return parts_on_disk(found)


def let_go_of_legs(world: World) -> None:
    """Keep no great circles to fuel stops: 18 MB after a first plan, and the plans after it ask for five airfields'."""
    places_of(world).stop_legs.let_go()


Ashore = tuple[FloatArray, FloatArray, IntArray, npt.NDArray[np.str_]]
"""Places by latitude and longitude in degrees, landmass and country, each (n,)."""


def road_pairs(fields: Ashore, ports: Ashore, off_shore: OffShore) -> tuple[IntArray, IntArray, FloatArray]:
    """(pairs,) port, airfield and nm of all that a road joins, sorted by port: great circles, and more round bays."""
    port, field = _near_by_road(fields[:3], ports[:3], ROAD_REACH_NM)
    nations = fields[3][field], ports[3][port]
    open_ = ~across_a_closed_border(*nations) & ~across_narrow_water(*nations)
    port, field = port[open_], field[open_]
    times = over_land_times(off_shore, unit_vectors(*ports[:2])[port], unit_vectors(*fields[:2])[field])
    open_ = np.isfinite(times)
    port, field, times = port[open_], field[open_], times[open_]
    return port, field, times * sphere_nm(ports[0][port], ports[1][port], fields[0][field], fields[1][field])


OnLand = tuple[FloatArray, FloatArray, IntArray]
"""Places by latitude and longitude in degrees and landmass, each (n,)."""


def _near_by_road(fields: OnLand, ports: OnLand, reach_nm: float) -> tuple[IntArray, IntArray]:
    """(pairs,) ports, and the airfields on their land within so many miles of the geodesic, sorted by port."""
    if not len(fields[0]) or not len(ports[0]):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    # Fields in order of latitude: those in the band of a port are a slice, and a dot product decides among them.
    order = np.argsort(fields[0], kind="stable")
    reach = reach_nm / EARTH_RADIUS_NM
    band = np.degrees(reach * (1.0 + _SPHERE_ERROR))
    first = np.searchsorted(fields[0][order], ports[0] - band)
    count = np.searchsorted(fields[0][order], ports[0] + band, side="right") - first
    port = np.repeat(np.arange(len(count)), count)
    field = order[np.arange(len(port)) - np.repeat(np.cumsum(count) - count - first, count)]
    joined = (ports[2][port] >= 0) & (ports[2][port] == fields[2][field])
    port, field = port[joined], field[joined]
    here, there = unit_vectors(ports[0], ports[1])[port], unit_vectors(fields[0], fields[1])[field]
    cosine = np.einsum("ij,ij->i", here, there)
    near = cosine >= np.cos(reach * (1.0 - _SPHERE_ERROR))
    # The sphere decides for all but those that lie about at the reach: for them the geodesic does.
    edge = np.flatnonzero((cosine >= np.cos(reach * (1.0 + _SPHERE_ERROR))) & ~near)
    a, b = port[edge], field[edge]
    near[edge] = np.asarray(distance_nm(ports[0][a], ports[1][a], fields[0][b], fields[1][b])) <= reach_nm
    port, field = port[near], field[near]
    order = np.lexsort((field, port))
    return port[order], field[order]


def _landing_m(
    fields: OnLand,
    runway_m: FloatArray,
    firm_m: FloatArray,
    is_large: npt.NDArray[np.bool_],
    elevation_m: FloatArray,
) -> FloatArray:
    """(fields,) the runway on which a plan proposes to land; `firm_m` is 0 for airfields without a code.

    Nothing is known of who is there at a strip that neither ICAO nor IATA knows, nor of what carries a transport on
    gravel: where a firm runway lies beside that is no shorter, or takes a transport full of fuel, that is the proposal.
    So is a large airport, with its ramps and loaders, beside a field that is none and takes no transport full of fuel.
    So is any firm runway lower down the road from a field in the mountains, where a runway is worth less as well.
    """
    full = firm_m >= STOP_RUNWAY_M
    strips = _beside(fields, firm_m < LEAST_RUNWAY_M, firm_m >= LEAST_RUNWAY_M)
    short = _beside(fields, ~full & ~is_large, full & is_large)
    does = firm_m[strips[1]] >= np.minimum(runway_m[strips[0]], STOP_RUNWAY_M)
    found = runway_m.copy()
    found[strips[0][does]] = 0.0
    found[short[0]] = 0.0
    high = elevation_m > HIGH_M
    found[high] /= 1.0 + _LONGER_A_METRE * elevation_m[high]
    found[_beside(fields, high, ~high & (firm_m >= LEAST_RUNWAY_M), _DOWN_NM)[0]] = 0.0
    return found


def _beside(
    fields: OnLand, some: npt.NDArray[np.bool_], others: npt.NDArray[np.bool_], reach_nm: float = _BESIDE_NM
) -> tuple[IntArray, IntArray]:
    """(pairs,) airfields among `some`, and those among `others` that lie beside them by road."""
    here, there = np.flatnonzero(some), np.flatnonzero(others)
    lat, lon, landmass = fields
    at, beside = _near_by_road(
        (lat[there], lon[there], landmass[there]), (lat[here], lon[here], landmass[here]), reach_nm
    )
    return here[at], there[beside]


def trades_in(country: npt.NDArray[np.str_], is_base: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """(ports,) whether vessels lie there for hire: not at a naval base alone, nor at the landings of the Antarctic."""
    return np.asarray(~is_base & (country != "AQ"))


def charter_nm(
    lat: FloatArray, lon: FloatArray, landmass: IntArray, trades: npt.NDArray[np.bool_] | None = None
) -> FloatArray:
    """Great circles to the nearest port with vessels for hire from ports without; 0 for all where there is none.

    Without are those of small islands, and those that have no trade.
    """
    on_land, number, count = np.unique(landmass, return_inverse=True, return_counts=True)
    large = (on_land[number] >= 0) & (count[number] >= _CHARTER_PORTS)
    if trades is not None:
        large &= trades
    nm = np.zeros(len(landmass))
    if large.any():
        small = np.flatnonzero(~large)
        apart = sphere_nm(lat[small][:, None], lon[small][:, None], lat[large][None, :], lon[large][None, :])
        nm[small] = apart.min(axis=1)
    return nm


def sphere_apart_nm(here: FloatArray, there: FloatArray) -> FloatArray:
    """(n, m) great circles in nm between unit vectors (n, 3) and (m, 3)."""
    found = np.asarray(here @ there.T)
    np.minimum(np.maximum(found, -1.0, out=found), 1.0, out=found)
    np.arccos(found, out=found)
    return np.multiply(EARTH_RADIUS_NM, found, out=found)


def sphere_nm(lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray) -> FloatArray:
    """Great-circle distance on the sphere in nm, broadcast: within 0.6 % of the geodesic, to choose by."""
    a, b = np.radians(lat1), np.radians(lat2)
    half = (
        np.sin((b - a) / 2.0) ** 2
        + np.cos(a) * np.cos(b) * np.sin(np.radians(np.asarray(lon2) - np.asarray(lon1)) / 2.0) ** 2
    )
    return np.asarray(2.0 * EARTH_RADIUS_NM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


@lru_cache(maxsize=2048)
def _field_place(places: Places, index: int) -> Place:
    field: Airfield = places.gazetteer.airfields[int(places.field_number[index])]
    return Place(name=field.name, position=field.position, code=field.ident)


@lru_cache(maxsize=2048)
def _port_place(places: Places, index: int) -> Place:
    of_case = index - len(places.gazetteer.ports)
    if of_case >= 0:
        at = Position(lat_deg=float(places.port_lat[index]), lon_deg=float(places.port_lon[index]))
        return Place(name=places.new_ports[of_case], position=at)
    port: Port = places.gazetteer.ports[index]
    return Place(name=port.name, position=port.position)


@lru_cache(maxsize=64)
def field_distances_nm(places: Places, lat: float, lon: float) -> FloatArray:
    """Geodesics from one point to every airfield, nm; kept, since bases do not move."""
    return np.asarray(distance_nm(lat, lon, places.field_lat, places.field_lon), float)
