"""The language of the window: chosen in the menu, at once, on the same desk; files never follow it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from subrescue.desktop.case import case_files
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts import words
from subrescue.desktop.response.compare_feature import CompareFeature
from subrescue.desktop.window.language_switch import change_language, remembered, use_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.reasons import reason
from subrescue.exchange import numbers
from subrescue.exchange.languages import speaking, spoken
from subrescue.exchange.wording import label, say
from tests.desktop.driving import MakeWindow, trigger, type_into


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def in_language(qtbot: Any, window: MainWindow, code: str) -> MainWindow:
    trigger(window, f"language_{code}")
    qtbot.wait_until(lambda: window.successor is not None, timeout=5_000)
    assert window.successor is not None
    return window.successor


def close(window: MainWindow) -> None:
    window.desk.session.saved()
    window.close()
    window.deleteLater()


def test_another_language_makes_the_window_anew_on_the_same_desk(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, "dissub.depth_m", "123")
    qtbot.wait_until(lambda: window.desk.response is not None)
    response, selected, desk = window.desk.response, window.desk.selected, window.desk
    trigger(window, "pin_option")
    new = in_language(qtbot, window, "ru")
    assert new.desk is desk
    assert desk.selected == selected
    assert feature_of(new, CompareFeature).pinned == (selected,)
    assert desk.response is not None
    assert response is not None
    assert new.actions_by_id.by_id["undo"].text() == "Отменить"
    assert new.actions_by_id.by_id["language_ru"].isChecked()
    assert remembered(new.preferences) == "ru"
    desk.undo()
    assert desk.case.dissub.depth_m != 123
    new.desk.session.saved()
    close(new)


def test_no_tab_bar_of_an_earlier_arrangement_stays(make_window: MakeWindow, qtbot: Any) -> None:
    from PySide6.QtWidgets import QTabBar

    new = in_language(qtbot, make_window(), "fr")

    def shown() -> list[str]:
        bars = [bar for bar in new.findChildren(QTabBar) if bar.parent() is new and bar.isVisible()]
        return sorted(bar.tabText(0) for bar in bars)

    qtbot.wait_until(lambda: len(shown()) == len(set(shown())) > 0)
    close(new)


def test_two_languages_chosen_at_once_leave_one_window(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.show()
    for code in ("fr", "ru"):
        trigger(window, f"language_{code}")
    qtbot.wait_until(lambda: words.language() == "ru")
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
    assert shown == [window.successor]
    close(shown[0])


def test_the_language_of_today_changes_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    assert change_language(window, "en") is window


def test_a_language_that_was_remembered_and_is_none_is_english(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "window.ini")
    preferences.set_text("language", "de")
    assert remembered(preferences) == "en"


def test_standard_buttons_speak_the_language(qtbot: Any) -> None:
    from PySide6.QtWidgets import QMessageBox

    use_language("fr")
    box = QMessageBox()
    qtbot.add_widget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    assert box.button(QMessageBox.StandardButton.Cancel).text() == "Annuler"


def test_files_are_the_same_bytes_whatever_the_window_speaks(make_window: MakeWindow) -> None:
    desk = make_window().desk
    assert desk.response is not None
    for_programs = [case_files.EXPORTS[name] for name in ("export_json", "export_csv", "export_geojson")]
    for _, _, make in for_programs:
        words.set_language("en")
        english = make(desk.response, desk.case, ())
        for code in ("ru", "fr"):
            words.set_language(code)
            assert make(desk.response, desk.case, ()) == english


def test_reasons_are_said_in_the_language_with_its_marks() -> None:
    why = reason("sea.over", wave_m=3.5, limit_m=2.5)
    with speaking("ru"):
        assert say(why) == "высота волны 3,5 м, спуск при волне до 2,5 м"
        assert label("phase", "fit_out") == "дооборудование судна"
        assert numbers.metres(1234.0) == "1\u00a0234 м"
        assert numbers.metres(None) == "неизвестно"
    with speaking("fr"):
        assert numbers.miles(3.25) == "3,2 NM"
    assert spoken() == "en"
    assert say(why) == "wave height 3.5 m, launches up to 2.5 m"


def test_work_beside_the_window_speaks_english() -> None:
    import threading

    words.set_language("fr")
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(spoken()))
    thread.start()
    thread.join()
    assert heard == ["en"]


def test_forms_of_number_follow_the_language() -> None:
    words.set_language("ru")
    shown = [words.trn("{count} option", "{count} options", n) for n in (1, 2, 5, 21, 112)]
    assert shown == ["1 вариант", "2 варианта", "5 вариантов", "21 вариант", "112 вариантов"]
    words.set_language("fr")
    assert words.trn("{count} option", "{count} options", 0) == "0 solution"


@pytest.mark.parametrize(
    ("name", "title"),
    [("preferences", "Préférences"), ("edit_history", "Historique"), ("clearances", "Autorisations des nations")],
)
def test_a_box_in_which_one_works_on_is_there_again_in_the_other_language(
    make_window: MakeWindow, qtbot: Any, name: str, title: str
) -> None:
    window = make_window()
    trigger(window, name)
    new = in_language(qtbot, window, "fr")
    shown = [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible() and one is not new]
    assert shown == [title]
    close(new)


def test_the_language_waits_for_the_end_of_a_question_of_another_window(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    registry = QWidget()  # as large as that of the registry, and no child of this one
    qtbot.addWidget(registry)
    registry.show()
    question = QDialog(registry)
    question.setWindowTitle("New entry")
    question.open()
    trigger(window, "language_fr")
    QTest.qWait(0)
    assert window.successor is None
    assert window.message_bar.text() == "New entry: still open; end it first, then change the language."
    assert window.actions_by_id.by_id["language_en"].isChecked()
    question.reject()
