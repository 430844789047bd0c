"""What must hold of every picture and needs no eye: no text is cut, no part lies on another, no letter is shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QFontMetrics, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QMainWindow,
    QMenuBar,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QWidget,
)

from subrescue.desktop.response.option_delegate import OptionDelegate

_SLACK_PX = 1
"""Fusion rounds; a text is not cut by a pixel of its bearing."""
_NUMBER = re.compile(r"[<>]?-?\d[\d\s.,/-]*( ?\S{1,5})?")
"""What has to be read at a glance, with its unit."""
_ROUNDED_PX = 2
"""Qt rounds the columns of tables in rich text up; they have that much free at their ends."""


def findings(top: QWidget) -> list[str]:
    """Every text that is cut, neighbours that overlap, and letters that lead to two places of a window, in words."""
    return [*cut_texts(top), *overlaps(top), *shared_letters(top)]


def visible(top: QWidget) -> Iterator[QWidget]:
    """The widgets of a window that can be seen; other windows that belong to it are not part of it."""
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and widget.window() is top and not widget.visibleRegion().isEmpty():
            yield widget


def cut_texts(top: QWidget) -> Iterator[str]:
    """Labels, buttons, tabs, heads and cells of tables, and choices whose text is larger than its box."""
    for widget in visible(top):
        if isinstance(widget, QLabel):
            yield from _cut_label(widget)
        elif isinstance(widget, QTabBar):
            yield from _cut_tabs(widget)
        elif isinstance(widget, QHeaderView):
            yield from _cut_heads(widget)
        elif isinstance(widget, QComboBox):
            yield from _cut_choice(widget)
        elif isinstance(widget, QAbstractButton) and widget.text():
            need = widget.sizeHint() if not isinstance(widget, QCheckBox | QRadioButton) else widget.minimumSizeHint()
            if _is_less(widget.rect(), need.width(), need.height()):
                yield f"{_name(widget)} is cut: {widget.text()!r} needs {need.toTuple()}, has {widget.size().toTuple()}"
        elif isinstance(widget, QScrollArea):
            yield from _cut_sideways(widget)
        elif isinstance(widget, QTableView | QTreeView):
            yield from _cut_cells(widget)
        elif isinstance(widget, QTextBrowser) and _wider(widget) > _ROUNDED_PX:
            yield f"{_name(widget)} is cut by {_wider(widget)} pixels, or has to be moved sideways to be read"
        yield from _cut_by_bar(widget)


def _wider(text: QTextBrowser) -> int:
    """By how many pixels rich text is wider than its box."""
    return round(text.document().size().width()) - text.viewport().width()


def _cut_sideways(area: QScrollArea) -> Iterator[str]:
    inside = area.widget()
    if inside is not None and inside.width() > area.viewport().width() + _SLACK_PX:
        yield f"{_name(area)} shows {area.viewport().width()} of {inside.width()} pixels of its width"


def _is_less(room: QRect, wide: int, high: int) -> bool:
    return room.width() + _SLACK_PX < wide or room.height() + _SLACK_PX < high


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text() or not label.pixmap().isNull():
        return
    room = label.contentsRect().adjusted(label.margin(), label.margin(), -label.margin(), -label.margin())
    if label.wordWrap() or Qt.mightBeRichText(label.text()):
        high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        longest = max(_widths(label))
        if label.height() + _SLACK_PX < high or room.width() + _SLACK_PX < longest:
            yield f"label is cut: {label.text()!r} needs {longest}x{high}, has {label.size().toTuple()}"
        return
    letters, words = label.fontMetrics(), label.text()
    if label.buddy() is not None:  # an ampersand marks the letter of its shortcut
        words = words.replace("&&", "\0").replace("&", "").replace("\0", "&")
    wide = max(letters.horizontalAdvance(line) for line in words.split("\n"))
    if _is_less(room, wide, letters.height() * (words.count("\n") + 1)):
        yield f"label is cut: {words!r} needs {wide}, has {room.width()}x{room.height()}"


def _widths(label: QLabel) -> Iterator[int]:
    """Widths of the longest word: what wrapping cannot make smaller."""
    document = QTextDocument()
    if label.textFormat() == Qt.TextFormat.PlainText or not Qt.mightBeRichText(label.text()):
        plain = label.text()
    else:
        document.setHtml(label.text())
        plain = document.toPlainText()
    yield 0
    yield from (label.fontMetrics().horizontalAdvance(word) for word in plain.split())


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        words = bar.tabText(place)
        if bar.isTabVisible(place) and bar.fontMetrics().horizontalAdvance(words) > bar.tabRect(place).width():
            yield f"tab is cut: {words!r}"
    if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width() + _SLACK_PX:
        yield f"tabs do not fit: {[bar.tabText(place) for place in range(bar.count())]} in {bar.width()}"


def _cut_heads(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    if model is None or head.orientation() == Qt.Orientation.Vertical:
        return
    for place in range(head.count()):
        if head.isSectionHidden(place):
            continue
        words = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        wide = max((head.fontMetrics().horizontalAdvance(line) for line in words.split("\n")), default=0)
        if wide > head.sectionSize(place) + _SLACK_PX:
            yield f"head of a column is cut: {words!r} needs {wide}, has {head.sectionSize(place)}"


def _cut_cells(view: QTableView | QTreeView) -> Iterator[str]:
    """Cells of the rows in sight whose words do not fit: numbers, and words that no tooltip tells whole."""
    for index in _in_sight(view):
        words, tip = str(index.data() or ""), str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        paints = view.itemDelegateForIndex(index)
        if not words or not isinstance(paints, QStyledItemDelegate) or isinstance(paints, OptionDelegate):
            continue  # that delegate paints by itself and shares its room by itself
        box = view.visualRect(index)
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect = box
        paints.initStyleOption(option, index)
        words = option.text  # a delegate may write another word where one has no room
        margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, view) + 1
        room = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view)
        room.adjust(margin, 0, -margin, 0)  # as Qt paints the words
        letters = QFontMetrics(option.font)  # that of the cell, and of the view where the cell says nothing
        wraps = Qt.TextFlag.TextWordWrap if isinstance(view, QTableView) and view.wordWrap() else 0
        need = letters.boundingRect(QRect(0, 0, room.width(), 10_000), wraps, words)
        is_told = words.removeprefix("▸ ").split(", ")[0] in tip and not _NUMBER.fullmatch(words)
        if (need.width() > room.width() + _SLACK_PX or need.height() > box.height() + _SLACK_PX) and not is_told:
            yield f"cell is cut: {words!r} needs {need.size().toTuple()}, has {room.size().toTuple()} ({_name(view)})"


def _in_sight(view: QTableView | QTreeView) -> Iterator[QModelIndex]:
    """The cells of the rows that can be seen; of a row that begins in sight all columns, for tables move sideways."""
    model, seen = view.model(), view.viewport().rect()
    for row in range(model.rowCount() if model is not None else 0):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            box = view.visualRect(index)
            if box.isValid() and box.width() > 0 and seen.top() <= box.top() <= seen.bottom():
                yield index


def _cut_choice(box: QComboBox) -> Iterator[str]:
    from PySide6.QtWidgets import QStyleOptionComboBox

    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    wide = box.fontMetrics().horizontalAdvance(box.currentText())
    if wide > room.width() + _SLACK_PX:
        yield f"choice is cut: {box.currentText()!r} needs {wide}, has {room.width()} ({_name(box)})"


def _cut_by_bar(widget: QWidget) -> Iterator[str]:
    """Parts that a bar has no room for: it hides them behind an arrow."""
    if isinstance(widget, QToolButton) and widget.objectName() == "qt_toolbar_ext_button" and widget.isVisible():
        bar = widget.parentWidget()
        yield f"{_name(bar)} has no room for all its buttons: {bar.width()} of {bar.sizeHint().width()} pixels"
    if isinstance(widget, QToolButton) and widget.objectName() == "qt_menubar_ext_button" and widget.isVisible():
        yield "the menu bar has no room for all its menus"


def overlaps(top: QWidget) -> Iterator[str]:
    """Pairs of neighbours in one parent that lie on each other."""
    for parent in (top, *visible(top)):
        # Panels that share a place in a main window lie behind each other on purpose, under their tabs.
        if parent.layout() is None or isinstance(parent, QAbstractScrollArea | QMainWindow | QMenuBar | QComboBox):
            continue
        children = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        # A message lies over the map on purpose: the map does not move for it.
        seen = [c for c in children if c.isVisible() and not c.isWindow() and c.objectName() != "message"]
        for one, other in combinations(seen, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > _SLACK_PX and shared.height() > _SLACK_PX:
                yield f"{_name(one)} and {_name(other)} overlap by {shared.size().toTuple()}"


def shared_letters(top: QWidget) -> Iterator[str]:
    """Letters that Alt and a key could mean in two ways: the first press goes to one, the second to the other."""
    marked: dict[str, list[str]] = {}
    for widget in visible(top):
        if isinstance(widget, QMenuBar):
            words = [action.text() for action in widget.actions()]
        elif isinstance(widget, QTabBar):
            words = [widget.tabText(place) for place in range(widget.count())]
        elif isinstance(widget, QAbstractButton) or getattr(widget, "buddy", lambda: None)():
            words = [widget.text()]  # type: ignore[attr-defined]  # a button or a label
        else:
            continue
        for each in words:
            for letter in re.findall(r"&([^&\s])", each.replace("&&", "")):
                marked.setdefault(letter.casefold(), []).append(each)
    yield from (f"Alt+{letter} is shared by {words}" for letter, words in marked.items() if len(words) > 1)


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    words = widget.objectName() or widget.accessibleName() or str(getattr(widget, "text", lambda: "")())
    return f"{type(widget).__name__} {words[:40]!r}"
