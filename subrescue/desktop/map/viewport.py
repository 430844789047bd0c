"""Where the map is looked at: projection, centre, scale and size, and the way between places and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import (
    AzimuthalEquidistant,
    FloatArray,
    Mercator,
    PolarStereographic,
    Projection,
    angular_distance_deg,
)
from subrescue.domain.position import Position

# Mean radius of the earth, IUGG 1980: R1 = 6,371.0088 km. For the limits of the zoom, not for numbers shown.
EARTH_RADIUS_M = 6_371_008.8
FINEST_M_PER_PX = 10.0
# Without a chain the map shows this far around the DISSUB, in degrees of arc.
_AROUND_DEG = 8.0


@dataclass(frozen=True)
class Viewport:
    """A window on the map plane. x, y: its middle in radians; scale: pixels a radian; width, height: pixels.

    turn_deg: by how much the map is turned clockwise about the middle, in (-180, 180].
    """

    projection: Projection
    x: float
    y: float
    scale: float
    width: int
    height: int
    turn_deg: float = 0.0

    def to_screen(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Pixels of places; on a map that repeats itself, of the copy nearest to the middle of the window.

        Off a round map they are nan.
        """
        x, y = self.projection.forward(lat_deg, lon_deg)
        period = self.projection.period
        if period is not None:
            x = x - period * np.round((x - self.x) / period)
        x = np.where(self.off_map(x, y), np.nan, x)
        return self.plane_to_screen(x, y)

    def off_map(self, x: FloatArray, y: FloatArray) -> npt.NDArray[np.bool_]:
        """Which points of the map plane lie beyond the rim of a round map."""
        rim = self.projection.rim
        off: npt.NDArray[np.bool_] = np.hypot(x, y) > (math.inf if rim is None else rim * (1 + 1e-9))
        return off

    def plane_to_screen(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Pixels of points of the map plane."""
        across, down = self._spun((np.asarray(x) - self.x) * self.scale, (np.asarray(y) - self.y) * -self.scale, 1.0)
        return self.width / 2 + across, self.height / 2 + down

    def to_plane(self, px: npt.ArrayLike, py: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Points of the map plane at pixels."""
        across, down = np.asarray(px, float) - self.width / 2, np.asarray(py, float) - self.height / 2
        across, down = self._spun(across, down, -1.0)
        return self.x + across / self.scale, self.y - down / self.scale

    def _spun(self, across: FloatArray, down: FloatArray, way: float) -> tuple[FloatArray, FloatArray]:
        """Turn vectors of pixels with the map (way 1), or back (-1)."""
        if not self.turn_deg:
            return across, down
        cosine, sine = math.cos(math.radians(self.turn_deg)), way * math.sin(math.radians(self.turn_deg))
        return across * cosine - down * sine, across * sine + down * cosine

    @property
    def half_size(self) -> tuple[float, float]:
        """Half the width and height, on the map plane, of the upright box about the window."""
        cosine, sine = abs(math.cos(math.radians(self.turn_deg))), abs(math.sin(math.radians(self.turn_deg)))
        wide, high = self.width * cosine + self.height * sine, self.width * sine + self.height * cosine
        return wide / 2 / self.scale, high / 2 / self.scale

    def turned(self, turn_deg: float) -> Viewport:
        """The map turned about the middle of the window; closer where the window would show more than all of it."""
        view = replace(self, turn_deg=180.0 - (180.0 - turn_deg) % 360.0)
        return replace(view, scale=max(view.scale, view.least_scale)).at(self.x, self.y)

    @property
    def north_deg(self) -> float:
        """Where true north lies in the middle of the window, in degrees clockwise from up."""
        lat, lon = self.centre
        # Through the plane: to_screen would know no pixel just beyond the rim.
        x0, y0 = self.plane_to_screen(*self.projection.forward(lat if lat < 89.99 else 89.98, lon))
        x1, y1 = self.plane_to_screen(*self.projection.forward(min(lat + 0.01, 89.9999), lon))
        return math.degrees(math.atan2(float(x1 - x0), float(y0 - y1)))

    def north_up(self) -> Viewport:
        """The map turned so that north is up in the middle of the window."""
        turn_deg = self.turn_deg - self.north_deg
        return self.turned(0.0 if abs(turn_deg) < 1e-6 else turn_deg)

    def to_geo(self, px: npt.ArrayLike, py: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Latitude and longitude at pixels; nan off the map."""
        return self.projection.inverse(*self.to_plane(px, py))

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude in the middle; the nearest place of the map where that is off the map.

        Kept: a frame asks eight times.
        """
        x0, y0, x1, y1 = self.projection.bounds
        x = self.x if self.projection.period is not None else min(max(self.x, x0), x1)
        lat, lon = self.projection.inverse(x, min(max(self.y, y0), y1))
        return (float(lat), float(lon)) if math.isfinite(float(lat)) else (0.0, 0.0)

    @cached_property
    def degrees_per_px(self) -> float:
        """Degrees of arc a pixel in the middle of the window."""
        return math.degrees(1.0 / self.scale) / self.projection.stretch(*self.centre)

    def panned(self, dx_px: float, dy_px: float) -> Viewport:
        """The map moved with the hand by so many pixels."""
        x, y = self.to_plane(self.width / 2 - dx_px, self.height / 2 - dy_px)
        return self.at(float(x), float(y))

    def at(self, x: float, y: float) -> Viewport:
        """The same window with another middle, kept on the map."""
        x0, y0, _x1, y1 = self.projection.bounds
        period = self.projection.period
        if period is not None:
            x = (x - x0) % period + x0
            free = max(0.0, (y1 - y0) / 2 - self.half_size[1])
            y = min(max(y, (y0 + y1) / 2 - free), (y0 + y1) / 2 + free)
        elif self.projection.rim is not None and math.hypot(x, y) > self.projection.rim:
            share = self.projection.rim / math.hypot(x, y)
            x, y = x * share, y * share
        return replace(self, x=x, y=y)

    def zoomed(self, factor: float, px: float, py: float) -> Viewport:
        """The scale changed by a factor with the place under a pixel kept where it is."""
        scale = min(max(self.scale * factor, self.least_scale), EARTH_RADIUS_M / FINEST_M_PER_PX)
        x, y = self.to_plane(px, py)
        wanted = replace(self, scale=scale)
        off_x, off_y = wanted.to_plane(px, py)
        return wanted.at(float(x - off_x) + self.x, float(y - off_y) + self.y)

    @property
    def least_scale(self) -> float:
        """The scale at which the whole map fills the window."""
        x0, y0, x1, y1 = self.projection.bounds
        if self.projection.period is not None:
            wide, high = (2 * half * self.scale for half in self.half_size)
            return max(wide / (x1 - x0), high / (y1 - y0)) * 0.999
        return min(self.width / (x1 - x0), self.height / (y1 - y0)) * 0.96

    def resized(self, width: int, height: int) -> Viewport:
        """The same middle and scale in a window of another size."""
        view = replace(self, width=max(1, width), height=max(1, height))
        return replace(view, scale=max(view.scale, view.least_scale)).at(view.x, view.y)

    def grown(self, margin_px: int) -> Viewport:
        """The window with a margin on all four sides."""
        return replace(self, width=self.width + 2 * margin_px, height=self.height + 2 * margin_px)

    def fitted(self, lat_deg: FloatArray, lon_deg: FloatArray, padding_px: float = 70.0) -> Viewport:
        """The window that holds all places, seen no closer than 60 nautical miles across."""
        x, y = self.projection.forward(lat_deg, lon_deg)
        period = self.projection.period
        if period is not None and len(x):
            x = x[0] + (x - x[0] + period / 2) % period - period / 2
        ok = np.isfinite(x) & np.isfinite(y) & ~self.off_map(x, y)
        if not ok.any():
            return replace(self, scale=self.least_scale).at(0.0, 0.0)
        x, y = self._spun(x[ok], -y[ok], 1.0)  # as the window sees them
        closest = math.radians(1.0) * self.projection.stretch(float(lat_deg[0]), float(lon_deg[0]))
        wide, high = max(float(np.ptp(x)), closest), max(float(np.ptp(y)), closest)
        pad_x, pad_y = min(padding_px, self.width / 5), min(padding_px, self.height / 5)
        room_x, room_y = max(self.width - 2 * pad_x, 50), max(self.height - 2 * pad_y, 50)
        scale = max(min(room_x / wide, room_y / high), self.least_scale)
        middle = np.array(float(x.min() + x.max()) / 2), np.array(float(y.min() + y.max()) / 2)
        across, down = self._spun(*middle, -1.0)
        return replace(self, scale=scale).at(float(across), -float(down))

    def reach_deg(self) -> float:
        """The angle from the middle of the window that holds all of it: what lies farther off need not be drawn."""
        share = np.linspace(0.0, 1.0, 17)
        px = np.concatenate((share, share, 0 * share, 0 * share + 1)) * self.width
        py = np.concatenate((0 * share, 0 * share + 1, share, share)) * self.height
        lat, lon = self.to_geo(px, py)
        if self.projection.period is not None:
            if 2 * self.half_size[0] > math.pi / 2 or not np.isfinite(lat).all():
                return 180.0
        elif not np.isfinite(lat).all():
            return 180.0
        lat0, lon0 = self.centre
        opposite_x, opposite_y = self.plane_to_screen(*self.projection.forward(-lat0, lon0 + 180))
        if 0 <= opposite_x <= self.width and 0 <= opposite_y <= self.height:
            return 180.0
        return float(angular_distance_deg(lat, lon, lat0, lon0).max()) + 0.1

    def copies(self) -> tuple[float, ...]:
        """Shifts in x of the copies of the map that lie in the window: 0.0 alone where it does not repeat."""
        period = self.projection.period
        if period is None:
            return (0.0,)
        x0, _, x1, _ = self.projection.bounds
        half = self.half_size[0]
        first = math.ceil((self.x - half - x1) / period)
        last = math.floor((self.x + half - x0) / period)
        return tuple(k * period for k in range(first, last + 1))


def projection_named(name: str, centre: Position) -> Projection:
    """The projection of a name as the window remembers it; an azimuthal one is centred on a place."""
    if name == "mercator":
        return Mercator()
    if name in ("north_polar", "south_polar"):
        return PolarStereographic(is_north=name == "north_polar")
    return AzimuthalEquidistant(centre.lat_deg, centre.lon_deg)


def points_about(dissub: Position, error_radius_nm: float | None, *, alone: bool) -> FloatArray:
    """The places that a map fitted to a DISSUB shows: (n, 2) latitude and longitude.

    alone: nothing else is to be shown, so that the map reaches some degrees around it.
    """
    reach = (error_radius_nm or 0.0) / 60.0
    if alone:
        reach = max(reach, _AROUND_DEG)
    east = min(reach / max(math.cos(math.radians(dissub.lat_deg)), 0.1), 170.0)
    north, south = min(dissub.lat_deg + reach, 90.0), max(dissub.lat_deg - reach, -90.0)
    lat, lon = dissub.lat_deg, dissub.lon_deg
    return np.array([[lat, lon], [north, lon], [south, lon], [lat, lon + east], [lat, lon - east]])


def view_of_place(
    name: str, dissub: Position, error_radius_nm: float | None, width: int, height: int, turn_deg: float = 0.0
) -> Viewport:
    """The view with which a map begins that has a DISSUB to show and no chain yet. name: of the projection."""
    points = points_about(dissub, error_radius_nm, alone=True)
    view = Viewport(projection_named(name, dissub), 0.0, 0.0, 1.0, width, height, turn_deg)
    return view.resized(width, height).fitted(points[:, 0], points[:, 1])
