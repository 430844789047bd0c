"""Leads through the first plan: a new case of a DISSUB from three answers, each put on the desk as it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from subrescue.desktop.casualty.fields import described, instant_from_text, instant_text, number_from_text
from subrescue.desktop.casualty.readings_offer import question_words
from subrescue.desktop.casualty.typed_units import number_in_unit
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.words import tr
from subrescue.domain.errors import InputError
from subrescue.exchange import numbers
from subrescue.exchange.problem_words import told_doubt
from subrescue.exchange.wording import label, say

if TYPE_CHECKING:
    from datetime import datetime

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.window.guide_panel import GuidePanel
    from subrescue.domain.case import Case, CaseKind
    from subrescue.domain.position import Position

_SEEN, _STEP, _CASE = "guide_seen", "guide_step", "guide_case"


def new_case(position: Position, kind: CaseKind, now: datetime) -> Case:
    """A case of which only the datum is known; name and title tell when it was begun."""
    from subrescue.domain.case import Case, Dissub
    from subrescue.domain.position import Fix

    at = now.replace(second=0, microsecond=0)
    return Case(
        id=f"dissub-{at:%Y%m%d-%H%M}",
        title=f"DISSUB {at:%Y-%m-%d %H:%MZ}",
        kind=kind,
        alert=at,
        dissub=Dissub(name="DISSUB", fix=Fix(position=position)),
    )


class GuideFeature(Feature):
    """Shows the guide at the first start of a profile, and again on request."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel: GuidePanel | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show the guide: by its own name, and as the way to a new case."""
        return {"guide": self.begin, "new_case": self.begin}

    def connect(self) -> None:
        """Follow the response; go on where a window in another language has taken the place of this one."""
        desk = self.window.desk
        desk.response_changed.connect(self._tell)
        desk.case_changed.connect(self._tell)
        step = self.window.preferences.text(_STEP, "")
        if step.isdigit():
            self._open(int(step) if self._is_mine() else 0)

    def greet(self) -> None:
        """Begin where this profile has never seen the guide; not over a case that somebody is at work on."""
        if self.window.preferences.text(_SEEN, "") != "yes" and not self.window.desk.session.can_undo:
            self.begin()

    def begin(self) -> None:
        """Begin with the first question."""
        self.window.preferences.set_text(_CASE, "")
        self._open(0)

    def _is_mine(self) -> bool:
        """Whether the case on the desk is the one that the guide began: no other is touched."""
        return self.window.preferences.text(_CASE, "") == self.window.desk.case.id

    def _open(self, step: int) -> None:
        if self.panel is None:
            from subrescue.desktop.window.guide_panel import GuidePanel

            self.panel = GuidePanel()
            self.panel.answered.connect(self._answer)
            self.panel.skipped.connect(self.end)
            self.panel.reading_taken.connect(self._take_position)
            centre = self.window.centralWidget()
            layout = centre.layout() if centre is not None else None
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(0, self.panel)
        self.panel.show()
        self._go(step)

    def _go(self, step: int) -> None:
        if self.panel is None:
            return
        self.window.preferences.set_text(_STEP, str(step))
        self.panel.alert.setText(instant_text(self.window.desk.case.alert))  # not when the guide was opened
        self.panel.show_step(step)
        self._tell()

    def end(self) -> None:
        """Close the guide; it does not come by itself any more."""
        self.window.preferences.set_text(_SEEN, "yes")
        self.window.preferences.set_text(_STEP, "")
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.window.response.table.setFocus()

    def _answer(self, step: int) -> None:
        panel = self.panel
        if panel is None:
            return
        if panel.is_last:
            self.end()
            return
        if step > 0 and not self._is_mine():
            self._go(0)
            panel.say(tr("Another case lies on the desk; the guide begins one of its own."))
            return
        panel.say("")
        try:
            if step == 0:
                self._read_position(panel.position.text())
                return
            if step == 1:
                self._set("dissub.depth_m", number_in_unit(panel.depth_m.text(), described("dissub.depth_m")))
                self._set("dissub.people_aboard", number_from_text(panel.aboard.text()))
            if step == 2:
                from subrescue.store.instant_text import parse_instant

                alert = instant_from_text(panel.alert.text(), self.window.desk.clock())
                if alert is None or isinstance(alert, str):
                    alert = parse_instant(alert or "", tr("Alert, UTC"))
                self._set("alert", alert)
        except InputError as error:
            panel.say("\n".join(told_doubt(problem) for problem in error.problems))
            return
        self._go(step + 1)

    def _set(self, path: str, value: object) -> None:
        """Put an answer into the case as an edit that can be undone. Raises InputError."""
        self.window.desk.session.set(path, value)

    def _read_position(self, typed: str) -> None:
        from subrescue.earth.positions.coordinates import AmbiguousPosition, parse_position

        assert self.panel is not None
        try:
            position = parse_position(typed)
        except AmbiguousPosition as question:
            self.panel.say(question_words(question))
            self.panel.readings.show_readings(question.readings)
            return
        self._take_position(position)

    def _take_position(self, position: Position) -> None:
        """Begin a case there, or move the one that the guide began."""
        from subrescue.desktop.case.session import CaseSession

        panel, desk = self.panel, self.window.desk
        assert panel is not None
        if self._is_mine() and desk.case.kind is panel.kind.currentData():
            self._set("dissub.fix.position", position)
        else:
            if not self.window.may_leave():
                return
            case = new_case(position, panel.kind.currentData(), desk.clock())
            self.window.preferences.set_text(_CASE, case.id)
            desk.resume(CaseSession.resumed(case, (), 0, None), None)
        self._go(1)

    def _tell(self) -> None:
        """What the desk has answered, at the last step."""
        panel, desk = self.panel, self.window.desk
        if panel is None or not panel.is_last:
            return
        if desk.answer.trouble:
            panel.tell("")
            panel.say(desk.answer.trouble)
        elif desk.response is None:
            panel.tell(tr("Working out the response"))
        else:
            panel.say("")
            panel.tell(self._first_words())

    def _first_words(self) -> str:
        response = self.window.desk.response
        option = response.options[0] if response is not None and response.options else None  # not what is chosen
        if option is None or not option.phases:
            return tr("No asset can reach her as things stand; the table says why.")
        hours = option.first_h
        words = tr("First: {name}, {hours} h ({verdict}).", name=option.name, hours=numbers.band(hours),
                   verdict=label("verdict", option.verdict))  # fmt: skip
        if option.unknowns:
            words += " " + tr("Ask first: {what}", what=say(option.unknowns[0]))
        return words
