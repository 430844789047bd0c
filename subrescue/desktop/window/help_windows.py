"""Windows that only tell: the list of shortcuts, and version, licence and origin of the data."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from subrescue.desktop.parts.boxes import make_room
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.actions import shortcut_list


def shortcuts_window(parent: QWidget) -> QDialog:
    """A window with every action that has a shortcut, and the keys of the map."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        (tr(menu), tr(title).rstrip("…"), QKeySequence(keys).toString(native)) for menu, title, keys in shortcut_list()
    ]
    rows += [
        (tr("Map"), tr("Zoom in, zoom out"), tr("+  -  wheel")),
        (tr("Map"), tr("Move the map"), tr("arrows, drag")),
        (tr("Map"), tr("Turn the map"), tr("PgUp, PgDown, Shift and wheel")),
        (tr("Map"), tr("Move the DISSUB"), tr("drag it")),
        (tr("Casualty"), tr("Take back what was typed"), "Esc"),
        (tr("Casualty"), tr("Take a reading of an ambiguous position"), "Alt+1, Alt+2"),
        (tr("Casualty"), tr("Step a number"), tr("Up, Down, PgUp, PgDown")),
    ]
    body = "".join(
        f"<tr><td style='padding:1px 14px 1px 0'>{escape(menu)}</td>"
        f"<td style='padding:1px 24px 1px 0'>{escape(title)}</td><td><b>{escape(keys)}</b></td></tr>"
        for menu, title, keys in rows
    )
    return _window(parent, tr("Shortcuts"), f"<table>{body}</table>", (430, 560))


def about_window(parent: QWidget) -> QDialog:
    """A window with version and licence, and the origin of each map file."""
    from importlib.metadata import PackageNotFoundError, version

    from subrescue.earth.map_files.files import manifest

    try:
        number = version("subrescue")
    except PackageNotFoundError:
        number = tr("not installed")
    body = "".join(
        f"<tr><td style='padding:1px 14px 1px 0'>{escape(name)}</td>"
        f"<td>{escape(str(facts.get('origin', '')))}<br>{escape(str(facts.get('licence', '')))}</td></tr>"
        for name, facts in sorted(manifest().items())
    )
    purpose = tr("Which national assets can reach a disabled submarine, and in what time. "
                 "A planning aid from public data; not advice to a crew.")  # fmt: skip
    maps = tr("Maps")
    words = (
        f"<h3>Subrescue {escape(number)}</h3>"
        f"<p>{escape(purpose)}</p><p>Apache License 2.0</p><h4>{escape(maps)}</h4><table>{body}</table>"
    )
    return _window(parent, tr("About Subrescue"), words, (620, 520))


def _window(parent: QWidget, title: str, html: str, size: tuple[int, int]) -> QDialog:
    window = QDialog(parent)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.setWindowTitle(title)
    make_room(window, *size)
    text = FlowingText()
    text.setOpenLinks(False)
    text.setAccessibleName(title)
    text.document().setDocumentMargin(12)
    text.setHtml(html)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(text)
    return window
