"""The counts in the header of a netCDF file of the old form, held against its size before the library believes them.

The library makes room for as much as a header declares: one spoilt byte in a file of 15 kB took it 6.7 GB. The form is
that of the "NetCDF File Format Specifications" (Unidata), classic, 64-bit offset and 64-bit data.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_SIGNATURE = b"CDF"
_BYTES_OF_TYPE = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8}


class _Header:
    def __init__(self, stream: BinaryIO, size: int, version: int) -> None:
        self._stream, self._size = stream, size
        self.count_bytes = 8 if version == 5 else 4
        self.offset_bytes = 4 if version == 1 else 8

    def number(self, length: int) -> int:
        return int.from_bytes(self._stream.read(length), "big")

    def count(self, least_bytes: int) -> int:
        """The next count. Raises ValueError where so many things of so many bytes do not fit into the file."""
        found = self.number(self.count_bytes)
        if found * least_bytes > self._size - self._stream.tell():
            raise ValueError(f"its header declares {found:,} entries of {least_bytes} bytes or more")
        return found

    def skip(self, length: int) -> None:
        self._stream.seek(-(-length // 4) * 4, 1)

    def name(self) -> None:
        self.skip(self.count(1))

    def listed(self, least_bytes: int) -> int:
        """How many entries the next list has, behind its tag."""
        self.skip(4)
        return self.count(least_bytes)

    def attributes(self) -> None:
        for _ in range(self.listed(4 + 2 * self.count_bytes)):
            self.name()
            value_bytes = _BYTES_OF_TYPE.get(self.number(4), 1)
            self.skip(self.count(value_bytes) * value_bytes)

    def read(self) -> None:
        self.skip(self.count_bytes)  # records
        for _ in range(self.listed(2 * self.count_bytes)):
            self.name()
            self.skip(self.count_bytes)
        self.attributes()
        for _ in range(self.listed(4 * self.count_bytes)):
            self.name()
            self.skip(self.count(self.count_bytes) * self.count_bytes)
            self.attributes()
            self.skip(4 + self.count_bytes + self.offset_bytes)


def hold_counts_against_size(path: Path) -> None:
    """Raise ValueError where the header of a file of the old form declares more than the file can hold."""
    with path.open("rb") as stream:
        if stream.read(3) == _SIGNATURE:
            _Header(stream, path.stat().st_size, int.from_bytes(stream.read(1), "big")).read()
