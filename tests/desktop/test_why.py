"""Why the chosen option takes so long is told in a window, in the words of the command line."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtGui import QFont, QTextDocument
from typer.testing import CliRunner

from subrescue.cli.main import app
from subrescue.desktop.case.plan_service import Resources, load_resources, plan_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.response.why_feature import Told, WhyFeature, explained
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.response import Option
from subrescue.exchange.languages import speaking
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger


def feature_of(window: MainWindow) -> WhyFeature:
    return next(one for one in window.features if isinstance(one, WhyFeature))


def text(window: MainWindow) -> str:
    shown = feature_of(window).shown
    return shown.text.toPlainText() if shown is not None else ""


def tokens(words: str) -> list[str]:
    """What stands in the words, wherever their lines break."""
    return sorted(word for word in words.split() if word.strip("─"))


def test_the_answer_comes_beside_the_window(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    go, threads = threading.Event(), []

    def explain(case: Case, resources: Resources, option: Option) -> Told:
        threads.append(threading.current_thread())
        go.wait(5)
        return lambda _: f"{option.name} of {case.id}"

    feature_of(window).explain = explain
    trigger(window, "why")
    assert text(window).startswith("Working out")
    go.set()
    qtbot.wait_until(lambda: text(window) == f"NSRS of {window.desk.case.id}", timeout=5_000)
    assert threads[0] is not threading.main_thread()


def test_an_edit_in_between_asks_of_the_case_that_was_planned(make_window: MakeWindow, qtbot: Any) -> None:
    window, asked = make_window(), []

    def explain(case: Case, *_: object) -> Told:
        asked.append(case)
        return lambda _: "explained"

    feature_of(window).explain = explain
    planned = window.desk.case
    window.desk.write_log("Norway asked")
    trigger(window, "why")
    qtbot.wait_until(lambda: text(window) == "explained", timeout=5_000)
    assert asked == [planned]


def test_a_refusal_is_told_and_a_closed_window_asks_for_nothing_more(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()

    def explain(*_: object) -> Told:
        raise InputError(Problem("", "NSRS", "an asset that has a way to the datum"))

    feature = feature_of(window)
    feature.explain = explain
    trigger(window, "why")
    qtbot.wait_until(lambda: "an asset that has a way" in text(window), timeout=5_000)
    assert feature.shown is not None
    feature.shown.close()
    assert feature.shown is None


def test_the_words_are_those_of_the_command_line_in_the_language_that_is_spoken() -> None:
    case, resources = read_case(find_case("demo-norwegian-sea")), load_resources()
    options = plan_case(case, resources, 50).options
    best = next(option for option in options if option.phases)
    told = explained(case, resources, best)
    document = QTextDocument()
    document.setHtml(told(DAY))
    printed = CliRunner().invoke(app, ["why", "demo-norwegian-sea", best.asset_id]).stdout
    lines = printed.splitlines()
    assert lines[0].split() == ["EXERCISE", *case.title.split()]  # the window's own title says which case it is
    keys = {word for word in printed.split() if word.startswith("(") and "." in word and "_" in word}
    assert len(keys) == 8
    assert tokens(document.toPlainText()) == [word for word in tokens("\n".join(lines[1:])) if word not in keys]
    with speaking("ru"):
        words = told(DAY)
    assert "час" in words
    large = QFont()
    large.setPointSizeF(2 * FONT_POINTS)
    document.setDefaultFont(large)
    document.setHtml(words)
    document.setTextWidth(1240)  # of the box on a screen of 1280 pixels, where letters have twice the size
    assert document.size().width() <= 1242  # Qt rounds columns up
    without_way = next((option for option in options if not option.phases), None)
    assert without_way is not None
    with pytest.raises(InputError, match="a way to the datum"):
        explained(case, resources, without_way)
    gone = best.model_copy(update={"asset_id": "taken-out-since"})
    with pytest.raises(InputError, match="a way to the datum"):
        explained(case, resources, gone)
