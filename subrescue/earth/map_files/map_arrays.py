"""Reads arrays out of the shipped map files in one go each, which numpy's own reader does in many small pieces."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt


class Texts(Sequence[str]):
    """Texts in one piece: objects of their own would take several times the room, all over Python's heap."""

    def __init__(self, texts: Sequence[str]) -> None:
        encoded = [text.encode() for text in texts]
        self._bytes = b"".join(encoded)
        self._ends = np.cumsum([0, *map(len, encoded)]).astype(np.int32)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        """The text of a number from 0 on; a slice gives a list."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()


def read_arrays(path: Path, names: Iterable[str] | None = None) -> dict[str, npt.NDArray[Any]]:
    """Read the arrays of an .npz file, or those with these names; they cannot be written to.

    Raises OSError, KeyError, ValueError or zipfile.BadZipFile where the file or an array is not there, damaged or no
    array of numbers.
    """
    with zipfile.ZipFile(path) as archive:
        wanted = [name.removesuffix(".npy") for name in archive.namelist()] if names is None else names
        return {name: _array(archive.read(f"{name}.npy")) for name in wanted}


def _array(content: bytes) -> npt.NDArray[Any]:
    stream = BytesIO(content)
    version = np.lib.format.read_magic(stream)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, is_fortran, kind = read_header(stream)
    if is_fortran or kind.hasobject:
        raise ValueError(f"an array of plain numbers, row by row, is allowed, found {kind}")
    return np.frombuffer(content, dtype=kind, offset=stream.tell()).reshape(shape)


def pack_text(values: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Return a column of texts as bytes, one a line; line breaks in a text become spaces."""
    return np.frombuffer("\n".join(value.replace("\n", " ") for value in values).encode("utf-8"), dtype=np.uint8)


def unpack_text(column: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """Undo `pack_text`. A text that comes again is the same object: countries and sources alone would take 3 MB."""
    once: dict[str, str] = {}
    return tuple(once.setdefault(text, text) for text in column.tobytes().decode("utf-8").split("\n"))
