"""A lever for the chosen assumption: while it moves, response, map and timeline show what the value would do.

Nothing of the case changes until it is let go: that is one edit, and Escape takes it back before. Each step asks the
worker for a plan with few samples; a step that comes before the last was answered takes its place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from subrescue.desktop.assumptions.panel import changed_value, range_words, valued
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.direct_slider import DirectSlider
from subrescue.desktop.parts.flow_row import WrappedLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.quantities import Assumption, Pert
from subrescue.exchange.wording import source_name

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_WAIT_MS = 40
"""Steps that follow one another faster are asked for together."""
_REST_MS = 700
"""A lever that was moved by keys is let go when it has rested so long."""


def scale_of(assumption: Assumption, value: Pert) -> tuple[float, float, int]:
    """Lowest value, size of a step, and number of steps of a lever: steps are 1, 2 or 5 of a power of ten.

    It reaches to three times the greatest value in use, within what is allowed.
    """
    low = assumption.low
    high = min(assumption.high, max(3.0 * max(assumption.value.max, value.max), low))
    rough = max((high - low) / 200.0, 1e-9)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(part * power for part in (1.0, 2.0, 5.0, 10.0) if part * power >= rough * (1.0 - 1e-9))
    return low, step, max(1, math.floor((high - low) / step + 1e-9))


class AssumptionLeverFeature(Feature):
    """Stands below the table of assumptions for the chosen one; also gives all of them their shipped values again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.item: Assumption | None = None
        self.began_at: Pert | None = None  # the value when the lever began to move
        self.slider = DirectSlider()
        self.slider.setAccessibleName(tr("Most likely value of the chosen assumption"))
        self.slider.setToolTip(tr("Shows the effect while it moves; Escape takes it back"))
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self.let_go)
        self.words = WrappedLabel()
        self.bar = QWidget()
        layout = QVBoxLayout(self.bar)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.words)
        layout.addWidget(self.slider)
        self._ask = self._timer(_WAIT_MS, self._preview)
        self._rest = self._timer(_REST_MS, self.let_go)
        self._keys = _Keys(self)
        self.slider.installEventFilter(self._keys)

    def _timer(self, wait_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self.window)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(act)
        return timer

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Reset of all."""
        return {"reset_assumptions": self.reset_all}

    def connect(self) -> None:
        """Stand below the table and follow its cursor and the case."""
        panel = self.window.assumptions
        panel.add_below_table(self.bar)
        panel.all_reset.connect(self.reset_all)
        panel.table.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        panel.model.modelReset.connect(self._choose)
        self.window.desk.case_changed.connect(self._show)
        self.window.desk.opened.connect(self._give_up)
        self.window.desk.in_hand.given_up.append(lambda path: self._give_up() if path == self._path else None)
        self._choose()

    def reset_all(self) -> None:
        """Give every assumption its shipped value again, in one edit."""
        self._forget()
        self.window.desk.edit("assumptions", {})

    @property
    def value(self) -> Pert | None:
        """What the assumption would be where the lever stands."""
        if self.item is None:
            return None
        low, step, _ = scale_of(self.item, self._held(self.item))
        mode = min(float(f"{low + step * self.slider.value():.12g}"), self.item.high)
        return changed_value(self.item, self._held(self.item), "mode", mode)

    def let_go(self) -> None:
        """Take the value where the lever stands into the case."""
        self._ask.stop()
        self._rest.stop()
        item, value, began_at = self.item, self.value, self.began_at
        self.began_at = None
        self.window.desk.in_hand.let_go(self._path)
        if item is None or value is None or began_at is None:
            return
        if value == began_at or not self.window.desk.edit(self._path, None if value == item.value else value):
            self.window.desk.end_preview()

    def take_back(self) -> None:
        """Leave the value as it was when the lever began to move."""
        if self.began_at is not None:
            self._give_up()
            self.window.desk.end_preview()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._forget()

    @property
    def _path(self) -> str:
        return f"assumptions.{self.item.key}" if self.item is not None else ""

    def _held(self, item: Assumption) -> Pert:
        if self.began_at is not None:
            return self.began_at
        return self.window.desk.case.assumptions.get(item.key, item.value)

    def _forget(self) -> None:
        self._ask.stop()
        self._rest.stop()
        self.began_at = None
        self.window.desk.in_hand.let_go(self._path)

    def _give_up(self) -> None:
        """Stand where the case says, whatever the hand does until it presses again."""
        self._forget()
        self.slider.give_up()
        self._show()

    def _choose(self) -> None:
        self.let_go()
        self.item = self.window.assumptions.chosen
        self.slider.setEnabled(self.item is not None)
        if self.item is None:
            self.words.setText(tr("Choose an assumption to move it here"))
        self._show()

    def _show(self) -> None:
        if self.item is None or self.began_at is not None:
            return
        held = self._held(self.item)
        low, step, steps = scale_of(self.item, held)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, steps)
            self.slider.setPageStep(max(1, steps // 20))
            self.slider.setValue(round((held.mode - low) / step))
        self._say(held.mode)

    def _say(self, mode: float) -> None:
        if self.item is not None:
            value = valued(mode, self.item)
            words = tr("{title}: most likely {value}; {allowed}; source {source}", title=tr(self.item.title),
                       value=value, allowed=range_words(self.item), source=source_name(self.item.source))  # fmt: skip
            self.words.setText(words)

    def _moved(self) -> None:
        if self.item is None:
            return
        if self.began_at is None:
            self.began_at = self._held(self.item)
            self.window.desk.in_hand.take(self._path, self.window.desk.case)
        value = self.value
        if value is not None:
            self._say(value.mode)
        if not self._ask.isActive():
            self._ask.start()
        if not self.slider.isSliderDown():
            self._rest.start()

    def _preview(self) -> None:
        if self.item is not None and self.value is not None and self.began_at is not None:
            case = self.window.desk.case
            changed = {**case.assumptions, self.item.key: self.value}
            self.window.desk.preview(case.model_copy(update={"assumptions": changed}))


class _Keys(QObject):
    """Escape takes the lever back, Enter and the loss of the keys let it go."""

    def __init__(self, lever: AssumptionLeverFeature) -> None:
        super().__init__(lever.slider)
        self._lever = lever

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._lever.began_at is not None:
                self._lever.take_back()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._lever.let_go()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self._lever.let_go()
        return super().eventFilter(watched, event)
