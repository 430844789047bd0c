"""Airfields and ports as columns for computing and as records for reading, straight from the map files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.map_arrays import unpack_text
from subrescue.earth.map_files.on_disk import all_on_disk, on_disk
from subrescue.earth.places.port_quays import quays, with_liners

# Runway surfaces by their number in the file; the first means not known.
SURFACES = ("", "asphalt", "concrete", "gravel", "dirt", "turf", "sand", "ice", "snow", "constructed")
UNKNOWN_ELEVATION = -32768
# Surfaces on which a laden transport can be counted on to land.
PAVED = ("asphalt", "concrete")
# What a port lies on, by its number in the file: the coast, a river that seagoing ships use, a lake or a sea without
# a way to the ocean in these maps (Great Lakes, Caspian), another waterway, one that these maps do not have, or none.
WATERS = ("sea", "river", "lake", "inland")
SEA_WATERS = ("sea", "river")
_LIGHTS = {0: False, 1: True}
_COORD_STEPS = 1e5
# How the list names the airfields of armed forces, in the languages that it has them in.
_AIR_BASE = re.compile(
    r"\b(air ?base|air force|army air|naval|air station|[jn]?af[bs]|r?[acn]?af base|raf|cfb|mcas|nas|military|"
    r"base a[eé]r(ea|ienne)|a[eé]rea? militar|militare)\b",
    re.IGNORECASE,
)
# Fields of theirs to practise landing on, where nobody is based: no fuel, no crew.
_OUTLYING = re.compile(r"\b(auxil|outlying)", re.IGNORECASE)
_AIRFIELD_SOURCE = "OurAirports, through avwx-engine 1.9.10"

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Runway:
    """A runway: its ends' names, length and width in metres, surface and lights; None where not known.

    strength: what the pavement bears (PCN or PCR); no public source in `maps/` has it, so it is None.
    """

    length_m: int | None
    width_m: int | None
    surface: str | None
    ident: str | None = None
    lights: bool | None = None
    strength: str | None = None


@dataclass(frozen=True)
class Airfield:
    """An airfield with every runway on land, longest first. `ident` is unique: the ICAO code where there is one.

    landmass: see `Land.landmass_at`; -1 for none. Pavement strength and handling gear are not in the data.
    """

    ident: str
    icao: str | None
    iata: str | None
    name: str
    place: str | None
    country: str | None
    position: Position
    elevation_m: int | None
    runways: tuple[Runway, ...]
    landmass: int
    source: str
    confidence: str

    @property
    def longest_runway_m(self) -> int:
        """Length of the longest runway in metres; 0 where no length is known."""
        return self.runways[0].length_m or 0


@dataclass(frozen=True)
class Port:
    """A port or naval base. `id` is unique: the base's own or the UN/LOCODE in small letters.

    water: what it lies on, see `WATERS`. landmass: see `Land.landmass_at`; -1 for none. Depth alongside and cranes are
    not in the data.
    """

    id: str
    unlocode: str | None
    name: str
    country: str
    position: Position
    is_naval_base: bool
    aliases: tuple[str, ...]
    landmass: int
    source: str
    confidence: str
    water: str = "sea"

    @property
    def is_seaport(self) -> bool:
        """Whether ships come to it from the sea, at the coast or up a river."""
        return self.water in SEA_WATERS


@dataclass(frozen=True, eq=False)
class RunwayColumns:
    """Runways as columns of one length: airfield number, metres (-1 where not known), kind of surface."""

    airfield: npt.NDArray[np.int64]
    length_m: IntArray
    width_m: IntArray
    is_paved: npt.NDArray[np.bool_]
    surface_unknown: npt.NDArray[np.bool_]


def _known(stored: Any) -> int | None:
    return int(stored) if stored > 0 else None


class AirfieldTable(Sequence[Airfield]):
    """All airfields: records by number, and columns of one length (degrees, metres) for array work."""

    def __init__(self, folder: Path | None = None) -> None:
        self._raw: dict[str, npt.NDArray[Any]] = all_on_disk(open_arrays("airfields.npz", folder))
        self.lat_deg: FloatArray = on_disk(self._raw["lat"] / _COORD_STEPS)
        self.lon_deg: FloatArray = on_disk(self._raw["lon"] / _COORD_STEPS)
        self.landmass: IntArray = self._raw["landmass"]
        # As the list has it: where airliners come and go. Air bases are medium ones there, however large.
        self.is_large: npt.NDArray[np.bool_] = self._raw["is_large"]
        count = self._raw["runway_count"].astype(np.int64)
        self._first = np.cumsum(count) - count
        self._count = count
        self.longest_runway_m: IntArray = self._raw["runway_length_m"][self._first].astype(np.int32)

    def _column(self, name: str) -> tuple[str, ...]:
        return unpack_text(self._raw[name])

    @cached_property
    def ident(self) -> tuple[str, ...]:
        """Unique code of each airfield."""
        return self._column("ident")

    @cached_property
    def has_icao_code(self) -> npt.NDArray[np.bool_]:
        """Whether each has a code of ICAO's or IATA's: four letters that neither bears out are some user's of the list.

        Other codes are made up by the list for strips and disused fields.
        """
        texts = zip(self.ident, self._column("icao"), self._column("iata"), strict=True)
        return np.array([len(ident) == 4 and ident.isalpha() and bool(icao or iata) for ident, icao, iata in texts])

    @cached_property
    def _texts(self) -> dict[str, tuple[str, ...]]:
        columns = ("icao", "iata", "name", "place", "country", "source", "confidence")
        return {name: self._column(name) for name in columns}

    @cached_property
    def is_air_base(self) -> npt.NDArray[np.bool_]:
        """Whether each is one of an air force, a navy or an army by its name; no auxiliary or outlying field."""
        names = self._texts["name"]
        return np.array([bool(_AIR_BASE.search(name)) and not _OUTLYING.search(name) for name in names])

    @cached_property
    def elevation_m(self) -> npt.NDArray[np.float64]:
        """Elevation of each airfield in metres; nan where it is not known."""
        metres = self._raw["elevation_m"].astype(float)
        metres[self._raw["elevation_m"] == UNKNOWN_ELEVATION] = np.nan
        return np.asarray(metres)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Number of each airfield by its ident."""
        return {ident: number for number, ident in enumerate(self.ident)}

    def __len__(self) -> int:
        return len(self.lat_deg)

    def __iter__(self) -> Iterator[Airfield]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> Airfield: ...

    @overload
    def __getitem__(self, number: slice) -> list[Airfield]: ...

    def __getitem__(self, number: int | slice) -> Airfield | list[Airfield]:
        """Return the airfield of a number; a slice gives a list."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        i, text = int(number), self._texts
        elevation = int(self._raw["elevation_m"][i])
        return Airfield(
            self.ident[i],
            text["icao"][i] or None,
            text["iata"][i] or None,
            text["name"][i],
            text["place"][i] or None,
            text["country"][i] or None,
            Position(lat_deg=float(self.lat_deg[i]), lon_deg=float(self.lon_deg[i])),
            None if elevation == UNKNOWN_ELEVATION else elevation,
            self.runways(i),
            int(self.landmass[i]),
            text["source"][i] or _AIRFIELD_SOURCE,
            text["confidence"][i] or "medium",
        )

    @cached_property
    def runway_columns(self) -> RunwayColumns:
        """Every runway of every airfield as columns."""
        raw = self._raw
        surface = np.array(SURFACES)[raw["runway_surface"]]
        return RunwayColumns(
            np.repeat(np.arange(len(self)), self._count),
            raw["runway_length_m"].astype(np.int32),
            raw["runway_width_m"].astype(np.int32),
            np.isin(surface, PAVED),
            surface == "",
        )

    @cached_property
    def firm_runway_m(self) -> npt.NDArray[np.int32]:
        """Length of each airfield's longest runway that is paved, or of unknown surface, in metres; 0 for none."""
        runways = self.runway_columns
        firm = runways.is_paved | runways.surface_unknown
        longest = np.zeros(len(self), np.int32)
        np.maximum.at(longest, runways.airfield[firm], np.maximum(runways.length_m[firm], 0))
        return longest

    def known_width_m(self, least_length_m: float) -> npt.NDArray[np.int32]:
        """Width of each airfield's widest runway of such a length, m; 0 where there is none or one is not known."""
        runways = self.runway_columns
        long_enough = runways.length_m >= least_length_m
        widest = np.zeros(len(self), np.int32)
        np.maximum.at(widest, runways.airfield[long_enough], np.maximum(runways.width_m[long_enough], 0))
        widest[runways.airfield[long_enough & (runways.width_m <= 0)]] = 0
        return widest

    def runways(self, number: int) -> tuple[Runway, ...]:
        """Return the runways of an airfield, longest first."""
        raw, first = self._raw, int(self._first[number])
        return tuple(
            Runway(
                _known(raw["runway_length_m"][k]),
                _known(raw["runway_width_m"][k]),
                SURFACES[raw["runway_surface"][k]] or None,
                self._runway_ident[k] or None,
                _LIGHTS.get(int(raw["runway_lights"][k])),
            )
            for k in range(first, first + int(self._count[number]))
        )

    @cached_property
    def _runway_ident(self) -> tuple[str, ...]:
        return self._column("runway_ident")

    def names(self, number: int) -> tuple[str, ...]:
        """Return every name by which an airfield may be asked for, its codes first."""
        text = self._texts
        return (
            self.ident[number],
            text["icao"][number],
            text["name"][number],
            text["place"][number],
            text["iata"][number],
        )

    @cached_property
    def by_icao(self) -> dict[str, int]:
        """Number of each airfield by its ICAO code; an ident that is none may spell the name of another place."""
        return {icao: number for number, icao in enumerate(self._texts["icao"]) if icao}

    @cached_property
    def by_iata(self) -> dict[str, int]:
        """Number of each airfield by its IATA code."""
        return {iata: number for number, iata in enumerate(self._texts["iata"]) if iata}

    @property
    def country(self) -> tuple[str, ...]:
        """ISO 3166 code of the country of each airfield; empty where not known."""
        return self._texts["country"]


