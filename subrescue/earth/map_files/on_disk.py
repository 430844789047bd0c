"""Lays large arrays of the maps down in files of this process alone: memory holds what is being looked at of them.

The system may drop such pages whenever it needs the room, and reads them again; what a process has made itself it must
keep. Of a hundred MB a plan looks at half, and a hand that moves the map at a tenth.
"""

from __future__ import annotations

import mmap
import tempfile
from pathlib import Path
from typing import Any, TypeVar
from weakref import ref

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)

# Smaller ones lie in pieces that the heap uses again.
_LEAST_BYTES = 256 * 1024
_folder: Path | None = None
_pages: list[ref[mmap.mmap]] = []


def use_folder(folder: Path | None) -> None:
    """Lay down in this folder, on a disk, what is read from here on; None: keep it in memory, as at first."""
    global _folder
    _folder = folder


def on_disk(array: npt.NDArray[Scalar], is_written: bool = False) -> npt.NDArray[Scalar]:
    """The same array; where a file cannot be made, the array itself. Only where it `is_written` it can be written to.

    The file has no name and is gone with the process, however that ends. What is written to it goes there too: to let
    go of pages loses nothing.
    """
    if _folder is None or array.nbytes < _LEAST_BYTES:
        return array
    try:
        _folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=_folder) as file:
            file.write(np.ascontiguousarray(array).data)
            file.flush()
            pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_WRITE if is_written else mmap.ACCESS_READ)
    except OSError:
        return array
    _pages.append(ref(pages))
    return np.frombuffer(pages, array.dtype).reshape(array.shape)


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
