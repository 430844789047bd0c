"""What the last change of assumptions did to the option that was on top: said below their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from subrescue.desktop.case.derived import first_that_can
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import Case
from subrescue.domain.response import Option, Response
from subrescue.exchange import numbers

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


def effect_words(before: tuple[Case, Response], after: tuple[Case, Response]) -> str:
    """First rescue of the option that was on top before and after; empty unless only assumptions changed between.

    Hours are told no finer than they are known: a change that is smaller is none.
    """
    case, now = after
    if before[0].assumptions == case.assumptions or not _differ_in_assumptions_alone(before[0], case):
        return ""
    top = _option(before[1], first_that_can(before[1]))
    if top is None:
        return ""
    then, same = _hours(top), _option(now, top.asset_id)
    hours = _hours(same) if same is not None else "-"
    if then == hours:
        return tr("{name}: first rescue still after {hours} h", name=top.name, hours=hours)
    return tr("{name}: first rescue after {hours} h, before the change {then} h", name=top.name, hours=hours, then=then)


def _differ_in_assumptions_alone(one: Case, other: Case) -> bool:
    """Whether nothing else that a plan is made from differs; the log tells of the change itself."""
    return one.model_copy(update={"assumptions": other.assumptions, "log": other.log}) == other


def _option(response: Response, asset_id: str | None) -> Option | None:
    return next((option for option in response.options if option.asset_id == asset_id), None)


def _hours(option: Option) -> str:
    band = option.first_h
    return numbers.median(band) if band is not None else "-"


class AssumptionEffectFeature(Feature):
    """A line below the table of assumptions, until something else changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.line = PlainLabel()
        self.line.setWordWrap(True)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.line.hide()
        self._last: tuple[Case, Response] | None = None

    def connect(self) -> None:
        """Stand below the table and follow the responses."""
        self.window.assumptions.add_below_table(self.line)
        self.window.desk.response_changed.connect(self._follow)

    def _follow(self) -> None:
        """Hold each response against the last to the case itself: those while a lever moves change nothing of it."""
        desk = self.window.desk
        case, response = desk.answer.case, desk.response
        now = (case, response) if case is not None and response is not None else None
        words = effect_words(self._last, now) if self._last is not None and now is not None else ""
        if now is None or self._last is None or now[1] is not self._last[1]:
            self.line.setText(words)
            self.line.setVisible(bool(words))
        if now is None or now[0].assumptions == desk.case.assumptions:
            self._last = now
