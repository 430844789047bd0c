"""Boxes and menus that Qt makes have the colours and the language of the window, as far as Qt's catalogue goes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction, QActionGroup, QColor, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QStyle,
    QWidget,
)

from subrescue.desktop.paper.preview import PageView
from subrescue.desktop.parts.qt_boxes import dress_box, file_box, in_colour, line_box
from subrescue.desktop.parts.themes import DAY, NIGHT, Theme, qt_palette, style_sheet
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.action_set import with_letters
from subrescue.desktop.window.actions import MENUS
from subrescue.desktop.window.language_switch import use_language
from subrescue.exchange.languages import LANGUAGES


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    before = qapp.palette()
    yield
    qapp.setPalette(before)
    use_language("en")


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def colours(image: QImage) -> list[QColor]:
    at = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return [colour for x, y in at if (colour := image.pixelColor(x, y)).alpha() > 100]


def dazzling(image: QImage) -> list[str]:
    return [colour.name() for colour in colours(image) if max(colour.green(), colour.blue()) > 110]


def test_a_picture_in_one_colour_keeps_its_shades_and_what_is_seen_through() -> None:
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    for x, colour in enumerate(("#ffffffff", "#ff808080", "#00ffffff")):
        image.setPixelColor(x, 0, QColor(colour))
    told = in_colour(QPixmap.fromImage(image), QColor("#f0604f")).toImage()
    assert [told.pixelColor(x, 0).name(QColor.NameFormat.HexArgb) for x in (0, 2)] == ["#fff0604f", "#00000000"]
    assert abs(told.pixelColor(1, 0).red() - 0x78) <= 1


def test_by_red_night_no_icon_of_a_file_box_is_in_colours_of_the_day(
    qapp: QApplication, parent: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "case.toml").touch()
    qapp.setPalette(qt_palette(NIGHT))
    box = file_box(parent, "Open case", tmp_path, "Cases (*.toml)", saves=False)
    gc.collect()
    assert box.testOption(QFileDialog.Option.DontUseNativeDialog)  # the system's box knows no red night
    icons = [button.icon() for button in box.findChildren(QAbstractButton) if not button.icon().isNull()]
    provider = box.iconProvider()
    icons += [provider.icon(kind) for kind in (provider.IconType.Folder, provider.IconType.Computer)]
    assert len(icons) >= 8
    assert [dazzling(icon.pixmap(16).toImage()) for icon in icons] == [[] for _ in icons]
    box.deleteLater()


def test_by_day_a_file_box_is_the_systems_own(qapp: QApplication, parent: QWidget, tmp_path: Path) -> None:
    qapp.setPalette(qt_palette(DAY))
    box = file_box(parent, "Export", tmp_path / "plan.json", "JSON (*.json)", saves=True)
    assert not box.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert box.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert box.selectedFiles() == [str(tmp_path / "plan.json")]
    box.deleteLater()


def test_by_red_night_white_paper_is_seen_dark_and_by_day_white(qapp: QApplication, qtbot: Any) -> None:
    qapp.setPalette(qt_palette(DAY))
    paper = QImage(4, 4, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    paper.setPixelColor(1, 1, QColor("black"))  # a word
    page = PageView(paper, "Page 1 of 1")
    qtbot.addWidget(page)
    seen = []
    for theme in (DAY, NIGHT):
        qapp.setPalette(qt_palette(theme))
        picture = page.grab().toImage()
        seen.append([picture.pixelColor(x, x).name() for x in (0, 1)])
    assert seen == [["#ffffff", "#000000"], ["#000000", NIGHT.text]]


def test_a_question_has_its_sign_in_the_colour_of_words_by_red_night(qapp: QApplication, parent: QWidget) -> None:
    qapp.setPalette(qt_palette(NIGHT))
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    assert dazzling(box.iconPixmap().toImage())
    dress_box(box, "QMessageBox")
    assert dazzling(box.iconPixmap().toImage()) == []


@pytest.mark.parametrize(
    ("code", "words"), [("fr", "Fichiers de type"), ("ru", "Типы файлов"), ("en", "Files of &type:")]
)
def test_a_file_box_speaks_the_language_of_the_window(parent: QWidget, tmp_path: Path, code: str, words: str) -> None:
    use_language(code)
    box = file_box(parent, "x", tmp_path, "Cases (*.toml)", saves=False)
    box.setOption(QFileDialog.Option.DontUseNativeDialog)
    dress_box(box, "QFileDialog")
    told = [label.text() for label in box.findChildren(QLabel)]
    assert any(words in text for text in told), told
    assert code == "en" or not any("Look" in text for text in told)
    box.deleteLater()


def test_a_box_for_a_line_says_what_is_asked_and_holds_it(parent: QWidget) -> None:
    words = tr("Range rings: miles, or hours x knots")
    box = line_box(parent, words, words, "50, 100, 12 h x 15 kn")
    assert box.labelText() == words
    assert box.width() >= 400
    box.deleteLater()


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=lambda theme: theme.id)
def test_choices_of_which_one_holds_look_other_than_those_that_are_ticked(parent: QWidget, theme: Theme) -> None:
    parent.setStyleSheet(style_sheet(theme))
    menu = QMenu(parent)
    group = QActionGroup(menu)
    for exclusive, checked in ((True, True), (True, False), (False, True), (False, False)):
        action = QAction("Ships", menu)
        action.setCheckable(True)
        action.setChecked(checked)
        if exclusive:
            group.addAction(action)
        menu.addAction(action)
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    whole = menu.grab().toImage()
    pictures = [whole.copy(menu.actionGeometry(action)) for action in menu.actions()]
    field = QColor(theme.field)
    words = {min(x for x in range(22, one.width()) if QColor(one.pixel(x, 14)) != field) for one in pictures}
    assert len(words) == 1  # whatever is ticked, words stand below words
    signs = [one.copy(0, 0, 20, one.height()) for one in pictures]
    assert all(one != other for place, one in enumerate(signs) for other in signs[:place])
    assert QColor(theme.accent_text).name() in {colour.name() for colour in colours(signs[2])}  # a tick


def test_buttons_of_boxes_have_words_and_no_pictures(parent: QWidget) -> None:
    parent.setStyleSheet(style_sheet(NIGHT))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok, parent)
    box.ensurePolished()
    hint = box.style().styleHint(QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons, None, box)
    assert hint == 0
    assert all(isinstance(button, QPushButton) for button in box.buttons())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_menu_opens_by_alt_and_a_letter_of_its_own(code: str) -> None:
    use_language(code)
    titles = with_letters([tr(name) for name in MENUS])
    buttons = [tr(words) for words in ("&Back", "&Next", "&Skip", "&Done")]
    letters = [words[words.index("&") + 1].casefold() for words in titles]
    assert len(set(letters)) == len(MENUS)
    assert not set(letters) & {words[words.index("&") + 1].casefold() for words in buttons}
    assert [words.replace("&", "") for words in titles] == [tr(name) for name in MENUS]
