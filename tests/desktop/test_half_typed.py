"""What stands half typed is never lost: in another language, another case and back, at the next start, on leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from subrescue.desktop.app import hold_session
from subrescue.desktop.case.log_feature import LogFeature
from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.registry.link import RegistryLink
from subrescue.desktop.registry.side import SourceBar
from subrescue.desktop.window.language_switch import change_language, use_language
from tests.desktop.driving import MakeWindow, shown, trigger, type_into
from tests.desktop.registry_samples import desk_of, opener
from tests.desktop.samples import CASE


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def line_of(window: MainWindow, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None
    return found


def typed(qtbot: Any, window: MainWindow, name: str, words: str) -> QLineEdit:
    line = line_of(window, name)
    line.clear()
    qtbot.keyClicks(line, words)
    return line


def close(window: MainWindow) -> None:
    window.desk.session.saved()
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("name", ["log_line", "log_search", "option_search", "assumption_search"])
def test_a_line_is_there_again_in_another_language(make_window: MakeWindow, qtbot: Any, name: str) -> None:
    window = make_window()
    typed(qtbot, window, name, "Norway ask").setCursorPosition(3)
    new = change_language(window, "fr")
    line = line_of(new, name)
    assert (line.text(), line.cursorPosition(), line.isModified()) == ("Norway ask", 3, True)
    close(new)


def test_a_refused_depth_is_refused_again_in_the_words_of_the_other_language(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "-5")
    new = change_language(window, "ru")
    assert shown(new, DEPTH) == "-5"
    assert new.form.problem_text(DEPTH) == "Найдено -5; допустимо от 0 до 11000 м"
    assert new.desk.case == CASE
    close(new)


def test_what_was_answered_in_the_guide_and_not_sent_stays(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    trigger(window, "guide")
    typed(qtbot, window, "guide_position", "64 30N 7")
    new = change_language(window, "fr")
    assert line_of(new, "guide_position").text() == "64 30N 7"
    close(new)


@pytest.mark.parametrize("theme", ["night", "dusk"])
def test_other_colours_leave_a_line_alone(make_window: MakeWindow, qtbot: Any, theme: str) -> None:
    window = make_window()
    line = typed(qtbot, window, "log_line", "Norway ask")
    window.set_theme(theme)
    assert line.text() == "Norway ask"


def test_a_line_of_the_log_waits_in_its_case_and_never_goes_into_another(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    line = typed(qtbot, window, "log_line", "Norway ask")
    window.desk.open_case(CASE.model_copy(update={"id": "other"}), None)
    assert line.text() == ""
    typed(qtbot, window, "log_line", "of the other")
    window.desk.open_case(CASE, None)
    assert line.text() == "Norway ask"
    window.desk.open_case(CASE.model_copy(update={"id": "other"}), None)
    assert line.text() == "of the other"


def test_a_line_of_the_log_is_there_at_the_next_start_until_it_is_written(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    panel = feature_of(window, LogFeature).panel
    typed(qtbot, window, "log_line", "Norway ask")
    feature_of(window, LogFeature).stop()
    panel.line.setText("")
    feature_of(window, LogFeature)._take_up()
    assert panel.line.text() == "Norway ask"
    panel.line.returnPressed.emit()
    feature_of(window, LogFeature).stop()
    feature_of(window, LogFeature)._take_up()
    assert panel.line.text() == ""


def test_the_source_and_the_reason_of_the_registry_are_taken_over(qtbot: Any) -> None:
    old, new = SourceBar(), SourceBar()
    for bar in (old, new):
        qtbot.addWidget(bar)
    old.date.setText("2026-11")
    old.reason.setText("Letter of the nati")
    old.confidence.setCurrentIndex(2)
    new.take_typed(old.as_typed())
    assert new.as_typed() == (None, 2, "2026-11", "Letter of the nati")


def test_the_window_of_the_registry_comes_back_as_it_was_typed(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    window = make_window()
    with desk_of(qtbot, opener(tmp_path)) as desk:
        window.registry = RegistryLink(window, desk)
        window.show_registry()
        old = window.registry.window
        assert old is not None
        old.facets.search.setText("nem")
        old.facets.reach.setText("300")
        old.sources.reason.setText("Letter of the nati")
        new = change_language(window, "fr")
        assert new.registry is not None
        shown_now = new.registry.window
        assert shown_now is not None
        assert shown_now is not old
        assert (shown_now.facets.search.text(), shown_now.facets.reach.text()) == ("nem", "300")
        assert shown_now.sources.why() == "Letter of the nati"
        close(new)


@pytest.fixture
def question(qtbot: Any) -> Iterator[QDialog]:
    registry = QWidget()  # as that of the registry: no child of the main window
    qtbot.addWidget(registry)
    registry.show()
    box = QDialog(registry)
    box.setWindowTitle("New entry")
    box.open()
    yield box
    box.reject()


def test_no_way_to_leave_goes_past_an_open_question(make_window: MakeWindow, question: QDialog) -> None:
    window = make_window()
    window.show()
    told = "New entry: still open; end it first, then leave."
    assert not window.close()  # Alt+F4
    assert window.message_bar.text() == told
    window.message_bar.clear()
    trigger(window, "quit")
    assert window.isVisible()
    assert window.message_bar.text() == told
    assert not window.may_leave()  # another case, kept edits
    assert question.isVisible()
    question.reject()
    assert window.may_leave()


class _Session:
    def __init__(self) -> None:
        self.is_cancelled = False

    def allowsInteraction(self) -> bool:
        return True

    def cancel(self) -> None:
        self.is_cancelled = True


def test_the_end_of_the_session_waits_for_an_open_question(make_window: MakeWindow, question: QDialog) -> None:
    window, session = make_window(), _Session()
    hold_session(window, session)  # type: ignore[arg-type]  # Qt makes no manager of its own
    assert session.is_cancelled
    question.reject()
    session.is_cancelled = False
    hold_session(window, session)  # type: ignore[arg-type]  # as above
    assert not session.is_cancelled