class PortTable(Sequence[Port]):
    """All ports, naval bases first: records by number, and columns of one length (degrees) for array work."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._raw: dict[str, npt.NDArray[Any]] = all_on_disk(open_arrays("ports.npz", folder))
        self.lat_deg: FloatArray = self._raw["lat"] / _COORD_STEPS
        self.lon_deg: FloatArray = self._raw["lon"] / _COORD_STEPS
        self.landmass: IntArray = self._raw["landmass"]
        self.is_naval_base: npt.NDArray[np.bool_] = self._raw["is_naval_base"]
        self.is_seaport: npt.NDArray[np.bool_] = self._raw["water"] < len(SEA_WATERS)
        self.is_lake_port: npt.NDArray[np.bool_] = self._raw["water"] == WATERS.index("lake")

    @cached_property
    def _texts(self) -> dict[str, tuple[str, ...]]:
        return {
            name: unpack_text(self._raw[name])
            for name in ("id", "unlocode", "name", "country", "source", "confidence", "aliases")
        }

    @cached_property
    def quay(self) -> npt.NDArray[np.int8]:
        """What is known of each port's quays, as numbers of `port_quays.Quay`."""
        text = self._texts
        return quays(text["id"], text["unlocode"], text["aliases"], self._folder)

    @cached_property
    def has_liners(self) -> npt.NDArray[np.bool_]:
        """Whether liners call at each port; at a naval base, whether they do in the harbour that it lies in."""
        return with_liners(self._texts["unlocode"], self._texts["aliases"], self._folder)

    @cached_property
    def id(self) -> tuple[str, ...]:
        """Unique id of each port."""
        return self._texts["id"]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Number of each port by its id."""
        return {ident: number for number, ident in enumerate(self.id)}

    def __len__(self) -> int:
        return len(self.lat_deg)

    def __iter__(self) -> Iterator[Port]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> Port: ...

    @overload
    def __getitem__(self, number: slice) -> list[Port]: ...

    def __getitem__(self, number: int | slice) -> Port | list[Port]:
        """Return the port of a number; a slice gives a list."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        i, text = int(number), self._texts
        return Port(
            text["id"][i],
            text["unlocode"][i] or None,
            text["name"][i],
            text["country"][i],
            Position(lat_deg=float(self.lat_deg[i]), lon_deg=float(self.lon_deg[i])),
            bool(self.is_naval_base[i]),
            tuple(a for a in text["aliases"][i].split("\t") if a),
            int(self.landmass[i]),
            text["source"][i],
            text["confidence"][i],
            WATERS[self._raw["water"][i]],
        )

    def names(self, number: int) -> tuple[str, ...]:
        """Return every name by which a port may be asked for, its codes first."""
        text = self._texts
        aliases = text["aliases"][number].split("\t")
        return (text["id"][number], text["unlocode"][number], text["name"][number], *aliases)

    @property
    def country(self) -> tuple[str, ...]:
        """ISO 3166 code of the country of each port."""
        return self._texts["country"]
