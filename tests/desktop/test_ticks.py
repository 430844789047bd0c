"""A box that is ticked has a tick in it, in every theme and size of letters, and not a filling alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QStyle, QStyleOptionButton, QWidget

from subrescue.datafiles import data_dir
from subrescue.desktop.parts.themes import THEMES, Theme, style_sheet


def box_of(picture: QImage, at: QPoint, size: int) -> list[QColor]:
    return [picture.pixelColor(at.x() + dx, at.y() + dy) for dx in range(size) for dy in range(size)]


def alike(one: QColor, other: QColor) -> bool:
    apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(map(abs, apart)) < 24


def tick_box(theme: Theme, letters: float, checked: bool) -> tuple[QWidget, QPoint, int]:
    box = QCheckBox("Airfields")
    box.setStyleSheet(style_sheet(theme, letters))
    box.setChecked(checked)
    box.ensurePolished()
    box.resize(box.sizeHint())
    option = QStyleOptionButton()
    box.initStyleOption(option)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    return box, place.topLeft(), min(place.width(), place.height())


@pytest.fixture
def show(qtbot: Any) -> Callable[[QWidget], QImage]:
    def grabbed(widget: QWidget) -> QImage:
        qtbot.addWidget(widget)
        return widget.grab().toImage()

    return grabbed


@pytest.mark.parametrize("letters", [0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)
def test_a_ticked_box_has_a_tick_that_grows_with_the_letters(
    show: Callable[[QWidget], QImage], theme: Theme, letters: float
) -> None:
    box, at, size = tick_box(theme, letters, True)
    inside = box_of(show(box), at, size)
    drawn = sum(alike(colour, QColor(theme.accent_text)) for colour in inside)
    filled = sum(alike(colour, QColor(theme.accent)) for colour in inside)
    assert size >= round(12 * max(letters, 1.0))
    assert 0.06 * size * size < drawn < filled
    empty, at, size = tick_box(theme, letters, False)
    inside = box_of(show(empty), at + QPoint(2, 2), size - 4)  # the frame has a colour of its own
    assert all(alike(colour, QColor(theme.field)) for colour in inside)


def test_a_ticked_entry_of_a_list_has_one_too(show: Callable[[QWidget], QImage]) -> None:
    theme = THEMES["dusk"]
    entries = QListWidget()
    entries.setStyleSheet(style_sheet(theme))
    item = QListWidgetItem("KV Sortland", entries)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    entries.resize(200, 60)
    picture = show(entries)
    row = entries.visualItemRect(item)
    there = box_of(picture, row.topLeft(), row.height())
    filled = [colour for colour in there if alike(colour, QColor(theme.accent))]
    assert len(filled) > 40
    assert len(filled) < 13 * 13 - 15  # what is missing is the tick


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)
def test_the_tick_has_the_colour_of_words_on_the_accent(theme: Theme) -> None:
    drawing = (data_dir("resources") / "looks" / f"tick_{theme.id}.svg").read_text(encoding="utf-8")
    assert f'stroke="{theme.accent_text}"' in drawing
