"""Depths from a user's electronic chart (an S-57 cell, .000): soundings, depth areas, land. They count from the chart's
low-water datum, so the water is deeper by the tide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.depth.depth_answers import (
    Basis,
    DepthDatum,
    DepthEstimate,
    Silence,
    SourceFacts,
    SourceKind,
)
from subrescue.earth.map_files.files_of_others import first_line, quiet_reader
from subrescue.earth.shape.geodesy import METRES_PER_NM, distance_nm

if TYPE_CHECKING:
    from subrescue.domain.position import Position

FloatArray = npt.NDArray[np.float64]

LARGEST_BYTES = 50_000_000
"""A cell has at most 5 megabytes by IHO's product specification (S-57 appendix B.1, from memory); ten times that is
read, no more."""
# Soundings stand about a centimetre apart on the chart (a usual density, from memory); those within three times that
# count for a place.
_SPACING_AT_SCALE_M = 0.01
_REACH_SPACINGS = 3.0
_NEAREST = 8
# Depth accuracy of the zones of confidence (S-57 attribute CATZOC): metres and share of the depth, at 95 %.
# S-57 appendix A, chapter 2, from memory: A1 0.5 m + 1 %, A2 and B 1 m + 2 %, C 2 m + 5 %. D is "worse than
# C": twice C is taken. What was not assessed (U, or no area) counts as D.
_ACCURACY = {1: (0.5, 0.01), 2: (1.0, 0.02), 3: (1.0, 0.02), 4: (2.0, 0.05)}
_POOR = (4.0, 0.10)
# Without a depth area the band is that of the soundings about, widened as that of a grid.
_BAND_FACTOR = 1.5
_METRES_UNIT = 1
_UPDATE = 2


@dataclass(frozen=True, eq=False)
class _Areas:
    """Areas of a chart with a value or two each; nan is not known."""

    polygons: Any
    tree: Any
    first: FloatArray
    second: FloatArray

    def at(self, lat_deg: float, lon_deg: float) -> npt.NDArray[np.int64]:
        """Numbers of the areas that hold a place; their edges belong to them."""
        import shapely

        if not len(self.polygons):
            return np.empty(0, dtype=np.int64)
        points = shapely.points([lon_deg, lon_deg - 360, lon_deg + 360], lat_deg)
        return np.unique(self.tree.query(points, predicate="intersects")[1]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class S57Chart:
    """A chart in memory. soundings: (n, 3) latitude, longitude, depth in metres below the chart's datum."""

    facts: SourceFacts
    coverage: _Areas
    land: _Areas
    unsurveyed: _Areas
    depths: _Areas
    quality: _Areas
    soundings: FloatArray

    def ask(self, position: Position) -> DepthEstimate | Silence:
        """Return the depth at a place: soundings near it within the range of its depth area, or the range alone."""
        lat, lon = position.lat_deg, position.lon_deg
        areas = self.depths.at(lat, lon)
        if len(self.coverage.polygons) and not len(self.coverage.at(lat, lon)):
            return Silence.OUTSIDE
        if len(self.land.at(lat, lon)):
            return Silence.LAND
        if len(self.unsurveyed.at(lat, lon)):
            return Silence.UNSURVEYED
        if not len(areas) and not len(self.coverage.polygons):
            return Silence.OUTSIDE
        low, high = _least(self.depths.first[areas]), _greatest(self.depths.second[areas])
        miles, depths = self._soundings_near(lat, lon, areas)
        if low is None and high is None and not len(depths):
            return Silence.NO_DATA
        depth = None
        if len(depths):
            weights = 1 / np.maximum(miles, 1e-6) ** 2
            depth = float((weights * depths).sum() / weights.sum())
            low = float(depths.min()) / _BAND_FACTOR if low is None else low
            high = float(depths.max()) * _BAND_FACTOR if high is None else high
            depth = min(max(depth, low), high)
        return self._estimate(depth, low, high, self._accuracy(lat, lon))

    def _estimate(
        self, depth: float | None, low: float | None, high: float | None, accuracy: tuple[float, float]
    ) -> DepthEstimate:
        fixed_m, share = accuracy
        least = 0.0 if low is None else max(0.0, low - fixed_m - share * max(low, 0.0))
        most = None if high is None else max(0.0, high) + fixed_m + share * max(high, 0.0)
        basis = Basis.DEPTH_AREA if depth is None else Basis.SOUNDINGS
        shown = None if depth is None else round(max(depth, 0.0), 1)
        return DepthEstimate(shown, round(least, 1), None if most is None else round(most, 1), self.facts, basis)

    def _soundings_near(self, lat: float, lon: float, areas: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
        """Distances in nm and depths of the soundings near a place, those in its depth area where it has one."""
        import shapely

        reach_nm = _REACH_SPACINGS * self.facts.resolution_m / METRES_PER_NM
        near = self.soundings[np.abs(self.soundings[:, 0] - lat) <= reach_nm / 60 * 1.01]
        miles = np.asarray(distance_nm(lat, lon, near[:, 0], near[:, 1])) if len(near) else np.empty(0)
        order = np.argsort(miles, kind="stable")
        order = order[miles[order] <= reach_nm]
        if len(areas) and len(order):
            shapes = self.depths.polygons[areas]
            points = shapely.points(near[order, 1], near[order, 0])
            order = order[np.any(shapely.intersects(shapes[:, None], points[None, :]), axis=0)]
        order = order[:_NEAREST]
        return miles[order], near[order, 2]

    def _accuracy(self, lat: float, lon: float) -> tuple[float, float]:
        """Metres and share of the depth by which the survey may be wrong: the worst zone that holds the place."""
        zones = [_ACCURACY.get(int(code), _POOR) for code in self.quality.first[self.quality.at(lat, lon)] if code > 0]
        return max(zones, default=_POOR)


def _least(values: FloatArray) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.min()) if len(known) else None


