"""Two options are pinned and shown side by side, with the numbers of the command `compare`."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from subrescue.cli.main import app
from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import FULL_SAMPLES, load_resources, plan_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.response.compare_feature import CompareFeature, PinnedLine, _pinned_words
from subrescue.desktop.response.compare_view import compare_html, pair_of
from subrescue.exchange.pair_words import deciding_lines, figure_rows, phase_rows
from subrescue.store.cases import find_case, read_case
from subrescue.store.registry import load_registry
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE

DEMO = "demo-norwegian-sea"


def feature_of(window: MainWindow) -> CompareFeature:
    return next(one for one in window.features if isinstance(one, CompareFeature))


def pin(window: MainWindow, asset: str) -> None:
    window.desk.select(asset)
    trigger(window, "pin_option")


def text(window: MainWindow) -> str:
    shown = feature_of(window).shown
    return shown.text.toPlainText() if shown is not None else ""


def test_the_second_pin_opens_the_comparison_and_taking_pins_off_closes_it(make_window: MakeWindow) -> None:
    window = make_window()
    pin(window, "gb-nsrs")
    assert feature_of(window).line.text() == "Pinned: NSRS. Choose another option and pin it to compare."
    assert feature_of(window).shown is None
    pin(window, "xx-bell")
    assert "<Bell> is forbidden by depth" in text(window)
    assert "EXERCISE" in text(window)
    assert window.actions_by_id.by_id["compare_pinned"].isEnabled()
    trigger(window, "unpin_options")
    assert feature_of(window).shown is None
    assert feature_of(window).bar.isHidden()


def test_a_pin_goes_off_when_it_is_set_again_and_a_third_replaces_the_older(make_window: MakeWindow) -> None:
    window = make_window()
    pin(window, "gb-nsrs")
    pin(window, "gb-nsrs")
    assert feature_of(window).pinned == ()
    window.desk.pinned = ("another", "gb-nsrs")
    pin(window, "xx-bell")
    assert feature_of(window).pinned == ("gb-nsrs", "xx-bell")


def test_the_comparison_follows_the_case(make_window: MakeWindow) -> None:
    window = make_window()
    pin(window, "xx-bell")
    pin(window, "gb-nsrs")
    before = text(window)
    asked = window.desk.case.model_copy(update={"id": window.desk.case.id})
    from tests.desktop.samples import response

    deeper = asked.model_copy(update={"dissub": asked.dissub.model_copy(update={"depth_m": 500.0})})
    window.desk._take_response(asked, response(deeper))
    assert text(window) != before
    assert "80 (72-104)" in text(window)  # 30 h and a tenth of an hour a metre of 500 m
    window.desk._take_response(asked, response(asked).model_copy(update={"options": response(asked).options[:1]}))
    assert text(window) == "The response has no longer both options."


def test_another_case_begins_without_pins_and_one_pin_compares_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    by_id = window.actions_by_id.by_id
    assert not by_id["unpin_options"].isEnabled()
    pin(window, "gb-nsrs")
    assert by_id["unpin_options"].isEnabled()
    assert not by_id["compare_pinned"].isEnabled()
    window.desk.session.saved()
    window.desk.open_case(CASE.model_copy(update={"id": "another"}), None)
    assert feature_of(window).pinned == ()


def test_the_numbers_are_those_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = load_registry()  # both plan with what the case names: nine tenths of the time are the other assets'
    named = {offer.asset for offer in read_case(find_case(DEMO)).offers} | {"nsrs", "se-urf"}
    kinds = ("rescue_systems", "intervention_systems", "medical_units")
    few = {kind: {key: one for key, one in getattr(shipped, kind).items() if key in named} for kind in kinds}
    registry = shipped.model_copy(update=few)
    monkeypatch.setattr("subrescue.store.registry.load_registry", lambda *_: registry)
    response = plan_case(read_case(find_case(DEMO)), load_resources(), FULL_SAMPLES)
    pair = pair_of(response, ("nsrs", "se-urf"))
    assert pair is not None
    told = CliRunner().invoke(app, ["compare", DEMO, "--options", "nsrs", "urf"], terminal_width=400)
    assert told.exit_code == 0
    cells = [cell for row in (*figure_rows(pair), *phase_rows(pair)) for cell in row] + deciding_lines(pair)
    numbers = [number for cell in cells for number in re.findall(r"\d+(?:\.\d+)?", cell)]
    said = re.findall(r"\d+(?:\.\d+)?", told.stdout)
    assert len(numbers) > 100
    assert not [number for number in numbers if numbers.count(number) > said.count(number)]
    window = compare_html(pair, read_case(find_case(DEMO)), DAY)
    assert not [number for number in numbers if number not in window]


def test_no_ids_are_told_while_there_is_no_response_with_names(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    compare = next(feature for feature in window.features if isinstance(feature, CompareFeature))
    window.desk.pinned = ("gb-nsrs", "xx-bell")
    compare.show()
    assert not compare.bar.isHidden()
    monkeypatch.setattr(Desk, "response", None)
    compare.show()
    assert compare.bar.isHidden()


def test_both_pinned_names_have_room_in_one_line(qtbot: QtBot) -> None:
    """With letters of 200 % the line took three, and what stood above and below it was cut."""
    line = PinnedLine()
    qtbot.addWidget(line)
    line.show()
    long, short = "SRCFS with McCann rescue chambers (SRC-20, SRC-21)", "SRV-300"
    line.resize(4000, 20)
    line.tell(_pinned_words, (long, short))
    assert line.text() == f"Pinned: {long} and {short}"
    line.resize(line.fontMetrics().horizontalAdvance(line.text()) * 2 // 3, 20)
    assert line.text().startswith("Pinned: SRCFS with")
    assert line.text().endswith("… and SRV-300")
    assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width()
    assert long in line.toolTip()
