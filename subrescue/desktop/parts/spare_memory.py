"""Lets memory that is free inside the process go back to the system, where the C library can do that."""

from __future__ import annotations

import ctypes
import linecache
import sys
import threading

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""The numbers by which mallopt knows what may lie free at the end of a heap, the size from which a block is mapped on
its own, and the most heaps."""
_LARGE_BYTES = 256 * 1024
_FREE_BYTES = 128 * 1024
_LARGE_IN_A_PLAN_BYTES = 4 * 1024 * 1024
_FREE_IN_A_PLAN_BYTES = 64 * 1024 * 1024
_HEAPS = 4
_plans_work = False


def map_large_blocks() -> bool:
    """From here on let the C library map every large block on its own; false where that cannot be asked for.

    A block of its own goes back to the system as soon as it is free. Left to itself glibc maps ever larger blocks only,
    after the first large one that was freed, and cuts the others from heaps, of which each thread has one: some hundred
    actions of map and tables left 100 MB lying free there. Maps and tables take no more time so; for plans see
    `HeapsForPlans`. With two heaps the planner's thread worked in that of the window: the gaps that each plan leaves
    among what is kept were filled with pieces of map and tables and lay in memory, some 20 MB. Which heap a thread gets
    is the library's choice: where threads of numpy, Qt and the map begin before it, the planner's gets that of the
    window. With twelve heaps it always had its own, and after 24 plans far apart 15 MB more lay in memory.
    """
    library = _glibc()
    if library is None:
        return False
    library.mallopt(_M_ARENA_MAX, _HEAPS)
    return bool(library.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES))


class HeapsForPlans:
    """From `begin` to `end` blocks of up to 4 MB come from heaps again, which keep what is freed.

    A plan makes and frees thousands of arrays of a few hundred kB. Each mapped on its own, the system clears a million
    pages for the first plan of a process, a quarter of its time. Plans one after another, under a hand that moves,
    stand between one `begin` and one `end`: else whichever thread next frees something gives all of it back, and where
    that was the window's it stood still for 15 ms. For one thread at a time.
    """

    def __init__(self) -> None:
        self.are_used = False

    def begin(self) -> bool:
        """Use them; false where blocks come from heaps anyway, or already do."""
        library = _glibc()
        global _plans_work
        if library is None or self.are_used:
            return False
        library.mallopt(_M_TRIM_THRESHOLD, _FREE_IN_A_PLAN_BYTES)
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE_IN_A_PLAN_BYTES)
        self.are_used = _plans_work = True
        return True

    def end(self) -> None:
        """Use them no longer, and give back what lies free in them."""
        global _plans_work
        library = _glibc()
        if library is None or not self.are_used:
            return
        self.are_used = _plans_work = False
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        library.mallopt(_M_TRIM_THRESHOLD, _FREE_BYTES)
        _trim()


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None


def give_back() -> bool:
    """Give the free pages of all heaps back; false where the C library has no such call (it is one of glibc).

    Reading maps and the first plan leave some 100 MB of them in pieces that the library would keep for itself. It takes
    some tens of milliseconds, without Python's lock: for once after a start, not for every plan. With them go the lines
    of all modules, 20 MB: Qt's Python layer reads them when modules are imported; reports of errors read them again.
    """
    linecache.clearcache()
    return _trim()


def give_back_some() -> None:
    """Give the free pages within heaps back, unless plans use them: it takes one or two milliseconds.

    What paints maps and tables makes thousands of small pieces in the gaps that plans have left: 60 MB of gaps were in
    memory again within ten seconds.
    """
    library = _glibc()
    if library is not None and not _plans_work:
        library.malloc_trim(0)


def _trim() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    trim = getattr(library, "malloc_trim", None)
    if trim is None:
        return False
    _trim_ends(library)
    trim(0)
    return True


def _trim_ends(library: ctypes.CDLL) -> None:
    """Give back what lies free at the ends of all heaps: `malloc_trim` passes over every end but that of the first.

    Some 45 MB lay there after a first plan. A block that is freed has the end of its own heap given back. Threads that
    run at the same time have first the heaps that no other has, and the later ones are shared out to all.
    """
    allocate, free = library.malloc, library.free
    allocate.argtypes, allocate.restype = (ctypes.c_size_t,), ctypes.c_void_p
    free.argtypes, free.restype = (ctypes.c_void_p,), None
    together = threading.Barrier(2 * _HEAPS)

    def once() -> None:
        block = allocate(_FREE_BYTES)
        together.wait()
        free(block)

    threads = [threading.Thread(target=once, name="heap", daemon=True) for _ in range(2 * _HEAPS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