def _greatest(values: FloatArray) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else None


def is_s57(path: Path) -> bool:
    """Tell by the first bytes whether a file is an exchange file of ISO 8211 with S-57's fields. Raises OSError."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    return len(head) > 24 and head[:5].isdigit() and head[6:7] == b"L" and b"DSID" in head


def open_s57(path: Path) -> S57Chart:
    """Read a chart cell. Updates that lie beside it (.001 and on) are not applied; `facts` counts them.

    Raises InputError, naming the file, for what is no cell, is too large, has no depths, or has them in another unit
    than metres.
    """
    name = str(path)
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise _refusal(name, "", f"{size / 1e6:,.0f} MB", f"a chart cell has at most {LARGEST_BYTES / 1e6:,.0f} MB")
    try:
        with quiet_reader():
            facts = _facts(path)
            charted = S57Chart(
                facts,
                coverage=_coverage(path),
                land=_areas(path, "LNDARE"),
                unsurveyed=_areas(path, "UNSARE"),
                depths=_joined(_areas(path, "DEPARE", "DRVAL1", "DRVAL2"), _areas(path, "DRGARE", "DRVAL1", "DRVAL2")),
                quality=_areas(path, "M_QUAL", "CATZOC"),
                soundings=_soundings(path),
            )
    except InputError:
        raise
    except (OSError, RuntimeError, ValueError, TypeError, KeyError, IndexError, MemoryError) as error:
        found = f"a broken chart cell ({first_line(error)})"
        raise _refusal(name, "", found, "an S-57 cell (.000) is needed; fetch it again") from None
    if not len(charted.depths.polygons) and not len(charted.soundings):
        raise _refusal(name, "DEPARE", "no depth area and no sounding", "a chart with depths is needed")
    return charted


def _refusal(file: str, field: str, found: str, allowed: str) -> InputError:
    return InputError(Problem(field, found, allowed, file))


def _layer(path: Path, layer: str, columns: tuple[str, ...]) -> tuple[Any, dict[str, Any]] | None:
    """Geometries and columns of a class of objects; None where the chart has none of it."""
    import pyogrio
    import shapely

    options = {"UPDATES": "IGNORE", "SPLIT_MULTIPOINT": "NO", "RETURN_PRIMITIVES": "NO"}
    try:
        meta, _, geometry, values = pyogrio.raw.read(str(path), layer=layer, columns=list(columns), **options)
    except pyogrio.errors.DataLayerError:
        return None
    shapes = shapely.from_wkb(geometry, on_invalid="ignore") if geometry is not None else None
    return shapes, dict(zip(meta["fields"], values, strict=True))


def _facts(path: Path) -> SourceFacts:
    wanted = ("DSID_EXPP", "DSID_EDTN", "DSID_UPDN", "DSPM_CSCL", "DSPM_SDAT", "DSPM_DUNI")
    found = _layer(path, "DSID", wanted)
    values = found[1] if found is not None else {}
    if not len(values.get("DSPM_CSCL", ())):
        raise _refusal(str(path), "DSPM", "no scale of compilation", "an S-57 cell (.000) is needed")
    first = {key: column[0] for key, column in values.items()}
    if first.get("DSID_EXPP") == _UPDATE:
        raise _refusal(str(path), "DSID", "an update of a chart", "the chart itself is needed, its name ends in .000")
    unit, scale = int(first.get("DSPM_DUNI", 0)), int(first["DSPM_CSCL"])
    if unit != _METRES_UNIT:
        raise _refusal(str(path), "DSPM.DUNI", f"depths in the unit {unit}", "metres (1) are needed")
    if scale < 1:
        raise _refusal(str(path), "DSPM.CSCL", f"the scale 1:{scale}", "1:1 or smaller is needed")
    edition = ".".join(str(first[key]) for key in ("DSID_EDTN", "DSID_UPDN") if str(first.get(key, "")))
    return SourceFacts(
        path.name,
        SourceKind.CHART,
        scale * _SPACING_AT_SCALE_M,
        DepthDatum.CHART_DATUM,
        str(path),
        scale,
        edition or None,
        int(first["DSPM_SDAT"]) if first.get("DSPM_SDAT") else None,
        sum(beside.suffix[1:].isdigit() for beside in path.parent.glob(f"{_plain(path.stem)}.[0-9][0-9][0-9]")) - 1
        if path.suffix == ".000"
        else 0,
    )


def _plain(stem: str) -> str:
    """A stem for a search of files: its brackets and stars mean themselves."""
    import glob

    return glob.escape(stem)


def _areas(path: Path, layer: str, first: str | None = None, second: str | None = None) -> _Areas:
    import shapely

    columns = tuple(column for column in (first, second) if column is not None)
    found = _layer(path, layer, columns)
    shapes = np.empty(0, dtype=object) if found is None or found[0] is None else np.asarray(found[0], dtype=object)
    is_area = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    shapes = shapely.make_valid(shapes[is_area])

    def column(name: str | None) -> FloatArray:
        if found is None or name is None or name not in found[1]:
            return np.full(len(shapes), np.nan)
        return np.asarray(found[1][name], dtype=np.float64)[is_area]

    return _Areas(shapes, shapely.STRtree(shapes), column(first), column(second))


def _joined(a: _Areas, b: _Areas) -> _Areas:
    import shapely

    shapes = np.concatenate((a.polygons, b.polygons))
    return _Areas(shapes, shapely.STRtree(shapes), np.append(a.first, b.first), np.append(a.second, b.second))


def _coverage(path: Path) -> _Areas:
    """Where the chart has data: areas of coverage of the category 1."""
    import shapely

    areas = _areas(path, "M_COVR", "CATCOV")
    shapes = areas.polygons[areas.first == 1]
    return _Areas(shapes, shapely.STRtree(shapes), areas.first[areas.first == 1], areas.second[areas.first == 1])


def _soundings(path: Path) -> FloatArray:
    import shapely

    found = _layer(path, "SOUNDG", ())
    if found is None or found[0] is None:
        return np.empty((0, 3))
    points = shapely.get_coordinates(np.asarray(found[0], dtype=object), include_z=True)
    return points[np.isfinite(points).all(axis=1)][:, [1, 0, 2]]
