"""The banner tells UTC, time since the alert and hours left to survive, by the clock that is handed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.timeline.clock_feature import ClockFeature
from subrescue.desktop.timeline.clock_words import since_alert, survival_left
from subrescue.domain.response import SurvivalWindow
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE

ALERT = CASE.alert  # 2026-11-23 06:00Z
WINDOW = SurvivalWindow(p10_h=50.0, p50_h=61.0, p90_h=72.0, limiting="oxygen")


class Paints(QObject):
    """Counts how often a widget is painted, or has another event."""

    def __init__(self, kind: QEvent.Type = QEvent.Type.Paint) -> None:
        super().__init__()
        self.count, self._kind = 0, kind

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() == self._kind
        return False


def clock_of(window: MainWindow) -> ClockFeature:
    return next(feature for feature in window.features if isinstance(feature, ClockFeature))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.0, "Survival P50 61 h left (50-72)"),
        (9.5, "Survival P50 52 h left (41-63)"),
        (-2.0, "Survival P50 63 h left (52-74)"),
        (55.0, "Survival P50 6 h left (0-17)"),
        (61.0, "Survival P50 passed 0 h ago, P90 in 11 h"),
        (66.0, "Survival P50 passed 5 h ago, P90 in 6 h"),
        (72.0, "Survival P90 passed 0 h ago"),
        (80.0, "Survival P90 passed 8 h ago"),
        (24.0 * 365, "Survival P50 61 h (50-72)"),
    ],
)
def test_hours_left_count_from_now_and_say_when_they_are_over(hours: float, words: str) -> None:
    assert survival_left(WINDOW, ALERT, ALERT + timedelta(hours=hours), "oxygen") == words


def test_four_hours_left_of_a_window_known_to_tens_have_not_passed() -> None:
    wide = SurvivalWindow(p10_h=20.0, p50_h=60.0, p90_h=120.0, limiting="oxygen")
    assert survival_left(wide, ALERT, ALERT + timedelta(hours=56), "oxygen") == "Survival P50 4 h left (0-60)"


def test_a_window_that_is_not_known_has_no_hours_left() -> None:
    unknown = SurvivalWindow(p10_h=None, p50_h=None, p90_h=None, limiting="unknown")
    assert survival_left(unknown, ALERT, ALERT, "unknown") == "Survival: unknown"
    over = SurvivalWindow(p10_h=0.0, p50_h=0.0, p90_h=0.0, limiting="hull_crushed")
    assert survival_left(over, ALERT, ALERT, "hull crushed") == "Survival: hull crushed"


def test_a_case_to_study_shows_its_alert_and_not_the_years_since() -> None:
    assert since_alert(ALERT, ALERT + timedelta(hours=9, minutes=20)) == "T+09:20"
    assert since_alert(ALERT, ALERT - timedelta(hours=1)) == "T-01:00"
    assert since_alert(ALERT, ALERT + timedelta(days=400)) == "Alert 2026-11-23 06:00Z"


def test_the_banner_ticks_and_nothing_else_is_painted(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    now = [datetime(2026, 11, 23, 15, 20, 1, tzinfo=UTC)]
    window.desk.clock = lambda: now[0]
    clock = clock_of(window)
    clock.tick()
    banner = window.banner
    assert (banner.utc.text(), banner.alert.text()) == ("UTC 15:20:01Z", "T+09:20")
    assert banner.survival.text().startswith("Survival P50 52 h left (")
    qtbot.wait_until(lambda: not window.map.is_painting, timeout=10_000)
    watches = {name: Paints() for name in ("utc", "title", "map", "timeline", "response")}
    for name, watch in watches.items():
        widget = getattr(banner, name, None) or getattr(window, name)
        widget.installEventFilter(watch)
    watches["layout"] = Paints(QEvent.Type.LayoutRequest)
    window.installEventFilter(watches["layout"])
    for second in range(2, 12):  # what still waited to be painted is painted with the first ticks
        for watch in watches.values():
            watch.count = 0
        now[0] += timedelta(seconds=1)
        clock.tick()
        qtbot.wait_until(lambda: watches["utc"].count > 0)
        assert banner.utc.text() == f"UTC 15:20:{second:02}Z"
        if not any(watch.count for name, watch in watches.items() if name != "utc"):
            break
    assert {name: watch.count for name, watch in watches.items() if name != "utc"} == {
        "layout": 0,
        "title": 0,
        "map": 0,
        "timeline": 0,
        "response": 0,
    }


def test_the_clock_ends_with_the_window(make_window: MakeWindow) -> None:
    window = make_window()
    clock = clock_of(window)
    window.close()
    assert clock._timer is None
