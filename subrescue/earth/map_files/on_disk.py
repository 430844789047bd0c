"""Lays large arrays of the maps down in files of this process alone: memory holds what is being looked at of them.

The system may drop such pages whenever it needs the room, and reads them again; what a process has made itself it must
keep. Of a hundred MB a plan looks at half, and a hand that moves the map at a tenth.
"""

from __future__ import annotations

import mmap
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Scalar = TypeVar("Scalar", bound=np.generic)
Record = TypeVar("Record", bound="DataclassInstance")

# Smaller ones would share their pages with others that are looked at.
_LEAST_BYTES = 2048
# Larger ones have a file of their own; the others lie one behind the other in files of this size.
_LARGE_BYTES, _SHELF_BYTES = 256 * 1024, 2 * 1024 * 1024
_ALIGNED_BYTES = 64
_folder: Path | None = None
_pages: list[ref[mmap.mmap]] = []


def use_folder(folder: Path | None) -> None:
    """Lay down in this folder, on a disk, what is read from here on; None: keep it in memory, as at first."""
    global _folder
    _folder = folder


def on_disk(array: npt.NDArray[Scalar], is_written: bool = False) -> npt.NDArray[Scalar]:
    """The same array; where a file cannot be made, the array itself. Only where it `is_written` it can be written to.

    The file has no name and is gone with the process, however that ends, or with the last array in it. What is written
    to it goes there too: to let go of pages loses nothing. For arrays that stay for long: to lay one down takes a call
    of the system or two.
    """
    if _folder is None or array.nbytes < _LEAST_BYTES or lies_on_disk(array):
        return array
    try:
        laid = _laid_down(array) if array.nbytes >= _LARGE_BYTES else _shelf.laid(array)
    except OSError:
        return array
    laid.flags.writeable = is_written
    return laid


def all_on_disk(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The same arrays by their names, each laid down."""
    return {name: on_disk(array) for name, array in arrays.items()}


def parts_on_disk(value: Record) -> Record:
    """The same record, a dataclass, with each array in it laid down."""
    arrays = {name: part for name, part in vars(value).items() if isinstance(part, np.ndarray)}
    return replace(value, **all_on_disk(arrays)) if _folder is not None else value


def _laid_down(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """The array in a file of its own. Raises OSError."""
    with _new_file() as file:
        file.write(np.ascontiguousarray(array).data)
        file.flush()
        return np.frombuffer(_mapped(file.fileno()), array.dtype).reshape(array.shape)


def _new_file() -> Any:
    assert _folder is not None
    _folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=_folder)


def _mapped(number: int) -> mmap.mmap:
    pages = mmap.mmap(number, 0)
    _pages[:] = [known for known in _pages if known() is not None]
    _pages.append(ref(pages))
    return pages


class _Shelf:
    """Lays small arrays one behind the other in one file, and in the next when that is full. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: mmap.mmap | None = None
        self._used_bytes = 0
        self._folder: Path | None = None

    def laid(self, array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """The array in a file that others share. Raises OSError."""
        with self._lock:
            if self._pages is None or self._folder != _folder or self._used_bytes + array.nbytes > _SHELF_BYTES:
                with _new_file() as file:
                    file.truncate(_SHELF_BYTES)
                    self._pages = _mapped(file.fileno())
                self._used_bytes, self._folder = 0, _folder
            pages, begin = self._pages, self._used_bytes
            self._used_bytes += -(-array.nbytes // _ALIGNED_BYTES) * _ALIGNED_BYTES
        laid = np.frombuffer(pages, array.dtype, array.size, begin).reshape(array.shape)
        laid[...] = array
        return laid


_shelf = _Shelf()


def lies_on_disk(array: npt.NDArray[Any]) -> bool:
    """Whether an array was laid down."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base.obj if isinstance(base, memoryview) else base, mmap.mmap)


def let_go_of_pages() -> None:
    """Hold no page of them any more, until it is looked at again; nothing where the system knows no such call."""
    unwanted: Any = getattr(mmap, "MADV_DONTNEED", None)
    if unwanted is not None:
        for known in tuple(_pages):
            if (pages := known()) is not None:
                pages.madvise(unwanted)
