"""The map is looked at as it was left: after another start, in another language, and not where the case is another."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.desktop.case.case_files import first_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.viewport import view_of_place
from subrescue.desktop.window.first_map import show_first_map
from subrescue.desktop.window.kept_view import kept_view
from subrescue.desktop.window.language_switch import use_language
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE
from tests.desktop.test_language import close, in_language


def seen(window: MainWindow) -> tuple[float, ...]:
    view = window.map.canvas.view
    return pytest.approx((*view.centre, view.scale, view.turn_deg))  # type: ignore[no-any-return]


def moved(window: MainWindow) -> None:
    window.map.zoom(2.5)
    window.map.look(window.map.canvas.view.panned(120, -40))
    trigger(window, "turn_map_right")


def test_middle_scale_and_turn_are_there_at_the_next_start(make_window: MakeWindow) -> None:
    window = make_window()
    moved(window)
    left, turn = seen(window), window.map.canvas.view.turn_deg
    assert turn == 15.0
    window.close()
    again = make_window().map.canvas.view
    assert (*again.centre, again.scale, again.turn_deg) == left


def test_a_map_that_nobody_moved_is_fitted_anew_turned_as_it_was(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "turn_map_left")
    window.map.fit_scene()
    window.close()
    again = make_window().map
    assert again.is_fitted
    assert again.canvas.view.turn_deg == -15.0


def test_another_case_and_another_place_of_the_dissub_are_fitted(make_window: MakeWindow) -> None:
    window = make_window()
    moved(window)
    window.close()
    for case in (
        CASE.model_copy(update={"id": "another"}),
        CASE.model_copy(update={"dissub": read_case(find_case("demo-norwegian-sea")).dissub}),
    ):
        other = make_window(case).map
        assert other.is_fitted
        assert other.canvas.view.turn_deg == 0.0


def test_another_language_keeps_the_view(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    moved(window)
    left = seen(window)
    new = in_language(qtbot, window, "fr")
    again = new.map.canvas.view
    assert (*again.centre, again.scale, again.turn_deg) == left
    close(new)
    use_language("en")


@pytest.mark.parametrize("words", ["", "{", "[]", "[1, 2]", '["drill", "azimuthal", 64.5, 7.5, false, 0, 0, 0, NaN]'])
def test_what_is_no_view_is_none(make_window: MakeWindow, words: str) -> None:
    preferences = make_window().preferences
    preferences.set_text("map_view", words)
    view = view_of_place("azimuthal", CASE.dissub.fix.position, None, 800, 600)
    assert kept_view(preferences, CASE, "azimuthal", view) is None


def test_the_first_map_is_that_view_too(make_window: MakeWindow, qtbot: Any) -> None:
    path = first_case(None)
    window = make_window(read_case(path))
    moved(window)
    left = seen(window)
    window.close()
    first = show_first_map(window.preferences, path)
    assert first is not None
    qtbot.addWidget(first)
    assert first.base is not None
    view = first.base.view
    assert (*view.centre, view.scale, view.turn_deg) == left
