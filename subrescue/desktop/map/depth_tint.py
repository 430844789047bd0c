"""The sea tinted by depth: for every few pixels the place, for the place the depth, for the depth a colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport
from subrescue.earth.map_files.on_disk import on_disk

# Colours are looked up by the square root of the depth: shelves get as many as the deep ocean.
_COLOURS = 1024
_DEEPEST_M = 11_000.0
# Twenty metres deeper two points on are a light of 0.02.
_LIGHT_PER_M = 0.001
_COARSER = 4
# So many pixels are worked out in one go.
_TOGETHER = 1 << 15


@dataclass(frozen=True)
class DepthRaster:
    """Heights on a grid of whole steps around the earth.

    height_m: (rows, columns) sea negative, first row at `south_deg`, first column at `west_deg`: the grid of the world
    itself, of which no copy is made.
    is_shaded: whether its floor is lit from the north-west. That is worked out where it is painted: kept it would take
    9 MB, and a tenth of a second at the start.
    """

    height_m: npt.NDArray[np.int16]
    south_deg: float
    west_deg: float
    step_deg: float
    is_shaded: bool = False

    @cached_property
    def coarser(self) -> tuple[npt.NDArray[np.int16], ...]:
        """The heights on every second, fourth, eighth and sixteenth point, each the mean of those about it."""
        grids: list[npt.NDArray[np.int16]] = []
        grid = self.height_m
        while len(grids) < _COARSER and grid.shape[0] % 2 == 1 and grid.shape[1] % 2 == 0:
            grid = -_halved(-grid)
            grids.append(on_disk(grid))
        return tuple(grids)


def _halved(grid: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Every second row and column, weighed 1, 2, 1 with their neighbours; columns go round, first and last row stay."""
    middle = grid[::2].astype(np.int32)
    middle[1:-1] = (grid[1:-3:2].astype(np.int32) + 2 * middle[1:-1] + grid[3:-1:2]) // 4
    whole = (np.roll(middle, 1, axis=1)[:, ::2] + 2 * middle[:, ::2] + middle[:, 1::2]) // 4
    return whole.astype(np.int16)


def colour_table(palette: MapPalette) -> npt.NDArray[np.float32]:
    """Red, green and blue for equal steps of the square root of the depth: (n, 3), 0 to 255."""
    depths = np.array([stop[0] for stop in palette.depth_stops], dtype=float)
    stops = [QColor(stop[1]) for stop in palette.depth_stops]
    colours = np.array([(stop.red(), stop.green(), stop.blue()) for stop in stops], dtype=float)
    at = np.linspace(0.0, 1.0, _COLOURS) ** 2 * _DEEPEST_M
    return np.column_stack([np.interp(at, depths, colours[:, i]) for i in range(3)]).astype(np.float32)


@lru_cache(maxsize=4)
def _packed_table(palette: MapPalette, shades: int = 33) -> npt.NDArray[np.uint32]:
    """Pixels 0xffRRGGBB for (shade, depth): shades from dark to light."""
    table = colour_table(palette)[None, :, :]
    light = np.linspace(-1.0, 1.0, shades, dtype=np.float32)[:, None, None]
    rgb = np.where(light < 0, table * (1 + 0.13 * light), table + (255 - table) * 0.30 * light)
    if QColor(palette.sea).lightness() < 110:  # at night light must not glare
        rgb = table * (1 + 0.28 * light)
    whole = np.clip(rgb, 0, 255).astype(np.uint32)
    packed: npt.NDArray[np.uint32] = (
        np.uint32(0xFF000000) | whole[..., 0] << np.uint32(16) | whole[..., 1] << np.uint32(8) | whole[..., 2]
    )
    return packed


