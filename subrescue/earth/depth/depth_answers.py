"""What a source of depths can answer: an estimate with its band and where it comes from, or why it says nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from subrescue.domain.position import Position


class SourceKind(StrEnum):
    """What kind of data a source is."""

    SHIPPED = "shipped"  # the grid that travels with the program
    GRID = "grid"  # a grid of the user
    CHART = "chart"  # an electronic chart of the user


class DepthDatum(StrEnum):
    """What depths count from."""

    SEA_LEVEL = "sea_level"
    CHART_DATUM = "chart_datum"  # a low water: the water is deeper by the tide


class Basis(StrEnum):
    """What an estimate was made from."""

    CELLS = "cells"  # grid cells round the place
    SOUNDINGS = "soundings"  # soundings of a chart, within its depth area
    DEPTH_AREA = "depth_area"  # the least and greatest depth of a chart's depth area alone


class Silence(StrEnum):
    """Why a source gives no depth at a place."""

    OUTSIDE = "outside"
    NO_DATA = "no_data"
    UNSURVEYED = "unsurveyed"
    LAND = "land"
    LAKE = "lake"
    NARROW = "narrow"  # too much land in the cells round the place
    UNREADABLE = "unreadable"  # the file could be read when it was opened and no longer can


@dataclass(frozen=True)
class SourceFacts:
    """What is known of a source: its name, how fine it is, what its depths count from.

    resolution_m: height of a grid cell, or the spacing of soundings that the scale of a chart allows. scale: the
    number n of a chart's 1:n. datum_code: sounding datum of a chart by S-57's attribute VERDAT. updates_beside: update
    files of a chart that lie beside it; they are not applied.
    """

    name: str
    kind: SourceKind
    resolution_m: float
    datum: DepthDatum = DepthDatum.SEA_LEVEL
    path: str | None = None
    scale: int | None = None
    edition: str | None = None
    datum_code: int | None = None
    updates_beside: int = 0


SHIPPED = SourceFacts("ETOPO5, 5 arc minutes (NOAA)", SourceKind.SHIPPED, 9_266.0)
"""The grid that travels with the program."""


@dataclass(frozen=True)
class DepthEstimate:
    """A depth: the most probable value and the band that should hold the true one, in metres.

    depth_m is None where it is not known: with high_m None the water is too narrow for the grid (a fjord, a strait),
    with a high_m the chart has a depth area but no sounding near.
    """

    depth_m: float | None
    low_m: float
    high_m: float | None
    source: SourceFacts = SHIPPED
    basis: Basis = Basis.CELLS


@dataclass(frozen=True)
class Slope:
    """How steep the sea floor is on the mean over a stretch about a place; what is shorter than that does not show.

    slope_deg: degrees from level. downhill_deg: true course towards deeper water, None where it is level. over_m: the
    length of the stretch in metres.
    """

    slope_deg: float
    downhill_deg: float | None
    over_m: float
    source: SourceFacts = SHIPPED


@dataclass(frozen=True)
class NoAnswer:
    """A source that was asked and said nothing, and why."""

    source: SourceFacts
    why: Silence


@dataclass(frozen=True)
class DepthAnswer:
    """What all sources together say of a place: the estimate of the first that answers, and those before it.

    estimate is None on land and on a lake: no sea depth.
    """

    estimate: DepthEstimate | None
    passed: tuple[NoAnswer, ...] = field(default=())


class DepthSource(Protocol):
    """Something that can be asked for depths."""

    @property
    def facts(self) -> SourceFacts:
        """What is known of it."""
        ...

    def ask(self, position: Position) -> DepthEstimate | Silence:
        """Return the depth at a place, or why there is none. Never raises for a file that went bad."""
        ...


@runtime_checkable
class SlopeSource(Protocol):
    """A source of depths that knows slopes too: a grid. Soundings of a chart are chosen to be shoal, so it has none."""

    def slope(self, position: Position) -> Slope | None:
        """Return the slope of the sea floor; None where it is not known."""
        ...
