"""What was closed, replaced or taken back is let go: the window does not grow with use."""

from __future__ import annotations

import ctypes
import gc
import linecache
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from subrescue.desktop.case import plan_service
from subrescue.desktop.case.plan_service import Planner, PlanService, Resources
from subrescue.desktop.casualty import depth_data
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.names_feature import NamesFeature
from subrescue.desktop.parts import spare_memory
from subrescue.desktop.parts.spare_memory import HeapsForPlans, give_back, give_back_some, map_large_blocks
from subrescue.desktop.window.language_switch import change_language
from subrescue.domain.case import Case
from subrescue.domain.response import Response
from subrescue.earth.places.airspace import Airspace
from subrescue.earth.router.kept import Kept
from subrescue.earth.shape.countries import Countries
from subrescue.earth.world import World
from subrescue.planning.airlift import airlift, fuel_stops, landings
from subrescue.planning.airlift.airlift import ways_to
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.landings import Flights
from subrescue.planning.geography.areas import area_about
from subrescue.planning.geography.detours import around
from subrescue.planning.geography.field_detours import _known, ways_nm
from subrescue.planning.geography.places import places_of
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, answer, load
from tests.planning.worlds import rescue_system, small_world


def ways_kept() -> int:
    """Of how many nations ways between airfields round them are kept."""
    return _known.cache_info().currsize


def bounds_kept() -> int:
    """Of how many systems and areas bounds of landings are kept."""
    return landings._least.cache_info().currsize


Serve = Callable[[World, Planner], PlanService]
"""Starts a worker that plans with a world, and makes no estimates beside."""


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    monkeypatch.setattr(plan_service, "_warm_up", lambda *_: None)
    monkeypatch.setattr(depth_data, "depth_of", lambda *_: None)
    started: list[PlanService] = []

    def start(world: World, planner: Planner) -> PlanService:
        started.append(PlanService(lambda: replace(load(), world=world), planner))
        started[-1].start()
        return started[-1]

    yield start
    for service in started:
        service.stop()