def _between(
    corners: tuple[npt.NDArray[Any], ...], to_north: npt.NDArray[np.float32], to_east: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Linear in both directions between south-west, south-east, north-west and north-east."""
    south_west, south_east, north_west, north_east = corners
    south = south_west + (south_east - south_west) * to_east
    north = north_west + (north_east - north_west) * to_east
    found: npt.NDArray[np.float32] = south + (north - south) * to_north
    return found


def _sampled(
    grid: npt.NDArray[np.int16], row: npt.NDArray[np.float32], column: npt.NDArray[np.float32], lit: bool
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32] | None]:
    """Depths between the points of a grid of heights, and where `lit` the light on the floor, -1 dark to 1 light.

    The grid goes round; at its first and last row there is half as much light from that side.
    """
    rows, columns = grid.shape
    first = np.clip(row.astype(np.int32), 0, rows - 2)
    west = column.astype(np.int32)
    to_north, to_east = np.clip(row - first, 0, 1).astype(np.float32), (column - west).astype(np.float32)
    flat = grid.ravel()
    line = [np.clip(first + step, 0, rows - 1) * columns for step in (-1, 0, 1, 2)]
    along = [(west + step) % columns for step in (-1, 0, 1, 2)]

    def depth_m(row_step: int, column_step: int) -> npt.NDArray[np.int16]:
        taken = flat.take(line[row_step + 1] + along[column_step + 1])
        return np.negative(np.minimum(taken, 0, out=taken), out=taken)

    south_west, south_east, north_west, north_east = (depth_m(*at) for at in ((0, 0), (0, 1), (1, 0), (1, 1)))
    depth = _between((south_west, south_east, north_west, north_east), to_north, to_east)
    if not lit:
        return depth, None
    # At each corner what it falls by to the north, two rows on, less that to the east: at most 22,000 m.
    falls = (
        north_west - depth_m(-1, 0) - south_east + depth_m(0, -1),
        north_east - depth_m(-1, 1) - depth_m(0, 2) + south_west,
        depth_m(2, 0) - south_west - north_east + depth_m(1, -1),
        depth_m(2, 1) - south_east - depth_m(1, 2) + north_west,
    )
    # A slope of the sea floor shows, a cliff does not burn out: tanh keeps both in range.
    return depth, np.tanh(_between(falls, to_north, to_east) * np.float32(_LIGHT_PER_M))


def tint(view: Viewport, raster: DepthRaster, palette: MapPalette) -> tuple[QImage, int]:
    """The tinted sea under a view, and how many pixels of the view a pixel of it is wide.

    Off the map it has the colour of space. Fine where the grid is finer than the screen, coarse where it is not.
    """
    grid_px = raster.step_deg / max(view.degrees_per_px, 1e-9)
    step = int(min(max(grid_px / 4, 2), 8))
    wide, high = -(-view.width // step), -(-view.height // step)
    px = (np.arange(wide) * step + (step - 1) / 2 + 0.5)[None, :]
    py = (np.arange(high) * step + (step - 1) / 2 + 0.5)[:, None]
    pixels = np.empty((high, wide), dtype=np.uint32)
    rows = max(_TOGETHER // wide, 1)
    for first in range(0, high, rows):  # all at once would take 60 MB beside the picture, and longer
        part = slice(first, first + rows)
        pixels[part] = _pixels(view, raster, palette, px, py[part])
    image = QImage(pixels.tobytes(), wide, high, wide * 4, QImage.Format.Format_RGB32)
    return image.copy(), step  # copied: QImage does not keep the bytes alive


def _pixels(
    view: Viewport, raster: DepthRaster, palette: MapPalette, px: npt.NDArray[Any], py: npt.NDArray[Any]
) -> npt.NDArray[np.uint32]:
    """Pixels 0xffRRGGBB of the sea at columns px, (1, n), and rows py, (m, 1), of a view."""
    if view.projection.period is not None and not view.turn_deg:  # rows share their latitude, columns their longitude
        lat = view.to_geo(0.0, py)[0]
        lon = view.projection.inverse(view.to_plane(px, 0.0)[0], 0.0)[1]
    else:
        lat, lon = view.to_geo(px, py)
    off = np.isnan(lat)
    row = ((np.nan_to_num(lat) - raster.south_deg) / raster.step_deg).astype(np.float32)
    column = ((np.nan_to_num(lon) - raster.west_deg) % 360.0 / raster.step_deg).astype(np.float32)
    row, column = np.broadcast_arrays(row, column)
    depth, light = _sampled(raster.height_m, row, column, raster.is_shaded)
    index = (np.sqrt(depth * np.float32(1.0 / _DEEPEST_M)) * (_COLOURS - 1)).astype(np.int32)
    np.minimum(index, _COLOURS - 1, out=index)
    table = _packed_table(palette)
    if light is None:
        pixels = table[table.shape[0] // 2][index]
    else:
        which = np.rint((light + 1) * np.float32((table.shape[0] - 1) / 2)).astype(np.int32)
        pixels = table.ravel()[which * _COLOURS + index]
    return np.where(off, np.uint32(QColor(palette.space).rgba()), pixels) if off.any() else pixels
