"""Gives memory that is free inside the process back to the system, where the C library can do that."""

from __future__ import annotations

import ctypes
import linecache
import sys


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
