"""The forecast, the compartments with all their facts, and the case itself are entered in the form, without a file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.modeltest import ModelTester

from subrescue.desktop.casualty.compartments import ROWS, value_from_text, value_text
from subrescue.desktop.casualty.fields import described_in
from subrescue.desktop.casualty.forecast_editor import ForecastModel
from subrescue.desktop.main_window import MainWindow
from subrescue.domain.case import Case
from subrescue.domain.stores import Compartment, Stores
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.samples import CASE

FORECAST = "environment.forecast"


def shown(window: MainWindow) -> list[tuple[str, ...]]:
    model = window.form.forecast.model
    return [
        (str(model.index(row, 0).data(Qt.ItemDataRole.EditRole)), *(str(model.index(row, n).data()) for n in (1, 2)))
        for row in range(model.rowCount())
    ]


def put(window: MainWindow, row: int, column: int, text: str) -> bool:
    model = window.form.forecast.model
    return model.setData(model.index(row, column), text)


def test_an_entry_that_has_been_begun_is_gone_on_with(make_window: MakeWindow) -> None:
    editor = make_window().form.forecast
    editor.add.click()
    rows = editor.model.rowCount()
    assert editor.view.is_typed_in
    editor.add.click()  # Qt warns where an editor is opened beside another
    assert editor.model.rowCount() == rows
    assert editor.view.is_typed_in


def test_entries_are_added_edited_and_undone(make_window: MakeWindow) -> None:
    window = make_window()
    editor = window.form.forecast
    assert editor.view.isHidden()
    editor.add.click()
    assert shown(window) == [("2026-11-23 06:00Z", "unknown", "unknown")]
    assert not editor.hint.isHidden()
    assert window.desk.case.environment.forecast == ()  # no wave height is made up
    assert put(window, 0, 1, "1,5")
    editor.add.click()
    assert put(window, 1, 0, "+9")
    assert put(window, 1, 1, "3")
    assert put(window, 1, 2, "25")
    assert shown(window) == [("2026-11-23 06:00Z", "1.5", "unknown"), ("2026-11-23 15:00Z", "3", "25")]
    assert not put(window, 1, 2, "25")  # Enter alone changes nothing
    first = window.form.forecast.model.index(0, 0)
    assert first.data() == "11-23 06:00Z"
    assert first.data(Qt.ItemDataRole.ToolTipRole).startswith("2026-11-23 06:00Z: ")
    assert put(window, 0, 0, "+10")  # entries stay in the order of time
    assert [row[0] for row in shown(window)] == ["2026-11-23 15:00Z", "2026-11-23 16:00Z"]
    trigger(window, "undo")
    trigger(window, "undo")
    trigger(window, "undo")
    trigger(window, "undo")
    assert window.desk.case.environment.forecast == ()


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (0, "noon", "Found 'noon'; a time in UTC"),
        (1, "26", "Found 26"),
        (1, "high", "Found 'high'"),
        (1, "", "Found nothing"),
        (0, "+6", "it must be later than 2026-11-23T12:00Z"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_table(
    make_window: MakeWindow, column: int, text: str, words: str
) -> None:
    forecast = [{"at": CASE.alert, "wave_height_m": 1}, {"at": CASE.alert + timedelta(hours=6), "wave_height_m": 2}]
    case = Case.model_validate(CASE.model_dump() | {"environment": {"forecast": forecast}})
    window = make_window(case)
    put(window, 0, column, text)
    assert words.casefold() in window.form.problem_text(FORECAST).casefold()
    assert window.desk.case.environment.forecast == case.environment.forecast


def test_a_table_is_pasted_copied_and_shortened(make_window: MakeWindow) -> None:
    window = make_window()
    editor = window.form.forecast
    QApplication.clipboard().setText("+0\t1.5\t10\n+6\t2\n")
    editor.from_text.click()
    assert [entry.wave_height_m for entry in window.desk.case.environment.forecast] == [1.5, 2.0]
    editor.view.copied.emit()
    assert QApplication.clipboard().text().splitlines()[1] == "2026-11-23 06:00:00Z\t1.5\t10"
    editor.view.selectRow(0)
    editor.view.removed.emit()
    assert [entry.wave_height_m for entry in window.desk.case.environment.forecast] == [2.0]
    QApplication.clipboard().setText("+0\t1.5\nsoon\t2")
    editor.view.pasted.emit()
    assert window.form.problem_text(FORECAST).startswith("Line 2: Found 'soon'")
    assert [entry.wave_height_m for entry in window.desk.case.environment.forecast] == [2.0]


def test_the_model_keeps_what_qt_expects_of_it(qtmodeltester: ModelTester) -> None:
    model = ForecastModel()
    qtmodeltester.check(model)
    model.show(CASE)
    model.begin()
    qtmodeltester.check(model)


def test_a_compartment_is_added_filled_named_and_taken_out(make_window: MakeWindow) -> None:
    window = make_window()
    table = window.form.compartments
    assert table.view.isHidden()
    table.add.click()
    assert not table.view.isHidden()

    def put_fact(path: str, text: str) -> None:
        assert table.model.setData(table.model.index(ROWS.index(path), 0), text)

    put_fact("wet", "yes")
    put_fact("stores.absorbent_canisters", "40")
    put_fact("stores.canister_source", "Owner")
    put_fact("measured_at", "2026-11-23 05:00Z")
    put_fact("name", "after")
    space = window.desk.case.dissub.compartments[0]
    assert (space.name, space.wet) == ("after", True)
    assert space.stores == Stores(absorbent_canisters=40, canister_source="Owner")
    assert space.measured_at == CASE.alert - timedelta(hours=1)
    assert table.remove.text() == "Take out after"
    table.model.setData(table.model.index(ROWS.index("wet"), 0), "damp")
    assert "damp" in window.form.problem_text("dissub.compartments")
    table.remove.click()
    assert window.desk.case.dissub.compartments == ()
    trigger(window, "undo")
    assert window.desk.case.dissub.compartments == (space,)


@pytest.mark.parametrize("path", [path for path in ROWS if described_in(Compartment, path).kind == "yes_no"])
def test_yes_and_no_are_typed_as_they_are_shown(path: str) -> None:
    assert [value_from_text(value_text(value), path, CASE.alert) for value in (True, False)] == [True, False]
    assert value_from_text("unknown", path, CASE.alert) is None


def test_every_plain_fact_of_a_compartment_has_a_row() -> None:
    plain = {name for name in Compartment.model_fields if name not in ("stores", "survival_override")}
    assert set(ROWS) == plain | {f"stores.{name}" for name in Stores.model_fields}


def test_title_and_alert_are_entered_too(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, "title", "Another drill")
    type_into(window, "alert", "2026-11-23 07:00Z")
    assert window.desk.case.title == "Another drill"
    assert window.desk.case.alert == CASE.alert + timedelta(hours=1)
    type_into(window, "alert", "")
    assert "Found" in window.form.problem_text("alert")


def test_tab_goes_on_in_the_row_that_is_typed(make_window: MakeWindow, qtbot: Any) -> None:
    editor = make_window().form.forecast
    editor.add.click()
    wave = QApplication.focusWidget()
    assert isinstance(wave, QLineEdit)
    qtbot.keyClicks(wave, "3.5")
    qtbot.keyClick(wave, Qt.Key.Key_Tab)
    wind = QApplication.focusWidget()
    assert isinstance(wind, QLineEdit)
    qtbot.keyClicks(wind, "28")
    qtbot.keyClick(wind, Qt.Key.Key_Tab)  # the last cell: out of the table
    assert [(entry.wave_height_m, entry.wind_kn) for entry in editor.model.forecast] == [(3.5, 28.0)]
    assert not editor.view.is_typed_in
    assert QApplication.focusWidget() is editor.add


def test_tab_goes_through_the_compartments_in_sight_and_out_of_them(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window(read_case(find_case("demo-norwegian-sea")))
    view = window.form.compartments.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    first = QApplication.focusWidget()
    assert isinstance(first, QLineEdit)
    first.setText("11")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert window.desk.case.dissub.compartments[0].people == 11
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, 1)
    for _ in range(2 * len(ROWS) - 2):
        cell = QApplication.focusWidget()
        assert cell is not None
        assert not cell.visibleRegion().isEmpty()
        qtbot.keyClick(cell, Qt.Key.Key_Tab)
    assert view.currentIndex() == view.model().index(len(ROWS) - 1, 1)
    last = QApplication.focusWidget()
    assert last is not None
    qtbot.keyClick(last, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.form.compartments.add


def test_the_first_compartment_has_all_people_and_leaves_the_stores_of_the_boat_in_sight(
    make_window: MakeWindow,
) -> None:
    """A click said nothing, and stores of 120 kg were no longer counted, nor to be seen: 29 hours became 90."""
    window = make_window()
    form, table = window.form, window.form.compartments
    soda = form.editors["dissub.stores.soda_lime_kg"]
    type_into(window, "dissub.stores.soda_lime_kg", "120")
    type_into(window, "dissub.survivors", "19")
    table.add.click()
    assert window.desk.case.dissub.compartments == (Compartment(name="compartment 1", people=19),)
    assert not soda.isHidden()
    (shared,) = [label for label in form.findChildren(QLabel) if label.text().startswith("Shared out among")]
    assert not shared.isHidden()
    table.add.click()
    assert window.desk.case.dissub.compartments[1] == Compartment(name="compartment 2")  # nobody is counted twice
    table.model.setData(table.model.index(ROWS.index("stores.soda_lime_kg"), 0), "80")
    (unused,) = [label for label in form.findChildren(QLabel) if label.text().startswith("Stores of compartments are")]
    assert not unused.isHidden()
    assert shared.isHidden()
    type_into(window, "dissub.stores.soda_lime_kg", "")
    assert soda.isHidden()
    assert unused.isHidden()


def test_the_hours_of_life_stay_when_the_boat_becomes_one_compartment(make_window: MakeWindow) -> None:
    dissub = CASE.dissub.model_copy(update={"stores": Stores(soda_lime_kg=120.0)})
    window = make_window(CASE.model_copy(update={"dissub": dissub}))
    assumptions = load_assumptions()

    def median_h() -> float | None:
        return survival_window(window.desk.case, None, assumptions, samples=500).window.p50_h

    before_h = median_h()
    window.form.compartments.add.click()
    assert len(window.desk.case.dissub.compartments) == 1
    assert median_h() == before_h
