"""Names of seas and countries as they stand on the map, in English, French and Russian, with the places where they are
written: no statement on anybody's claim."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from subrescue.earth.map_files.files import maps_dir, open_arrays
from subrescue.earth.map_files.map_arrays import unpack_text

_STEP_DEG = 0.01


@dataclass(frozen=True)
class SeaName:
    """A sea: its name by language (en, fr, ru), rank from 1 (oceans) to 4 (bays and straits), and the line along which
    it is written, (latitude, longitude) in degrees from the first letter on, longitudes without jumps."""

    words: dict[str, str]
    rank: int
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class CountryName:
    """A country: its name by language (en, fr, ru) and where it is written.

    size_deg: the side of a square of its area, width_deg: its width at that place, both in degrees of arc.
    """

    iso: str
    words: dict[str, str]
    lat_deg: float
    lon_deg: float
    size_deg: float
    width_deg: float


@cache
def sea_names() -> tuple[SeaName, ...]:
    """Return the names of seas, the greatest first; read once and kept."""
    text = (maps_dir() / "sea_names.toml").read_text(encoding="utf-8")
    found = [
        SeaName({"en": en, "fr": fr, "ru": ru}, rank, tuple((float(lat), float(lon)) for lat, lon in line))
        for en, fr, ru, rank, line in tomllib.loads(text)["seas"]
    ]
    return tuple(sorted(found, key=lambda sea: sea.rank))


@cache
def country_names() -> tuple[CountryName, ...]:
    """Return the names of countries, the largest first; read once and kept."""
    raw = open_arrays("country_names.npz")
    iso, en, fr, ru = (unpack_text(raw[name]) for name in ("iso", "en", "fr", "ru"))
    lat, lon, size, width = (raw[name] * _STEP_DEG for name in ("lat", "lon", "size", "chord"))
    return tuple(
        CountryName(iso[i], {"en": en[i], "fr": fr[i], "ru": ru[i]}, float(lat[i]), float(lon[i]), float(size[i]),
                    float(width[i]))
        for i in range(len(iso))
    )  # fmt: skip
