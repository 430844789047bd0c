"""How the table follows the DISSUB while the hand never rests: a simulated mouse drags it over the map.

The pointer moves every 16 ms, or as soon after as the window's thread is free, and the window's own loop runs as it
does for a person. A move is shown once the table has taken an answer to it or to a later one, an estimate or the exact
one; until the pixels are there one painting goes by, which is among the turns. A turn is what the window's thread does
between two beats of a fast timer: some events one after another. Lags by the clock of the wall grow with whatever else
the machine does; beside them stands what all threads together took of the processor meanwhile. On two cores with
nothing else to do the median lag is to be less than 80 ms, and no turn to take more than 30 ms; what is asserted is far
less sharp, and fails where estimates wait for plans again.
"""

from __future__ import annotations

import gc
import math
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer

from subrescue.desktop import app
from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService
from subrescue.desktop.case.quick_answer import Sketch
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.store.cases import find_case, read_case

pytestmark = pytest.mark.benchmark

EVERY_MS, MOVES = 16, 300
FIRST_MOVES = 60
"""Moves at the begin of the drag that are not counted: landings of a new place are kept from there on."""
LEAST_ESTIMATES = 1.3
"""For each plan that is made while the hand moves: one would come where estimates wait for plans."""


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(app._SWITCH_S)
    desk = Desk(PlanService(), read_case(find_case("demo-norwegian-sea")))
    window = MainWindow(desk, Preferences(tmp_path / "w.ini"), Dialogs(leave=lambda *_: "discard"))
    window.resize(1920, 1080)
    window.show()
    qtbot.wait_until(lambda: window.desk.response is not None and window.desk.depth_ready, timeout=300_000)
    qtbot.wait_until(lambda: not window.desk.answer.is_brief, timeout=300_000)
    window.map.zoom(4.0)
    qtbot.wait(500)
    gc.freeze()  # as the program does once it is warm
    yield window
    gc.unfreeze()
    window.close()
    window.deleteLater()
    sys.setswitchinterval(usual_s)


class Drag(QObject):
    """The pointer on its way: when it was where, and what the table has shown since."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        super().__init__()
        self._window, self._qtbot = window, qtbot
        at = window.desk.case.dissub.fix.position
        x, y = window.map.canvas.view.to_screen(at.lat_deg, at.lon_deg)
        self._start = QPoint(round(float(x)), round(float(y)))
        self.moved_at_s: list[tuple[float, float]] = []
        """By the wall, and of the processor, as all that follows."""
        self.shown: list[tuple[tuple[float, float], int, bool]] = []
        """When an answer was shown, the number of its move, and whether it was estimated."""
        self._number: dict[Position, int] = {}
        window.map.dissub_moved.connect(self._note_move)
        window.desk.response_changed.connect(self._note_shown)  # after the table, which listens from the begin on
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._steps, self._asked_s = 0, (0.0, 0.0)

    def begin(self) -> None:
        self._qtbot.mousePress(self._window.map, Qt.MouseButton.LeftButton, pos=self._start)
        self._timer.start(EVERY_MS)

    def let_go(self) -> None:
        self._qtbot.mouseRelease(self._window.map, Qt.MouseButton.LeftButton, pos=self._start)

    @property
    def is_over(self) -> bool:
        return not self._timer.isActive()

    @property
    def is_shown(self) -> bool:
        return bool(self.shown) and self.shown[-1][1] == len(self.moved_at_s) - 1

    def lags_s(self) -> list[tuple[float, ...]]:
        """From each move that counts until the table showed it or a later one."""
        moves = enumerate(self.moved_at_s[FIRST_MOVES:], FIRST_MOVES)
        shown_s = ((next(when for when, shown, _ in self.shown if shown >= number), at) for number, at in moves)
        return [tuple(end - begin for end, begin in zip(*pair, strict=True)) for pair in shown_s]

    def _step(self) -> None:
        # A spiral outwards over open water, some pixels a step: hardly any place comes twice.
        angle, away_px = self._steps / 8.0, 20.0 + 0.2 * self._steps
        there = self._start + QPoint(round(away_px * math.cos(angle)), round(away_px * math.sin(angle)))
        self._asked_s = time.perf_counter(), time.process_time()
        self._qtbot.mouseMove(self._window.map, there)
        self._steps += 1
        if self._steps >= MOVES:
            self._timer.stop()

    def _note_move(self, there: Position) -> None:
        self._number[there] = len(self.moved_at_s)
        self.moved_at_s.append(self._asked_s)

    def _note_shown(self) -> None:
        case = self._window.desk.answer.case
        number = self._number.get(case.dissub.fix.position) if case is not None else None
        if number is not None:
            now_s = time.perf_counter(), time.process_time()
            self.shown.append((now_s, number, bool(self._window.desk.answer.estimated)))


class Beats(QObject):
    """What goes by between two beats of a timer, by the wall and in time of the window's thread, seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.turns_s: list[tuple[float, float]] = []
        self._last = 0.0, 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        self._last = time.perf_counter(), time.thread_time()
        self._timer.start(1)

    def end(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.turns_s.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


def test_the_table_follows_a_hand_that_never_rests(window: MainWindow, qtbot: Any) -> None:
    drag, beats = Drag(window, qtbot), Beats()
    plans: list[Case] = []
    look = window.desk.service._look
    assert look is not None

    def counted(case: Case, *others: Any) -> Sketch | None:
        plans.append(case)
        return look(case, *others)

    window.desk.service._look = counted
    beats.begin()
    drag.begin()
    qtbot.wait_until(lambda: drag.is_over, timeout=120_000)
    beats.end()
    qtbot.wait_until(lambda: drag.is_shown and not window.desk.answer.behind, timeout=60_000)
    drag.let_go()
    window.desk.service.stop()
    assert len(drag.moved_at_s) >= 0.9 * MOVES
    estimates = len({number for _, number, is_estimate in drag.shown if is_estimate})
    apart_ms = statistics.median(np.diff([at_s for at_s, _ in drag.moved_at_s])) * 1e3
    print(
        f"{len(drag.moved_at_s)} moves, in the median {apart_ms:.0f} ms apart; {estimates} were shown by an estimate, "
        f"{len(plans)} plans were made"
    )
    for what, lags_s in zip(("by the clock", "of the processor"), zip(*drag.lags_s(), strict=True), strict=True):
        lags_ms = np.array(lags_s) * 1e3
        print(
            f"from a move until the table shows it or a later one: median {np.median(lags_ms):.0f} ms, "
            f"P90 {np.percentile(lags_ms, 90):.0f} ms, longest {lags_ms.max():.0f} ms {what}"
        )
    for what, part_s in zip(("by the clock", "of the processor"), zip(*beats.turns_s, strict=True), strict=True):
        p50, p90, p99 = np.percentile(part_s, (50, 90, 99)) * 1e3
        print(
            f"turns of the window's thread {what}: median {p50:.1f} ms, P90 {p90:.1f} ms, P99 {p99:.1f} ms, "
            f"longest {max(part_s) * 1e3:.1f} ms; {sum(part_s) / len(drag.moved_at_s) * 1e3:.1f} ms for each move"
        )
    assert estimates >= LEAST_ESTIMATES * len(plans)
