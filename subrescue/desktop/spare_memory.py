"""Lets memory that is free inside the process go back to the system, where the C library can do that."""

from __future__ import annotations

import ctypes
import linecache
import sys

_M_MMAP_THRESHOLD = -3
"""The number by which mallopt knows the size from which a block is mapped on its own (malloc.h of glibc)."""
_LARGE_BYTES = 256 * 1024


def map_large_blocks() -> bool:
    """From here on let the C library map every large block on its own; false where that cannot be asked for.

    A block of its own goes back to the system as soon as it is free. Left to itself glibc maps ever larger blocks only,
    after the first large one that was freed, and cuts the others from heaps, of which each thread has one: some hundred
    actions of map and tables left 100 MB lying free there. It takes no more time.
    """
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return False
    return bool(library.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES))


def give_back() -> bool:
    """Give the free pages of all heaps back; false where the C library has no such call (it is one of glibc).

    Reading maps and the first plan leave some 100 MB of them in pieces that the library would keep for itself. It takes
    some tens of milliseconds, without Python's lock: for once after a start, not for every plan. With them go the lines
    of all modules, 20 MB: Qt's Python layer reads them when modules are imported; reports of errors read them again.
    """
    linecache.clearcache()
    if not sys.platform.startswith("linux"):
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    return trim is not None