def let_go() -> None:
    """Delete what waits for it and what only refers to itself."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def test_windows_of_earlier_languages_are_let_go(make_window: MakeWindow, qtbot: Any) -> None:
    first = window = make_window()
    made: list[weakref.ref[MainWindow]] = []
    for code in ("fr", "ru", "en"):
        window = change_language(window, code)
        made.append(weakref.ref(window))
        QCoreApplication.processEvents()  # it is shown, and tidies its panels
    assert first.successor is window  # the starter of the program holds the first, and by it the newest
    assert first.map.canvas.base is None

    def alive() -> list[bool]:
        let_go()
        return [ref() is not None for ref in made]

    qtbot.wait_until(lambda: alive() == [False, False, True], timeout=20_000)
    assert vars(first) == {"successor": window}  # nothing else of it is left: no response, no row, no panel
    window.close()
    window.deleteLater()


def test_a_window_that_makes_room_for_another_language_keeps_no_pictures(make_window: MakeWindow, qtbot: Any) -> None:
    first = make_window()
    first.show()
    names = feature_of(first, NamesFeature).layer.picture
    qtbot.wait_until(lambda: first.map.ground._laid is not None and names.is_there, timeout=60_000)
    canvas = first.map.canvas
    assert canvas._layout is not None
    window = change_language(first, "fr")
    assert canvas.base is canvas._layout is canvas._old_layout is canvas._work is None
    assert first.map.ground._laid is None
    assert not names.is_there
    assert not first.map.ground.is_busy
    last = change_language(window, "en")
    last.close()
    last.deleteLater()


def test_a_worker_that_nobody_asks_for_a_while_lets_go_what_is_soon_worked_out_again(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, qtbot: Any
) -> None:
    monkeypatch.setattr(plan_service, "_IDLE_S", 0.05)
    world = small_world()
    legs, counts = places_of(world).stop_legs, []
    round_ = around(Airspace(), Countries(), frozenset({"NO"}))

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        legs.legs(np.array([0, 1]))
        ways_nm(round_, places_of(world), np.array([0]), np.array([1]))
        assert ways_kept() > 0
        counts.append(legs.count)
        return answer(case, resources, samples)

    service = serve(world, planner)
    for _ in range(2):
        with qtbot.wait_signal(service.planned):
            service.ask(CASE)
        qtbot.wait_until(lambda: legs.count == 0 and ways_kept() == 0)
    assert counts == [2, 2]


def test_after_a_plan_few_of_the_flights_over_fuel_stops_stay_that_it_looked_at(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, qtbot: Any
) -> None:
    for where, name in ((airlift, "_kept_ways"), (fuel_stops, "_tables"), (fuel_stops, "_open_over")):
        monkeypatch.setattr(where, name, Kept(2048))
    world = small_world()
    places = places_of(world)
    area, asked = area_about(places, CASE.dissub.fix.position, float("inf")), []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        for leg_nm in range(1000, 1600):
            ways_to(places, 0, area, np.array([1]), Hops(float(leg_nm), 100.0, 0.0, frozenset()), np.array([1e4]))
        asked.append(len(airlift._kept_ways))
        return answer(case, resources, samples)

    service = serve(world, planner)
    with qtbot.wait_signal(service.planned):
        service.ask(CASE)
    qtbot.wait_until(lambda: len(airlift._kept_ways) == airlift._LEFT < asked[0])
    assert len(fuel_stops._tables) <= fuel_stops._LEFT


def test_what_the_next_plan_does_not_ask_for_goes_with_the_plan(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, qtbot: Any
) -> None:
    monkeypatch.setattr(landings, "least_of", lambda *_: None)
    world = small_world()
    legs = places_of(world).stop_legs
    round_, counts = around(Airspace(), Countries(), frozenset({"NO"})), []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        legs.legs(np.array([0, 1]))
        ways_nm(round_, places_of(world), np.array([0]), np.array([1]))
        area = area_about(places_of(world), CASE.dissub.fix.position, 500.0)
        landings._least(places_of(world), area, Flights(rescue_system(), [], [], 0.0))
        counts.extend((legs.count, ways_kept(), bounds_kept()))
        return answer(case, resources, samples)

    service = serve(world, planner)
    with qtbot.wait_signal(service.planned):
        service.ask(CASE)
    qtbot.wait_until(lambda: (legs.count, ways_kept(), bounds_kept()) == (0, 0, 0))
    assert min(counts) > 0


def test_the_memory_that_plans_work_in_goes_back_once_no_plan_follows(
    monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(plan_service, "_HEAPS_S", 0.2)
    told: list[str] = []

    class Noted(HeapsForPlans):
        def begin(self) -> bool:
            told.append("again" if self.are_used else "begin")
            self.are_used = True
            return True

        def end(self) -> None:
            if self.are_used:
                told.append("end")
            self.are_used = False

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if told.count("begin") + told.count("again") < 3:
            service.ask(CASE)  # the next is asked for while this one is made
        return answer(case, resources, samples)

    monkeypatch.setattr(plan_service, "HeapsForPlans", Noted)
    service = PlanService(load, planner)
    service.ask(CASE)
    service.start()
    qtbot.wait_until(lambda: "end" in told)
    assert told == ["begin", "again", "again", "end"]
    with qtbot.wait_signal(service.planned):
        service.ask(CASE)
    service.stop()
    assert told[4:] == ["begin", "end"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such call")
def test_free_pages_go_back_to_the_system_where_the_c_library_can() -> None:
    assert give_back() == hasattr(ctypes.CDLL(None), "malloc_trim")


def test_other_systems_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not give_back()
    assert not spare_memory._trim()
    assert not map_large_blocks()
    assert not HeapsForPlans().begin()
    give_back_some()


def test_what_plans_work_in_is_not_given_back_before_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    trimmed: list[int] = []
    library = SimpleNamespace(malloc_trim=trimmed.append, mallopt=lambda *_: 1)
    monkeypatch.setattr(spare_memory, "_glibc", lambda: library)
    monkeypatch.setattr(spare_memory, "_trim", lambda: True)
    heaps = HeapsForPlans()
    heaps.begin()
    give_back_some()
    assert trimmed == []
    heaps.end()
    give_back_some()
    assert trimmed == [0]


def test_the_lines_of_modules_are_not_kept_and_are_read_again_for_a_report() -> None:
    assert linecache.getline(__file__, 1).startswith('"""What was closed')
    give_back()
    assert not linecache.cache
    assert linecache.getline(__file__, 1).startswith('"""What was closed')


