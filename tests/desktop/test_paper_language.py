"""What people read and print speaks the language of the window, or one that was chosen; files for programs never do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.paper.dialog import ReportDialog
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.paper.paper_language import MARKING, choose, chosen, in_paper, paper_language
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.words import set_language
from subrescue.desktop.window.language_switch import change_language
from subrescue.desktop.window.preferences import Preferences
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.test_language import close, english_again

__all__ = ["english_again"]  # used by every test here


@pytest.fixture
def written(make_window: MakeWindow, tmp_path: Path) -> Any:
    """Writes by an action of a window in a language and returns what is in the file."""
    windows: list[MainWindow] = []

    def write(code: str, action: str, suffix: str, chosen_code: str = "window") -> str:
        if not windows:
            windows.append(make_window(dialogs=Dialogs(save_file=lambda *_: tmp_path / "out")))
        windows[0] = change_language(windows[0], code)
        choose(windows[0].preferences, chosen_code)
        trigger(windows[0], action)
        return (tmp_path / f"out{suffix}").read_text("utf-8")

    yield write
    for window in windows:
        close(window)


def test_the_response_as_text_speaks_the_language_of_the_window(written: Any) -> None:
    words = written("ru", "export_table", ".txt")
    french = written("fr", "export_table", ".txt")
    assert words.startswith(" УЧЕНИЕ  Drill  тревога 2026-11-23 06:00Z")
    assert "64°30,001' с.ш. 007°30,001' в.д. ± 0,5 мили" in words
    assert french.startswith(" EXERCICE  Drill  alerte 2026-11-23 06:00Z")
    assert "Boat (NO)\u00a0: posé au fond, immersion 255 m" in french


def test_a_language_chosen_for_paper_holds_in_any_window(written: Any) -> None:
    english = written("en", "export_table", ".txt")
    assert english.startswith(" EXERCISE  Drill")
    assert written("ru", "export_table", ".txt", "en") == english
    assert written("en", "export_log_text", ".txt", "fr").splitlines()[1] == "Alerte 2026-11-23 06:00Z"


@pytest.mark.parametrize("action", ["export_json", "export_csv", "export_geojson", "export_log_csv"])
def test_files_for_programs_never_depend_on_it(written: Any, action: str) -> None:
    suffix = "." + action.rpartition("_")[2]
    english = written("en", action, suffix)
    assert written("ru", action, suffix) == english
    assert written("ru", action, suffix, "fr") == english


def test_the_form_of_the_report_follows_the_window_until_a_language_is_chosen(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    window = change_language(make_window(dialogs=Dialogs(save_file=lambda *_: tmp_path / "out.pdf")), "ru")
    feature = next(one for one in window.features if isinstance(one, ReportFeature))

    def asked() -> ReportDialog:
        trigger(window, "report_pdf")
        qtbot.wait_until(lambda: feature.dialog is not None, timeout=10_000)
        assert feature.dialog is not None
        return feature.dialog

    dialog = asked()
    assert dialog.language.currentText() == "как у окна (Русский)"
    assert dialog.wishes(window.desk.clock()).language == "ru"
    assert dialog.marking.text() == "НЕСЕКРЕТНО"
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    assert dialog.marking.text() == "NON PROTÉGÉ"
    dialog.ok.click()
    qtbot.wait_until(lambda: feature.dialog is None, timeout=10_000)
    assert chosen(window.preferences) == "fr"
    again = asked()
    assert again.wishes(window.desk.clock()).language == "fr"
    again.reject()
    close(window)


def test_the_preferences_offer_it(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "preferences")
    from subrescue.desktop.window.preferences_window import PreferencesFeature

    box = next(one for one in window.features if isinstance(one, PreferencesFeature)).box
    assert box is not None
    choice = box.boxes["paper_language"]
    assert [choice.itemData(at) for at in range(choice.count())] == ["window", "en", "fr", "ru"]
    choice.setCurrentIndex(choice.findData("ru"))
    assert paper_language(window.preferences) == "ru"


def test_what_a_user_wrote_stays_and_a_strange_choice_is_the_window(qapp: Any, tmp_path: Path) -> None:
    assert in_paper("UNCLASSIFIED", MARKING, "ru") == "НЕСЕКРЕТНО"
    assert in_paper("НЕСЕКРЕТНО", MARKING, "en") == "UNCLASSIFIED"
    assert in_paper("NATO RESTRICTED", MARKING, "ru") == "NATO RESTRICTED"
    preferences = Preferences(tmp_path / "window.ini")
    preferences.set_text("paper_language", "de")
    set_language("fr")
    assert (chosen(preferences), paper_language(preferences)) == ("window", "fr")
    with pytest.raises(KeyError):
        choose(preferences, "de")
