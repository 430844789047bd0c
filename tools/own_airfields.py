"""Reads `more_airfields.toml` strictly: airfields that the airfield data lack or give without a runway."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Confidence
from subrescue.earth.places.place_tables import SURFACES
from subrescue.store.tables import list_of_tables, read_tables
from subrescue.store.validation import Origin, validated


class OwnRunway(Model):
    """A runway of an own airfield."""

    length_m: int = quantity("Length", "m", "Of the whole strip", ge=600, le=6000, default=...)
    width_m: int | None = quantity("Width", "m", "Of the strip", gt=0, le=200)
    surface: str | None = fact("Surface", f"One of {', '.join(name for name in SURFACES if name)}")

    ident: str | None = fact("Ends", "Names of both ends: 09/27")
    lights: bool | None = fact("Lights", "Whether it is lit")

    @field_validator("surface")
    @classmethod
    def _known_surface(cls, value: str | None) -> str | None:
        if value is not None and value not in SURFACES[1:]:
            raise ValueError(f"found {value}; allowed are {', '.join(SURFACES[1:])}")
        return value


class OwnAirfield(Model):
    """An airfield of our own table."""

    ident: str = Field(title="Code", description="ICAO code or another of four letters", pattern=r"^[A-Z0-9]{4}$")
    iata: str | None = Field(default=None, title="IATA code", description="Of three letters", pattern=r"^[A-Z]{3}$")
    name: str = Field(title="Name", description="Name in use", min_length=1)
    place: str = Field(title="Place", description="Town that it serves", min_length=1)
    country: str = Field(title="Country", description="ISO 3166-1 code", pattern=r"^[A-Z]{2}$")
    lat_deg: float = quantity("Latitude", "deg", "North positive", ge=-90, le=90, default=...)
    lon_deg: float = quantity("Longitude", "deg", "East positive", ge=-180, le=180, default=...)
    elevation_m: int | None = quantity("Elevation", "m", "Above the sea", ge=-400, le=6000)
    runways: tuple[OwnRunway, ...] = Field(title="Runways", description="Longest first", min_length=1)
    confidence: Confidence = fact("Confidence", "high, medium or low", default=...)
    source: str = Field(title="Source", description="Of position and runway", min_length=1)
    date: str = Field(title="Date", description="Of the source or its reading", pattern=r"^\d{4}(-\d{2}){0,2}$")


def read_own_airfields(path: Path) -> tuple[OwnAirfield, ...]:
    """Return the airfields of a table.

    Raises InputError with every fault: file, line, field, what was found, what is allowed.
    """
    text = path.read_text(encoding="utf-8")
    fields: dict[str, OwnAirfield] = {}
    problems: list[Problem] = []
    for number, table in enumerate(list_of_tables(read_tables(text, path.name), "airfield", path.name)):
        origin = Origin(path.name, text, ("airfield", number))
        try:
            field = validated(OwnAirfield, table, origin)
        except InputError as error:
            problems += error.problems
            continue
        if field.ident in fields:
            problems.append(origin.problem(("ident",), repr(field.ident), "each code stands once", table))
        fields[field.ident] = field
    if problems:
        raise InputError(problems)
    return tuple(fields.values())
