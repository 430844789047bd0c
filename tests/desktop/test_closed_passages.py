"""The list of closed passages: ticking one is an edit, what a case closes is ticked, tips say what is known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from subrescue.desktop.casualty.closed_passages import ClosedPassages, passage_tip
from subrescue.earth.passages.passages import load_passages
from tests.desktop.driving import MakeWindow, trigger


def tick(listed: ClosedPassages, passage_id: str, state: Qt.CheckState) -> None:
    items = {item.data(Qt.ItemDataRole.UserRole): item for item in map(listed.item, range(listed.count()))}
    items[passage_id].setCheckState(state)


def test_ticking_a_passage_asks_for_it_to_be_closed(qtbot: QtBot) -> None:
    listed = ClosedPassages()
    qtbot.addWidget(listed)
    listed.show_value(("kiel",))
    with qtbot.waitSignal(listed.edited) as edit:
        tick(listed, "suez", Qt.CheckState.Checked)
    assert edit.args == [["kiel", "suez"]]
    listed.show_value(("kiel", "suez"))
    with qtbot.waitSignal(listed.edited) as edit:
        tick(listed, "kiel", Qt.CheckState.Unchecked)
    assert edit.args == [["suez"]]


def test_showing_a_case_is_no_edit(qtbot: QtBot) -> None:
    listed = ClosedPassages()
    qtbot.addWidget(listed)
    with qtbot.assertNotEmitted(listed.edited):
        listed.show_value(("suez", "no-such-strait"))
        listed.show_value(())
    assert listed.count() == len(load_passages()) + 1


def test_the_tip_of_a_passage_has_its_limits_times_and_who_controls_it() -> None:
    tip = passage_tip(next(passage for passage in load_passages() if passage.id == "kiel"))
    assert "Кильский канал" in tip
    assert "draught to 9.5 m (German Federal Waterways" in tip
    assert "takes 8.5 h (7-14), waiting included" in tip
    assert "controlled by DE, can refuse a ship" in tip


def shown(listed: ClosedPassages) -> list[str]:
    rows = range(listed.count())
    return [listed.item(row).data(Qt.ItemDataRole.UserRole) for row in rows if not listed.isRowHidden(row)]


def test_what_is_typed_finds_a_passage_by_any_part_of_its_name_and_the_space_bar_closes_no_other(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    """The Great Belt is the first that begins with g: "gib" and the space bar closed it."""
    window = make_window()
    window.show()
    listed, search = window.form.closed, window.form.find_passage
    trigger(window, "close_passage")
    qtbot.wait_until(search.hasFocus)
    qtbot.keyClicks(search, "gib")
    assert shown(listed) == ["gibraltar"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.desk.case.closed_passages == ("gibraltar",)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.desk.case.closed_passages == ()
    qtbot.keyClicks(search, "strait of")  # of many: Enter goes to the list, the space bar to the one that is chosen
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.wait_until(listed.hasFocus)
    assert window.desk.case.closed_passages == ()
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert window.desk.case.closed_passages == (shown(listed)[0],)
    qtbot.keyClicks(listed, "x")  # typed in the list it goes on in the line, where it is seen
    assert search.text() == "strait ofx"
    assert search.hasFocus()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert len(shown(listed)) == listed.count()


def test_a_misspelt_passage_is_offered_and_nothing_is_chosen_where_nothing_fits(qtbot: QtBot) -> None:
    listed = ClosedPassages()
    qtbot.addWidget(listed)
    listed.narrow("gibralter")
    assert "gibraltar" in shown(listed)
    listed.narrow("zzzz")
    assert shown(listed) == []
    assert listed.currentRow() == -1
