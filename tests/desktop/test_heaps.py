"""The planner works in a heap of its own, where the C library has heaps of threads."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

# The planner begins while a first picture of the map is painted beside the window, and that thread ends before it.
_PLACES = """
import ctypes
import threading
from subrescue.desktop.parts.spare_memory import map_large_blocks

def takes(place, until):
    block = library.malloc(1000)
    places[place] = block
    has_begun.set()
    until.wait()

def heap_of_the_window():
    line = next(line for line in open("/proc/self/maps") if "[heap]" in line)
    begin, end = (int(part, 16) for part in line.split()[0].split("-"))
    return range(begin, end)

library = ctypes.CDLL(None)
library.malloc.argtypes, library.malloc.restype = (ctypes.c_size_t,), ctypes.c_void_p
assert map_large_blocks()
places, leave = {}, threading.Event()
for place in ("map", "planner", "ground"):
    has_begun = threading.Event()
    threading.Thread(target=takes, args=(place, leave), daemon=True).start()
    has_begun.wait()
heap = heap_of_the_window()
apart = {place // 2**26 for place in places.values()}  # each heap of a thread begins a block of 64 MB
print(*(place in heap for place in places.values()), len(apart))
leave.set()
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"),
    reason="only glibc has heaps of threads",
)
def test_the_planner_and_what_paints_beside_the_window_work_in_heaps_of_their_own() -> None:
    done = subprocess.run([sys.executable, "-c", _PLACES], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False", "3"]
