"""At twice the usual letters in a window of 1280 by 720 what matters has its room, and no value is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from subrescue.desktop.features import feature_of
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.flow_row import WrappedLabel
from subrescue.desktop.parts.letters import use_letters
from subrescue.desktop.registry.detail import RegistryDetail
from subrescue.desktop.window.command_palette import PaletteFeature
from subrescue.desktop.window.preferences_window import set_letter_size
from subrescue.domain.assets import RescueSystem
from subrescue.domain.evidence import Evidence
from subrescue.exchange.registry_table.facets import row_of
from tests.desktop.driving import MakeWindow

pytestmark = pytest.mark.usefixtures("letters_as_before")

OPERATOR = "NATO Submarine Rescue System office"
NSRS = RescueSystem.model_validate(
    {
        "id": "nsrs",
        "name": "NSRS with SRV Nemo",
        "nations": ("GB",),
        "vehicle_type": "free_srv",
        "operator": OPERATOR,
        "evidence": {"operator": (Evidence(source="S15", confidence="medium", date="2025-01-01"),)},
    }
)


@pytest.mark.parametrize("size", [100, 200])
def test_a_value_of_the_registry_has_the_line_that_it_needs(qtbot: Any, size: int) -> None:
    use_letters(size)
    detail = RegistryDetail(lambda *_: "")
    qtbot.add_widget(detail)
    detail.resize(480 if size == 100 else 640, 560)  # as the window gives it at 1280 by 720
    detail.show_row(row_of("rescue_system", NSRS, {}, date(2026, 11, 23)), {})
    detail.show()
    form: Any = detail.currentWidget()
    editor, said = form.editors["operator"], form._said["operator"]
    assert isinstance(editor, TextEditor)
    qtbot.wait_until(lambda: editor.width() > 0 and said.height() > 0)
    beside = said.geometry().top() < editor.geometry().bottom() and said.geometry().left() > editor.geometry().right()
    assert beside == (size == 100)
    if size == 200:
        assert editor.width() > 0.9 * form.viewport().width()
        assert editor.fontMetrics().horizontalAdvance(OPERATOR) < editor.width()


def test_actions_in_the_palette_keep_their_names(make_window: MakeWindow) -> None:
    window = make_window()
    set_letter_size(window, 200)
    feature = feature_of(window, PaletteFeature)
    feature.show()
    assert feature.box is not None
    tree = feature.box.list
    letters = tree.fontMetrics()
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        assert item is not None
        assert letters.horizontalAdvance(item.text(0)) <= tree.columnWidth(0)


@pytest.mark.parametrize(("size", "wide"), [(80, 800), (200, 800), (200, 500)])
def test_no_group_in_the_palette_is_cut(make_window: MakeWindow, size: int, wide: int) -> None:
    window = make_window()
    set_letter_size(window, size)
    feature_of(window, PaletteFeature).show()
    box = feature_of(window, PaletteFeature).box
    assert box is not None
    box.resize(wide, 460)
    needed = box.list.sizeHintForColumn(1)
    assert box.list.isColumnHidden(1) or box.list.columnWidth(1) >= needed
    group = box.list.topLevelItem(0).text(1)
    assert (group in box._tip.text().splitlines()) == box.list.isColumnHidden(1)
    assert box.list.isColumnHidden(1) == (size == 200)


def test_words_that_wrap_give_back_the_lines_that_shorter_ones_do_not_need(qtbot: Any) -> None:
    label = WrappedLabel("one")
    qtbot.add_widget(label)
    label.resize(100, 400)
    label.show()
    line = label.minimumHeight()
    label.setText("many words that are longer than the label is wide, by far")
    assert label.minimumHeight() > 2 * line
    label.setText("one")
    assert label.minimumHeight() == line
