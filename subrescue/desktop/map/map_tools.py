"""What the map can do beside showing the case: measure, range rings, notes that the case keeps, a menu of places."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu

from subrescue.desktop.features import Feature
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.measure_tool import MeasureTool
from subrescue.desktop.map.range_rings import paint_rings, parse_ranges, ring_label, rings_at
from subrescue.desktop.map.tool import PickTool, middle_of
from subrescue.desktop.parts.plain_text import shortened
from subrescue.desktop.parts.qt_boxes import choice_box, line_box
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import Annotation, RangeRing
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.exchange.languages import speaking
from subrescue.exchange.numbers import position as position_text
from subrescue.exchange.problem_words import told_error

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

# A note whose mark lies this near to the pointer is the one that is meant.
NOTE_PX = 12.0
_SHOWN_LINES = 8


class MapToolsFeature(Feature):
    """Measuring, notes and the menu of the map."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.ask_text: Callable[[str, str], str | None] = self._ask_text
        self.ask_which: Callable[[str, list[str]], int | None] = self._ask_which

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Measure, and a note without the mouse."""
        return {
            "measure": self.measure,
            "note_here": lambda: self.add_note(middle_of(self.window.map.canvas.view)),
            "range_rings": self.add_rings,
            "asset_rings": lambda: self.add_rings(asset_id=self.window.desk.selected),
            "remove_ring": self.remove_one_of_rings,
            "clear_rings": self.clear_rings,
        }

    def connect(self) -> None:
        """Show the menu when the map asks for it; another case ends what is being done."""
        self.window.map.menu_wanted.connect(self._show_menu)
        self.window.desk.opened.connect(self._end)
        self.window.map.overlays.append(self._paint_rings)

    # Tools

    def measure(self, start: Position | None = None) -> None:
        """Begin to measure, from a place if one is given; end it if it is being done already."""
        if isinstance(self.window.map.tool, MeasureTool) and start is None:
            self._end()
            return
        tool = MeasureTool(self.window.map.setAccessibleDescription, self._end)
        self.window.map.take_tool(tool)
        self.window.map.setAccessibleDescription(tool.words())
        if start is not None:
            tool.add(start)

    def _end(self) -> None:
        if self.window.map.tool is None:
            return
        self.window.map.take_tool(None)

    # Range rings

    def add_rings(self, position: Position | None = None, asset_id: str | None = None) -> None:
        """Ask for radii and draw rings about a point or an asset, about the DISSUB where neither is given."""
        name = self._about(position, asset_id)
        question = tr("Range rings about {name}: miles, or hours x knots", name=shortened(name))
        text = self.ask_text(question, "50, 100, 12 h x 15 kn")
        if not text:
            return
        try:
            ranges = parse_ranges(text)
        except InputError as error:
            self.window.message_bar.show_message(told_error(error))
            return
        about = {"asset": asset_id, "position": position}
        new = tuple(RangeRing.model_validate(each.model_dump() | about) for each in ranges)
        self.window.desk.edit("range_rings", (*self.rings, *new))

    @property
    def rings(self) -> tuple[RangeRing, ...]:
        """The rings of the case."""
        return self.window.desk.case.range_rings

    def ring_words(self, ring: RangeRing) -> str:
        """A ring with what it stands about: "50 NM, NSRS"."""
        return f"{ring_label(ring)}, {self._about(ring.position, ring.asset)}"

    def _about(self, position: Position | None, asset_id: str | None) -> str:
        """What a ring stands about, in words: a position, an asset, or the DISSUB."""
        if position is not None:
            return position_text(position, self.window.notation)
        if asset_id is None:
            return self.window.desk.case.dissub.name
        names = {asset.id: asset.name for asset in self.window.map.canvas.scene.assets}
        return names.get(asset_id, asset_id)

    def remove_one_of_rings(self) -> None:
        """Ask which ring to take off the map, and take it."""
        which = self.ask_which(tr("Remove range ring"), [self.ring_words(ring) for ring in self.rings])
        if which is not None:
            self.remove_ring(self.rings[which])

    def remove_ring(self, ring: RangeRing) -> None:
        """Take one ring off the map; nothing happens where it is no longer there."""
        left = list(self.rings)
        if ring in left:
            left.remove(ring)
            self.window.desk.edit("range_rings", tuple(left))

    def clear_rings(self) -> None:
        """Take all rings off the map."""
        if self.rings:
            self.window.desk.edit("range_rings", ())

    def _paint_rings(self, painter: QPainter, canvas: Canvas) -> None:
        if self.rings and canvas.layers.shows("rings"):
            paint_rings(painter, canvas, self.rings)

    # Notes

    def add_note(self, position: Position) -> None:
        """Ask for the words of a note and write it into the case."""
        text = self.ask_text(tr("Note on the map"), "")
        if text:
            self._keep((*self.window.desk.case.annotations, Annotation(text=text, position=position)))

    def edit_note(self, number: int) -> None:
        """Ask for other words for a note."""
        note = self._note(number)
        text = self.ask_text(tr("Note on the map"), note.text)
        if text:
            self._replace(note, Annotation(text=text, position=note.position))

    def move_note(self, number: int) -> None:
        """Let the user click where a note belongs."""
        note = self._note(number)

        def picked(position: Position | None) -> None:
            self.window.map.take_tool(None)
            if position is not None:
                self._replace(note, Annotation(text=note.text, position=position))

        self.window.map.take_tool(PickTool(picked))

    def delete_note(self, number: int) -> None:
        """Take a note out of the case."""
        self._replace(self._note(number), None)

    def note_at(self, at: QPoint) -> int | None:
        """Number of the note whose mark lies nearest to a pixel of the widget, None where none is near."""
        notes, view = self.window.desk.case.annotations, self.window.map.canvas.view
        here = self.window.map.on_map(QPointF(at))
        off = []
        for number, note in enumerate(notes):
            x, y = (float(v) for v in view.to_screen(note.position.lat_deg, note.position.lon_deg))
            distance = math.hypot(x - here.x(), y - here.y())
            if distance <= NOTE_PX:
                off.append((distance, number))
        return min(off)[1] if off else None

    def _note(self, number: int) -> Annotation:
        return self.window.desk.case.annotations[number]

    def _replace(self, note: Annotation, by: Annotation | None) -> None:
        """Put another note in the place of one; nothing happens where it is no longer there."""
        notes = list(self.window.desk.case.annotations)
        if note in notes:
            at = notes.index(note)
            notes[at : at + 1] = [by] if by is not None else []
            self._keep(tuple(notes))

    def _keep(self, notes: tuple[Annotation, ...]) -> None:
        self.window.desk.edit("annotations", notes)

    def _ask_text(self, title: str, text: str) -> str | None:
        box = line_box(self.window, title.partition(":")[0].strip(), title, text)
        taken = box.exec() == QInputDialog.DialogCode.Accepted
        box.deleteLater()
        return box.textValue().strip() if taken else None

    def _ask_which(self, title: str, choices: list[str]) -> int | None:
        # Numbered: two rings may bear the same words.
        numbered = [f"{number}. {words}" for number, words in enumerate(choices, 1)]
        box = choice_box(self.window, title, tr("Range ring"), numbered, tr("Remove"))
        taken = box.exec() == QInputDialog.DialogCode.Accepted
        box.deleteLater()
        return numbered.index(box.textValue()) if taken else None

    # The menu

    def _show_menu(self, position: Position | None, at: QPoint) -> None:
        menu = self.menu(position, at)
        if menu is not None:
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu.deleteLater))
            menu.popup(self.window.map.mapToGlobal(at))

    def menu(self, position: Position | None, at: QPoint) -> QMenu | None:
        """The menu of a place: what lies there and what can be done with it; None off the map."""
        if position is None:
            return None
        window = self.window
        menu = QMenu(window)
        here_px = window.map.on_map(QPointF(at))
        hit = window.map.canvas.hit_at(here_px.x(), here_px.y())
        for line in hit.text.splitlines()[:_SHOWN_LINES] if hit is not None else []:
            menu.addAction(line.replace("&", "&&")).setEnabled(False)
        if hit is not None:
            menu.addSeparator()
        with speaking("en"):  # for another program
            here = position_text(position, window.notation)

        def offer(name: str, text: str, act: Callable[[], object]) -> None:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False: act())

        offer("copy", tr("Copy {position}", position=here), lambda: QApplication.clipboard().setText(here))
        offer("measure_from", tr("Measure from here"), lambda: self.measure(position))
        offer("rings", tr("Range rings here…"), lambda: self.add_rings(position))
        offer("dissub", tr("Move the DISSUB here"), lambda: window.desk.drop_position(position))
        offer("centre", tr("Centre here"), lambda: window.map.centre_on(position))
        for ring in [self.rings[number] for number in rings_at(window.map.canvas, self.rings, position)]:
            words = tr("Remove ring {ring}", ring=ring_label(ring))
            offer("remove_ring", words, partial(self.remove_ring, ring))
        menu.addSeparator()
        number = self.note_at(at)
        if number is None:
            offer("add_note", tr("Note here…"), lambda: self.add_note(position))
        else:
            offer("edit_note", tr("Edit note…"), lambda: self.edit_note(number))
            offer("move_note", tr("Move note, then click its place"), lambda: self.move_note(number))
            offer("delete_note", tr("Delete note"), lambda: self.delete_note(number))
        return menu
