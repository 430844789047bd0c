"""Does what a hurried person might do to a window, at random from a seed: menus, keys, mouse, edits, switches."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QInputDialog,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs, Leave
from subrescue.desktop.parts.editors import ChoiceEditor, TextEditor
from subrescue.domain.position import Position
from subrescue.store.cases import shipped_cases
from tests.soak.stage import Echo, let_live, wait_for

_LEFT = Qt.MouseButton.LeftButton
# Ending the program is no part of a soak; printing needs a printer. They are hidden: keys choose from an open menu too.
NOT_CHOSEN = frozenset({"quit", "report_print"})
TEXTS = (
    "", "0", "1", "7", "42", "120", "255,5", "300.25", "-5", "1e9", "abc", "64 30.5N 007 30.2E", "0 0", "90N 0E",
    "89°59'N 179°59'W", "-33.2 179.99", "33VVE1234567890", "12.5", "NaN", "∞", "2026-11-23 06:00", "<b>&", "Ö" * 300,
)  # fmt: skip
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_F),
    *(Qt.Key.Key_A, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_Period, Qt.Key.Key_F2),
)
MODIFIERS = (Qt.KeyboardModifier.NoModifier,) * 6 + (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_LEAVES_A_MENU_MS = 1000
_LOOKS_MS = 2000
"""So long somebody looks at a plan; what the planner worked in has gone back by then."""
_PLAN_S = 600.0  # far from all help on a machine that does much else


class Soak:
    """Random use of one window and of all that opens from it. The same seed chooses the same kinds of acts."""

    def __init__(
        self, window: MainWindow, seed: int, folder: Path, as_an_hour: bool = False, only: frozenset[str] = frozenset()
    ) -> None:
        """as_an_hour: looks about mostly, as in an hour at the desk, and makes some hundred plans in 20,000 acts.

        only: the names of the acts to which it keeps; all where it is empty.
        """
        self.random = Random(seed)
        self.folder = folder
        self._window = window
        self._hide_ends()
        self._began: float | None = None
        self._leaving = QTimer()
        self._leaving.timeout.connect(self._leave_a_menu)
        self._leaving.start(_LEAVES_A_MENU_MS)
        window.dialogs = Dialogs(self._open, self._save, self._leave, lambda _: None)
        acts: dict[Callable[[], str], int] = {
            self.menu: 20, self.type_text: 12, self.choose: 4, self.key: 14, self.click: 14, self.drag_map: 6,
            self.drag_dissub: 8, self.wheel: 6, self.back_and_forth: 10, self.close_a_box: 4, self.switch: 3,
            self.open_case: 1, self.select: 4, self.context_menu: 2, self.resize: 1, self.assumption: 4,
        }  # fmt: skip
        if as_an_hour:
            acts |= {
                self.hover: 600, self.wheel: 110, self.drag_map: 25, self.key: 240, self.click: 70, self.select: 8,
                self.menu: 8,
                self.type_text: 6, self.drag_dissub: 3, self.back_and_forth: 6, self.close_a_box: 24, self.switch: 1,
                self.context_menu: 6, self.choose: 2,
            }  # fmt: skip
        known = {act.__name__ for act in acts}
        if not only <= known:
            found, allowed = ", ".join(sorted(only - known)), ", ".join(sorted(known))
            raise SystemExit(f"--only: found {found}; acts are {allowed}")
        if only:
            acts = {act: weight for act, weight in acts.items() if act.__name__ in only}
        self.acts, self.weights = list(acts), list(acts.values())

    @property
    def window(self) -> MainWindow:
        """The window that stands there now: a change of language makes another."""
        while self._window.successor is not None:
            self._window = self._window.successor
            self._hide_ends()
        return self._window

    def _hide_ends(self) -> None:
        for name in NOT_CHOSEN:
            self._window.actions_by_id.by_id[name].setVisible(False)

    def step(self) -> str:
        """Do one thing; say which."""
        self._began = time.monotonic()
        try:
            return self.random.choices(self.acts, self.weights)[0]()
        finally:
            self._began = None

    def _leave_a_menu(self) -> None:
        """Close the menu of a button: a click opens it, and does not end before it is closed."""
        if self._began is not None and time.monotonic() - self._began > _LEAVES_A_MENU_MS / 1000:
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()

    def plan_elsewhere(self, echo: Echo) -> str:
        """Have the DISSUB's rescue worked out at another place at sea, and wait for that."""
        desk = self.window.desk
        assert desk.resources is not None
        assert desk.resources.world is not None
        while True:
            place = Position(lat_deg=self.random.uniform(-60, 72), lon_deg=self.random.uniform(-180, 180))
            if not desk.resources.world.land.is_land(place.lat_deg, place.lon_deg):
                break
        echo.plans_next = True
        if not desk.edit("dissub.fix.position", place):
            return f"a plan at {place} is refused"
        wait_for(lambda: not echo.plans_next, f"a plan at {place}", _PLAN_S)
        let_live(_LOOKS_MS)
        return f"a plan at {place}"

    # What waits for a person gets an answer

    def answer_dialogs(self) -> None:
        """Let boxes that would wait answer themselves, to the end of the process. Without pytest: that takes 12 MB."""
        answers: dict[tuple[type, str], Callable[..., Any]] = {
            (QMessageBox, "exec"): lambda *_: QMessageBox.StandardButton.Discard.value,
            (QInputDialog, "exec"): lambda box: self._type(box),  # a method that is bound gets no box
            (QInputDialog, "getItem"): lambda *box: (self.random.choice(box[3]), self.random.random() < 0.7),
        }
        for (box, name), answer in answers.items():
            setattr(box, name, answer)

    def _type(self, box: QInputDialog) -> int:
        box.setTextValue(self.random.choice(TEXTS))
        return int(self.random.random() < 0.7)

    def _open(self, *_: object) -> Path | None:
        return self.random.choice((None, self.folder / "none.toml", *shipped_cases()))

    def _leave(self, *_: object) -> Leave:
        return self.random.choice(("discard", "stay"))

    def _save(self, _parent: object, _title: str, name: str, _files: str) -> Path | None:
        return self.random.choice((None, self.folder / Path(name).name, self.folder / "no" / "folder" / "x.json"))

    # Acts

    def menu(self) -> str:
        """Choose an action that can be chosen."""
        able = [a for name, a in self.window.actions_by_id.by_id.items() if a.isEnabled() and name not in NOT_CHOSEN]
        action = self.random.choice(able)
        action.trigger()
        return f"menu {action.text()}"

    def switch(self) -> str:
        """Change the language or the colours."""
        name = self.random.choice(("language_en", "language_fr", "language_ru", "day", "dusk", "night"))
        self.window.actions_by_id.by_id[name].trigger()
        return f"switch {name}"

    def back_and_forth(self) -> str:
        """Undo or redo."""
        name = self.random.choice(("undo", "undo", "redo"))
        self.window.actions_by_id.by_id[name].trigger()
        return name

    def type_text(self) -> str:
        """Type into a field of the casualty and end with Return."""
        editors = [e for e in self.window.form.editors.values() if isinstance(e, TextEditor) and e.isEnabled()]
        editor, text = self.random.choice(editors), self.random.choice(TEXTS)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        for letter in text[:20]:  # QTest.keyClicks ends the program at a letter that is not of ASCII
            QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
        QTest.keyClick(editor, Qt.Key.Key_Return)
        return f"type {text[:20]!r} into {editor.accessibleName()}"

    def choose(self) -> str:
        """Choose another entry of a list of the casualty."""
        editors = [e for e in self.window.form.editors.values() if isinstance(e, ChoiceEditor) and e.count()]
        editor = self.random.choice(editors)
        place = self.random.randrange(editor.count())
        editor.setCurrentIndex(place)
        editor.activated.emit(place)
        return f"choose {place} of {editor.accessibleName()}"

    def assumption(self) -> str:
        """Change a number of an assumption."""
        model = self.window.assumptions.table.model()
        if not model.rowCount():
            return "no assumptions"
        index = model.index(self.random.randrange(model.rowCount()), self.random.randrange(model.columnCount()))
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return "an assumption's column that is not edited"
        value = self.random.choice(("1", "2", "12", "30", "abc", "-1", ""))
        model.setData(index, value)
        return f"assumption {index.row()}, {index.column()} to {value!r}"

    def select(self) -> str:
        """Choose a row of the response."""
        table = self.window.response.table
        rows = table.model().rowCount()
        if rows:
            table.setCurrentIndex(table.model().index(self.random.randrange(rows), 0))
        return "select a row"

    def key(self) -> str:
        """Press a key where the keys go."""
        target = self._focus()
        key, modifier = self.random.choice(KEYS), self.random.choice(MODIFIERS)
        QTest.keyClick(target, key, modifier)
        return f"key {key.name} {modifier.name} at {type(target).__name__}"

    def click(self) -> str:
        """Click, or double click, anything that can be seen."""
        found = self._any_widget()
        if found is None:
            return "nothing to click"
        widget, at = found
        words = f"click {type(widget).__name__} {widget.objectName() or widget.accessibleName()} at {at.toTuple()}"
        if self.random.random() < 0.12:
            QTest.mouseDClick(widget, _LEFT, Qt.KeyboardModifier.NoModifier, at)
        else:
            QTest.mouseClick(widget, _LEFT, self.random.choice(MODIFIERS), at)
        return words

    def wheel(self) -> str:
        """Turn the wheel over anything that can be seen, the map more often."""
        found = (self.window.map, self._within(self.window.map)) if self.random.random() < 0.6 else self._any_widget()
        if found is None:
            return "nothing under the wheel"
        widget, at = found
        turn = QPoint(0, self.random.choice((-360, -120, 120, 240)))
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), turn, Qt.MouseButton.NoButton,
            self.random.choice(MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return f"wheel {turn.y()} at {type(widget).__name__}"

    def hover(self) -> str:
        """Move the mouse over anything that can be seen, the map more often."""
        found = (self.window.map, self._within(self.window.map)) if self.random.random() < 0.6 else self._any_widget()
        if found is None:
            return "nothing under the mouse"
        widget, at = found
        QTest.mouseMove(widget, at)
        return f"hover over {type(widget).__name__}"

    def drag_map(self) -> str:
        """Move the map by hand."""
        self._drag(self._within(self.window.map), self._within(self.window.map))
        return "drag the map"

    def drag_dissub(self) -> str:
        """Move the DISSUB by hand, where it is in sight."""
        canvas, dissub = self.window.map.canvas, self.window.desk.case.dissub.fix.position
        if not canvas.shows(dissub):
            self.window.map.fit_scene()
        x, y = canvas.view.to_screen(dissub.lat_deg, dissub.lon_deg)
        if not (math.isfinite(x) and math.isfinite(y)):
            return "the DISSUB lies off the polar map"
        self._drag(QPoint(round(float(x)), round(float(y))), self._within(self.window.map))
        return "drag the DISSUB"

    def _drag(self, start: QPoint, end: QPoint) -> None:
        target, steps = self.window.map, self.random.randrange(2, 9)
        QTest.mousePress(target, _LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, steps + 1):
            QTest.mouseMove(target, start + (end - start) * step / steps)
        QTest.mouseRelease(target, _LEFT, Qt.KeyboardModifier.NoModifier, end)

    def context_menu(self) -> str:
        """Ask for the menu of a place on the map and choose from it, or not."""
        at = self._within(self.window.map)
        self.window.map.menu_wanted.emit(self.window.map.canvas.position_at(at.x(), at.y()), at)
        menu = QApplication.activePopupWidget()
        if menu is None:
            return "no menu of the map"
        able = [action for action in menu.actions() if action.isEnabled() and action.text()]
        chosen = self.random.choice([None, *able])
        if chosen is not None:
            chosen.trigger()
        menu.close()
        return f"menu of the map: {chosen.text() if chosen is not None else 'none'}"

    def open_case(self) -> str:
        """Open a case that travels with the program."""
        path = self.random.choice(list(shipped_cases()))
        self.window.open_file(path)
        return f"open {path.stem}"

    def resize(self) -> str:
        """Make the window another size."""
        size = self.random.choice(((1280, 720), (1920, 1080), (1000, 640), (1600, 1000)))
        self.window.resize(*size)
        return f"resize {size}"

    def close_a_box(self) -> str:
        """Close one of the windows beside the main one."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
            return f"close {type(popup).__name__}"
        boxes = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window]
        if not boxes:
            return "no box to close"
        box = self.random.choice(boxes)
        box.close()
        return f"close {type(box).__name__}"

    # Where

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def _within(self, widget: QWidget) -> QPoint:
        return QPoint(self.random.randrange(max(widget.width(), 1)), self.random.randrange(max(widget.height(), 1)))

    def _any_widget(self) -> tuple[QWidget, QPoint] | None:
        """A widget that is seen and a pixel of it: of the popup, else of any window; the menu bar is left to `menu`."""
        popup = QApplication.activePopupWidget()
        tops = [popup] if popup is not None else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        if not tops:
            return None
        top = self.random.choice(tops)
        seen = [w for w in (top, *top.findChildren(QWidget)) if w.isVisible() and w.isEnabled()]
        kind = self.random.choice(sorted({type(w).__name__ for w in seen}))  # else labels and headers win
        of_kind = [w for w in seen if type(w).__name__ == kind and not isinstance(w, QComboBox | QTextEdit)]
        if not of_kind:
            return None
        widget = self.random.choice(of_kind)
        return widget, self._within(widget)
