"""Packs grids of bytes whose most parts are all of one value: open sea, or the inside of land. Quick to unpack.

A grid is cut into tiles of 8 rows and 4 columns. For each tile there is one value; only of those that hold several
values the bytes themselves are kept. A whole grid of the router takes 30 MB, its tiles of several values 1 to 4.
A `TileGrid` is read as it is packed, in 4 to 8 MB, and as fast as the whole one, which no cache of a processor holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk

ROWS, COLUMNS = 8, 4

ByteGrid = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]

# Bytes of a tile, as a power of two, and those of its rows and columns.
_TILE, _ROW, _COLUMN = 5, 3, 2
# A tile of each value comes before those of several values.
_VALUES = 256


def arrays_of(name: str) -> tuple[str, ...]:
    """The names of the arrays that hold a grid."""
    return tuple(f"{name}_{part}" for part in ("value", "is_mixed", "tile"))


def packed(name: str, grid: ByteGrid) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a map file, by names that begin with `name`, that hold a grid, whole tiles high and wide."""
    height, width = grid.shape
    if height % ROWS or width % COLUMNS:
        raise ValueError(f"a grid of {height} rows and {width} columns: {ROWS} and {COLUMNS} must divide them")
    tiles = grid.reshape(height // ROWS, ROWS, width // COLUMNS, COLUMNS).swapaxes(1, 2)
    value = tiles[:, :, 0, 0]
    is_mixed = (tiles != value[:, :, None, None]).any(axis=(2, 3))
    return {
        f"{name}_value": np.where(is_mixed, 0, value).astype(np.uint8),
        f"{name}_is_mixed": np.packbits(is_mixed, axis=1),
        f"{name}_tile": tiles[is_mixed],
    }


def unpacked(name: str, stored: Mapping[str, npt.NDArray[Any]]) -> ByteGrid:
    """The grid that `packed` made these arrays from."""
    value = stored[f"{name}_value"]
    high, wide = value.shape
    is_mixed = np.unpackbits(stored[f"{name}_is_mixed"], axis=1, count=wide).astype(bool)
    # The four bytes of a row of a tile are moved as one number.
    whole = np.repeat(value.astype(np.uint32) * np.uint32(0x01010101), ROWS, axis=0).reshape(high, ROWS, wide)
    row, column = np.nonzero(is_mixed)
    whole[row, :, column] = stored[f"{name}_tile"].view(np.uint32)[:, :, 0]
    return whole.view(np.uint8).reshape(high * ROWS, wide * COLUMNS)


def value_at(name: str, stored: Mapping[str, npt.NDArray[Any]], row: int, column: int) -> int:
    """One byte of the grid that `packed` made these arrays from, without unpacking it."""
    high, wide = row // ROWS, column // COLUMNS
    is_mixed = stored[f"{name}_is_mixed"]
    if not is_mixed[high, wide >> 3] >> (7 - (wide & 7)) & 1:
        return int(stored[f"{name}_value"][high, wide])
    before = int(np.bitwise_count(is_mixed[:high]).sum()) + int(np.unpackbits(is_mixed[high], count=wide).sum())
    return int(stored[f"{name}_tile"][before, row % ROWS, column % COLUMNS])


def places_of(height: int, width: int) -> tuple[Numbers, Numbers]:
    """For each row and for each column a number; their sum is the place of a byte in a `TileGrid` of that size."""
    row, column = np.arange(height, dtype=np.int32), np.arange(width, dtype=np.int32)
    # Before the first tile there is one for places that nobody knows.
    by_row = ((row >> _ROW) * (width >> _COLUMN) + 1 << _TILE) + ((row & ROWS - 1) << _COLUMN)
    return by_row, (column >> _COLUMN << _TILE) + (column & COLUMNS - 1)


class TileGrid:
    """A grid of bytes that stays packed. `shape`: its rows and columns; a place below 0 holds 0."""

    def __init__(self, name: str, stored: Mapping[str, npt.NDArray[Any]]) -> None:
        """Of the arrays that `packed` made."""
        value, tiles = stored[f"{name}_value"], stored[f"{name}_tile"]
        high, wide = value.shape
        self.shape = high * ROWS, wide * COLUMNS
        is_mixed = np.unpackbits(stored[f"{name}_is_mixed"], axis=1, count=wide).astype(bool)
        self._first = np.zeros(high * wide + 1, dtype=np.int32)
        self._first[1:] = value.ravel()
        self._first[1:][is_mixed.ravel()] = np.arange(_VALUES, _VALUES + len(tiles), dtype=np.int32)
        self._first <<= _TILE
        self._first = on_disk(self._first)
        same = np.repeat(np.arange(_VALUES, dtype=np.uint8), 1 << _TILE)
        self._bytes: ByteGrid = on_disk(np.concatenate((same, tiles.ravel())))
        self._by_row, self._by_column = places_of(*self.shape)

    @classmethod
    def of(cls, grid: ByteGrid) -> TileGrid:
        """A whole grid, whole tiles high and wide, packed."""
        return cls("grid", packed("grid", grid))

    def take(self, place: Numbers) -> ByteGrid:
        """The bytes at places, see `places_of`; 0 at those below 0."""
        first = self._first.take(place >> _TILE, mode="clip")
        first += place & (1 << _TILE) - 1
        return self._bytes.take(first, mode="clip")

    def at(self, row: npt.NDArray[Any], column: npt.NDArray[Any]) -> ByteGrid:
        """The bytes in rows and columns, arrays of shapes that fit."""
        return self.take(self._by_row.take(row) + self._by_column.take(column))

    def whole(self) -> ByteGrid:
        """All bytes, (rows, columns), unpacked."""
        high, wide = self.shape[0] // ROWS, self.shape[1] // COLUMNS
        tiles = self._bytes.reshape(-1, ROWS, COLUMNS)[self._first[1:] >> _TILE]
        return np.asarray(tiles.reshape(high, wide, ROWS, COLUMNS).swapaxes(1, 2).reshape(self.shape))
