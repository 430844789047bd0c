"""The log of the window: what is written into it, what an edit writes, and what undo leaves of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from subrescue.desktop.case.log_feature import LogFeature, LogPanel
from subrescue.desktop.case.log_model import LogModel
from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.docks import bring_panel
from subrescue.desktop.window.language_switch import use_language
from subrescue.domain.case import LogEntry
from subrescue.domain.quantities import Pert
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.samples import CASE

NOON = datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC)


def panel_of(window: MainWindow) -> LogPanel:
    window.desk.clock = lambda: NOON
    return next(feature for feature in window.features if isinstance(feature, LogFeature)).panel


def rows(panel: LogPanel) -> list[list[str]]:
    model = panel.model
    columns = range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def test_a_line_is_written_with_enter_at_the_time_of_the_clock(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    panel = panel_of(window)
    trigger(window, "write_log")
    qtbot.keyClicks(panel.line, "  Norway asked ")
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert rows(panel) == [["2026-11-23 12:00:00Z", "T+06:00", "Norway asked", ""]]
    assert panel.line.text() == ""
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert len(window.desk.case.log) == 1
    qtbot.keyClick(panel.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # nothing is typed: it is the case's
    assert window.desk.case == CASE


def test_an_edit_writes_its_line_and_undo_takes_both_back(make_window: MakeWindow) -> None:
    window = make_window()
    panel = panel_of(window)
    type_into(window, DEPTH, "100")
    window.desk.edit("assumptions.fit_out.certified_h", Pert(min=8, mode=20, max=24))
    told = [
        ["2026-11-23 12:00:00Z", "T+06:00", "Depth: 255.125 m → 100 m", "desk"],
        [
            "2026-11-23 12:00:00Z",
            "T+06:00",
            "Fit-out of a certified ship: 8/12/24 h (standard) → 8/20/24 h",
            "desk",
        ],
    ]
    assert rows(panel) == told
    trigger(window, "undo")
    assert rows(panel) == told[:1]
    trigger(window, "undo")
    assert window.desk.case == CASE
    assert not window.desk.session.unsaved
    window.desk.clock = lambda: NOON.replace(hour=20)
    trigger(window, "redo")
    trigger(window, "redo")
    assert rows(panel) == told  # the time at which it was decided, not that of the redo


def test_a_refused_edit_writes_no_line(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "-5")
    assert window.desk.case.log == ()


def test_the_filter_hides_lines_and_loses_none(make_window: MakeWindow) -> None:
    window = make_window()
    panel = panel_of(window)
    type_into(window, DEPTH, "100")
    window.desk.write_log("Norway asked")
    panel.search.setText("norway")
    assert [row[2] for row in rows(panel)] == ["Norway asked"]
    panel.search.clear()
    panel.automatic.setChecked(False)
    assert [row[2] for row in rows(panel)] == ["Norway asked"]
    assert len(window.desk.case.log) == 2


def test_the_log_is_exported_as_text_and_csv(make_window: MakeWindow, tmp_path: Path) -> None:
    offered: list[str] = []

    def save(_: object, __: str, name: str, ___: str) -> Path:
        offered.append(Path(name).name)
        return tmp_path / Path(name).name

    window = make_window(dialogs=Dialogs(leave=lambda *_: "discard", save_file=save))
    panel_of(window)
    window.desk.write_log("Norway asked")
    trigger(window, "export_log_text")
    trigger(window, "export_log_csv")
    assert offered == ["EXERCISE-drill-log.txt", "EXERCISE-drill-log.csv"]
    assert "T+06:00  Norway asked" in (tmp_path / offered[0]).read_text("utf-8")
    assert "2026-11-23T12:00:00Z,6.0,Norway asked" in (tmp_path / offered[1]).read_text("utf-8")


def test_a_log_that_cannot_be_written_says_so(make_window: MakeWindow, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "x.csv"
    window = make_window(dialogs=Dialogs(leave=lambda *_: "discard", save_file=lambda *_: nowhere))
    trigger(window, "export_log_csv")
    assert window.message_bar.isVisible()


def test_the_model_of_the_log_is_sound_empty_and_full(qtmodeltester: Any) -> None:
    model = LogModel()
    qtmodeltester.check(model)
    model.show_case(CASE.model_copy(update={"log": (LogEntry(at=NOON, text="x"), LogEntry(at=NOON, text="y"))}))
    qtmodeltester.check(model)


def test_lines_of_the_log_are_english_whatever_the_window_speaks(make_window: MakeWindow) -> None:
    window = make_window()
    try:
        use_language("ru")
        window.desk.edit("dissub.depth_m", 1234.5)
        window.desk.edit("dissub.plight", "missing")
    finally:
        use_language("en")
    lines = [line.text for line in window.desk.case.log[-2:]]
    assert lines == ["Depth: 255.125 m → 1234.5 m", "Plight: bottomed → missing"]


def test_a_line_that_is_begun_is_kept_while_it_rests_not_only_when_the_window_is_closed(
    make_window: MakeWindow, qtbot: Any
) -> None:
    """The process was killed, and the words that stood in the line were gone."""
    window = make_window()
    panel_of(window).line.setText("oil slick seen")
    path = window.preferences.folder / "window.ini"
    qtbot.wait_until(lambda: path.is_file() and "oil slick seen" in path.read_text(encoding="utf-8"), timeout=5000)


def test_the_newest_line_is_in_sight_when_the_log_comes_to_the_front(make_window: MakeWindow, qtbot: Any) -> None:
    lines = tuple(LogEntry(at=CASE.alert + timedelta(minutes=n), text=f"line {n}") for n in range(60))
    window = make_window(CASE.model_copy(update={"log": lines}))
    window.show()
    panel = panel_of(window)
    bring_panel(window, "timeline")
    qtbot.wait_until(lambda: panel.visibleRegion().isEmpty())
    window.desk.write_log("one more")
    trigger(window, "write_log")
    qtbot.wait_until(lambda: not panel.visibleRegion().isEmpty())
    bar = panel.table.verticalScrollBar()
    qtbot.wait_until(lambda: 0 < bar.maximum() == bar.value())


def test_in_a_narrow_log_what_happened_has_the_room(make_window: MakeWindow, qtbot: Any) -> None:
    panel = panel_of(make_window())
    last = panel.model.columnCount() - 1
    panel.resize(900, 200)
    assert not panel.table.isColumnHidden(last)
    panel.resize(500, 200)
    assert panel.table.isColumnHidden(last)
