"""Boxes that Qt makes, in the colours and the language of the window: Qt paints their icons in colours of the day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QFileIconProvider,
    QInputDialog,
    QLabel,
    QListView,
    QMessageBox,
    QTreeView,
    QWidget,
)

from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.plain_text import without_keys

_ICON_PX = (16, 32)
_LINE_PX = 480
_SIZE_COLUMN, _KIND_COLUMN, _DATE_COLUMN = 1, 2, 3
_SIZE_PX, _DATE_PX, _PLACES_PX = 80, 150, 120


def is_dark() -> bool:
    """Whether the windows are dark, at dusk and in the red night."""
    return QApplication.palette().window().color().lightness() < 128


def in_colour(picture: QPixmap, colour: QColor) -> QPixmap:
    """A picture in shades of one colour, white becoming the colour itself; what is seen through stays so."""
    image = picture.toImage()
    grey = image.convertToFormat(image.Format.Format_Grayscale8).convertToFormat(image.Format.Format_ARGB32)
    painter = QPainter(grey)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(grey.rect(), colour)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(grey.rect(), image)
    painter.end()
    return QPixmap.fromImage(grey)


def _icon_in_colour(icon: QIcon, colour: QColor) -> QIcon:
    found = QIcon()
    for size in icon.availableSizes() or [QSize(pixels, pixels) for pixels in _ICON_PX]:
        found.addPixmap(in_colour(icon.pixmap(size), colour))
    return found


class _FileIcons(QFileIconProvider):
    """Icons of files and folders in one colour."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour, self._known = colour, dict[int, QIcon]()

    def icon(self, of: QFileIconProvider.IconType | QFileInfo) -> QIcon:  # type: ignore[override]  # two of Qt's in one
        """The icon of a kind, of a folder or of a file."""
        icon = super().icon(of)
        key = icon.cacheKey()
        if key not in self._known:
            self._known[key] = _icon_in_colour(icon, self._colour)
        return self._known[key]


def dress_box(box: QDialog, context: str) -> None:
    """Give a box of Qt's the colours of the window at dusk and by night, and the words that its catalogue has.

    context: under which Qt's catalogue keeps the words of the box. Some stand there without the letter for Alt that
    the box has since got, and the box then shows them in English.
    """
    for label in box.findChildren(QLabel):
        plain = label.text().replace("&", "")
        told = QCoreApplication.translate(context, plain) if plain else plain
        if told != plain:
            label.setText(told)
    if not is_dark():
        return
    colour = QApplication.palette().windowText().color()
    for button in box.findChildren(QAbstractButton):
        if not button.icon().isNull():
            button.setIcon(_icon_in_colour(button.icon(), colour))
    if isinstance(box, QMessageBox) and not box.iconPixmap().isNull():
        box.setIconPixmap(in_colour(box.iconPixmap(), colour))


def file_box(parent: QWidget, title: str, place: Path, files: str, *, saves: bool) -> QFileDialog:
    """A box that asks for a file: one that is there, or one to be written.

    By day it is the system's own where Qt knows it; that of the system knows no dusk and no red night.
    """
    box = QFileDialog(parent, title)
    mode, accept = QFileDialog.FileMode, QFileDialog.AcceptMode
    dark = is_dark()
    box.setOption(QFileDialog.Option.DontUseNativeDialog, dark)
    box.setAcceptMode(accept.AcceptSave if saves else accept.AcceptOpen)
    box.setFileMode(mode.AnyFile if saves else mode.ExistingFile)
    if dark:
        box.setIconProvider(_FileIcons(QApplication.palette().windowText().color()))
    box.setNameFilters(files.split(";;"))
    box.setDirectory(str(place.parent if saves else place))
    if saves:
        box.selectFile(place.name)
    for view in box.findChildren(QTreeView):  # Qt cuts dates, and has kinds in English alone
        view.setColumnHidden(_KIND_COLUMN, True)
        view.header().resizeSection(_SIZE_COLUMN, by_letters(_SIZE_PX))
        view.header().resizeSection(_DATE_COLUMN, by_letters(_DATE_PX))
    places = box.findChild(QListView, "sidebar")
    if places is not None:  # Qt cuts the names of its places
        places.setMinimumWidth(by_letters(_PLACES_PX))
    dress_box(box, "QFileDialog")
    return box


def line_box(parent: QWidget, title: str, label: str, words: str) -> QInputDialog:
    """A box that asks for a line of text, wide enough for its title and what is typed."""
    box = QInputDialog(parent)
    box.setWindowTitle(title)
    box.setLabelText(without_keys(label))
    for shown in box.findChildren(QLabel):
        shown.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextValue(words)
    box.resize(by_letters(_LINE_PX), box.sizeHint().height())
    return box


def choice_box(parent: QWidget, title: str, label: str, choices: Sequence[str], button: str) -> QInputDialog:
    """A box that asks for one of several; its button says what is then done with it."""
    box = line_box(parent, title, label, "")
    box.setComboBoxItems(choices)
    box.setOkButtonText(button)
    return box
