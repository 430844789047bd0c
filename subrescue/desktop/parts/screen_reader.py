"""What a screen reader is told: what parts are that paint themselves, and, without being asked, what has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.map.widget import MapWidget
from subrescue.desktop.parts.announcing import announce
from subrescue.desktop.parts.words import tr, trn
from subrescue.desktop.timeline.canvas import TimelineCanvas
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon
from subrescue.exchange.numbers import position as position_text
from subrescue.exchange.wording import label

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.domain.response import Option

_ROLES = {
    "MapWidget": QAccessible.Role.Canvas,
    "TimelineView": QAccessible.Role.Chart,
    "TimelineLegend": QAccessible.Role.Graphic,
    "PageView": QAccessible.Role.Graphic,
    "Banner": QAccessible.Role.Grouping,
    "Headline": QAccessible.Role.Document,
    "CasualtyForm": QAccessible.Role.Form,
    "AssumptionsPanel": QAccessible.Role.Pane,
    "LayersPanel": QAccessible.Role.Pane,
    "LogPanel": QAccessible.Role.Pane,
    "ResponsePanel": QAccessible.Role.Pane,
    "StatusLine": QAccessible.Role.StaticText,
}
"""By class. Qt takes a widget that it does not know for an area without a meaning."""

_installed: list[Callable[[str, QObject | None], QAccessibleInterface | None]] = []


def _face(kind: str, of: QObject | None) -> QAccessibleInterface | None:
    role = _ROLES.get(kind)
    return QAccessibleWidget(of, role) if role is not None and isinstance(of, QWidget) else None


def install_roles() -> None:
    """Tell screen readers what our own parts are, from now on; once a process."""
    if not _installed:
        _installed.append(_face)
        QAccessible.installFactory(_face)


def option_words(option: Option) -> str:
    """An option in a breath: name, verdict, hours to the first rescue, or to the intervention."""
    words = f"{option.name}{colon()}{label('verdict', option.verdict)}"
    if option.time_to_first_rescue_h is not None:
        return words + ", " + tr("first rescue {hours} h", hours=numbers.band(option.time_to_first_rescue_h))
    if option.time_to_intervention_h is not None:
        return words + ", " + tr("intervention {hours} h", hours=numbers.band(option.time_to_intervention_h))
    return words


class ScreenReaderFeature(Feature):
    """Follows the desk: a new result is said once, a choice made on map or timeline too."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        install_roles()
        self.say: Callable[[QWidget, str], object] = announce
        self._said = ""

    def connect(self) -> None:
        """Listen to the desk."""
        desk = self.window.desk
        desk.response_changed.connect(self._tell_result)
        desk.selection_changed.connect(self._tell_choice)
        desk.case_changed.connect(self._describe_map)
        self.window.map.tool_changed.connect(self._describe_map)

    def result_words(self) -> str:
        """The response in a sentence or two; why there is none; nothing while the first is worked out."""
        desk = self.window.desk
        if desk.answer.trouble:
            return desk.answer.trouble
        response = desk.response
        if response is None:
            return ""
        words = trn("{count} option", "{count} options", len(response.options))
        if response.options:
            words += ". " + tr("First: {option}", option=option_words(response.options[0]))
        return f"{words}. {self.window.banner.survival.text()}"

    def _tell_result(self) -> None:
        desk = self.window.desk
        if desk.shows_preview:
            return  # something is dragged: the last answer will be said
        self._describe_map()
        words = self.result_words()
        if words != self._said:
            self._said = words
            self.say(self.window.response, words)

    def _tell_choice(self) -> None:
        self._describe_map()
        option, keys = self.window.desk.option, QApplication.focusWidget()
        # The table says itself which row has the keys.
        if option is not None and isinstance(keys, MapWidget | TimelineCanvas):
            self.say(keys, option_words(option))

    def _describe_map(self) -> None:
        window = self.window
        if window.map.tool is not None:
            return  # which tells what is measured
        fix, option = window.desk.case.dissub.fix, window.desk.option
        words = f"{window.desk.case.dissub.name}, {position_text(fix.position, window.notation)}"
        if option is not None:
            words += ". " + tr("Chosen: {option}", option=option_words(option))
        window.map.setAccessibleDescription(words)
