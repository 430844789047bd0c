"""The list of closed passages: ticking one is an edit, what a case closes is ticked, tips say what is known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from subrescue.desktop.casualty.closed_passages import ClosedPassages, passage_tip
from subrescue.earth.passages.passages import load_passages


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
