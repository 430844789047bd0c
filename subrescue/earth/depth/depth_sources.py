"""Asks the sources of depths in their order: the user's charts, the user's grids, the grid that travels along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.depth.depth import DepthGrid
from subrescue.earth.depth.depth_answers import (
    DepthAnswer,
    DepthEstimate,
    DepthSource,
    NoAnswer,
    Silence,
    Slope,
    SlopeSource,
    SourceFacts,
    SourceKind,
)

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.depth.netcdf_header import Positive
    from subrescue.earth.shape.land import Land

_RANK = {SourceKind.CHART: 0, SourceKind.GRID: 1, SourceKind.SHIPPED: 2}


class Depths:
    """All sources of depths of a world. Charts come first, the largest scale before the smaller, for they were
    sounded; then grids, the finest first; the shipped grid last."""

    def __init__(self, shipped: DepthGrid, own: Sequence[DepthSource] = ()) -> None:
        self._shipped = shipped
        self._sources: tuple[DepthSource, ...] = (
            *sorted(own, key=lambda source: (_RANK[source.facts.kind], source.facts.resolution_m)),
            shipped,
        )

    @property
    def sources(self) -> tuple[SourceFacts, ...]:
        """What is known of each source, in the order in which they are asked."""
        return tuple(source.facts for source in self._sources)

    def ask(self, position: Position) -> DepthAnswer:
        """Return the estimate of the first source that has one, with those that said nothing before it.

        A chart that says land ends the question: it was surveyed. A grid's land does not, its cells are too coarse.
        """
        passed: list[NoAnswer] = []
        for source in self._sources:
            found = source.ask(position)
            if isinstance(found, DepthEstimate):
                return DepthAnswer(found, tuple(passed))
            passed.append(NoAnswer(source.facts, found))
            if found is Silence.LAND and source.facts.kind is SourceKind.CHART:
                break
        return DepthAnswer(None, tuple(passed))

    def estimate(self, position: Position) -> DepthEstimate | None:
        """Estimate the depth at a place with its band; None on land and on lakes."""
        return self.ask(position).estimate

    def slope(self, position: Position) -> Slope | None:
        """Return the slope of the sea floor from the first grid that knows it; None on land and beside it."""
        if self.estimate(position) is None:
            return None
        slopes = (source.slope(position) for source in self._sources if isinstance(source, SlopeSource))
        return next((slope for slope in slopes if slope is not None), None)

    def array(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the heights of the shipped grid, see `DepthGrid.array`: the tint of the map."""
        return self._shipped.array()

    def with_sources(self, own: Sequence[DepthSource]) -> Depths:
        """Return these depths with other sources of the user."""
        return Depths(self._shipped, own)


def open_depth_source(path: Path, land: Land | None = None, positive: Positive | None = None) -> DepthSource:
    """Open a user's grid (netCDF) or chart (S-57, .000) by what the file is, whatever its name.

    `positive` says whether a grid counts up or down where the file does not say it itself. Raises InputError with the
    file, what was found in it and what is needed.
    """
    from subrescue.earth.depth.netcdf_grid import is_netcdf, open_netcdf
    from subrescue.earth.depth.s57_chart import is_s57, open_s57

    name, allowed = str(path), "a grid (netCDF: GEBCO, ETOPO) or a chart cell (S-57, .000) is needed"
    try:
        if not path.exists():
            raise InputError(Problem("", "no such file", allowed, name))
        if not path.is_file():  # a pipe or a device has no end
            raise InputError(Problem("", "a folder" if path.is_dir() else "no ordinary file", allowed, name))
        if path.stat().st_size == 0:
            raise InputError(Problem("", "an empty file", allowed, name))
        if is_netcdf(path):
            return open_netcdf(path, land, positive)
        if is_s57(path):
            return open_s57(path)
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror or error})"
        raise InputError(Problem("", found, allowed, name)) from None
    if head[:2] in (b"PK", b"\x1f\x8b"):
        raise InputError(Problem("", "a packed file", f"{allowed}; unpack it first", name))
    found = "a GeoTIFF" if head in (b"II*\0", b"MM\0*", b"II+\0") else "another kind of file"
    raise InputError(Problem("", found, allowed, name))