_IMPORTS = """
import linecache
from subrescue.desktop.app import application
application()
import PySide6.QtSvg
before = len(linecache.cache)
import subrescue.domain.response
import subrescue.planning.answer.respond
print(len(linecache.cache) - before)
"""


def test_modules_are_imported_without_their_sources_being_read() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"


_BLOCKS = """
import ctypes
import numpy as np
from subrescue.desktop.parts.spare_memory import map_large_blocks

class Figures(ctypes.Structure):
    _fields_ = tuple((f"figure_{k}", ctypes.c_size_t) for k in range(10))

def mapped_bytes():
    return ask().figure_4  # hblkhd: bytes in blocks that are mapped on their own

ask = ctypes.CDLL(None).mallinfo2
ask.restype = Figures
assert map_large_blocks()
rises, falls = [], []
for _ in range(2):  # the first that is freed would raise the size from which glibc maps a block
    before = mapped_bytes()
    block = np.empty(4_000_000, np.uint8)
    rises.append(mapped_bytes() > before + 2_000_000)
    del block
    falls.append(mapped_bytes() < before + 2_000_000)
print(*rises)
print(*falls)
"""


_PLAN_BLOCKS = """
import resource
import numpy as np
from subrescue.desktop.parts.spare_memory import HeapsForPlans, map_large_blocks

def cleared_pages():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(100):
        np.ones(1_000_000, np.uint8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

assert map_large_blocks()
outside = cleared_pages()
heaps = HeapsForPlans()
done = heaps.begin(), heaps.begin()
inside = cleared_pages()
heaps.end()
print(*done, outside, inside, cleared_pages())
"""


_ENDS = """
import ctypes
import threading
from subrescue.desktop.parts.spare_memory import HeapsForPlans, map_large_blocks

def resident_mb():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1000

def work():
    blocks = [library.malloc(1_000_000) for _ in range(40)]
    for block in blocks:
        ctypes.memset(block, 1, 1_000_000)
    for block in reversed(blocks):
        library.free(block)
    done.set()
    leave.wait()

library = ctypes.CDLL(None)
library.malloc.argtypes, library.malloc.restype = (ctypes.c_size_t,), ctypes.c_void_p
library.free.argtypes, library.free.restype = (ctypes.c_void_p,), None
assert map_large_blocks()
heaps, done, leave = HeapsForPlans(), threading.Event(), threading.Event()
heaps.begin()
threading.Thread(target=work, daemon=True).start()
done.wait()
before = resident_mb()
heaps.end()
print(before - resident_mb())
leave.set()
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"),
    reason="only glibc has heaps of threads",
)
def test_what_other_threads_left_free_at_the_ends_of_their_heaps_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", _ENDS], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 30.0


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"),
    reason="only glibc maps blocks on their own",
)
def test_the_arrays_of_a_plan_are_not_cleared_by_the_system_each_time() -> None:
    done = subprocess.run([sys.executable, "-c", _PLAN_BLOCKS], capture_output=True, text=True, check=True)
    told, again, outside, inside, after = done.stdout.split()
    assert (told, again) == ("True", "False")
    assert int(outside) >= 100 * 1_000_000 // 4096 * 9 // 10
    assert int(inside) < int(outside) / 10
    assert int(after) >= int(outside) * 9 / 10


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="only glibc tells how much is mapped",
)
def test_large_blocks_go_back_to_the_system_as_soon_as_they_are_free() -> None:
    # In a process of its own: one that has run for long may hold a free piece that is large enough.
    done = subprocess.run([sys.executable, "-c", _BLOCKS], capture_output=True, text=True, check=True)
    rises, falls = (words.split() for words in done.stdout.splitlines())
    assert rises == ["True", "True"]
    assert falls == ["True", "True"]
