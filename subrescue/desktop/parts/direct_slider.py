"""A slider that goes to the place that is clicked, and from there follows the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider


class DirectSlider(QSlider):
    """Lies across. Beside the knob Qt's own goes a page that way, which is no place that anybody has pointed at."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._is_given_up = False

    def give_up(self) -> None:
        """Follow the hand no more until it presses again."""
        self._is_given_up = self._is_given_up or self.isSliderDown()
        self.setSliderDown(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if not self._is_given_up:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob under the pointer before it is taken hold of."""
        self._is_given_up = False
        option, style = QStyleOptionSlider(), self.style()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl
        knob = style.subControlRect(kind, option, part.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton and not knob.contains(event.position().toPoint()):
            groove = style.subControlRect(kind, option, part.SC_SliderGroove, self)
            at = round(event.position().x() - groove.x() - knob.width() / 2)
            room = groove.width() - knob.width()
            turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.setSliderPosition(style.sliderValueFromPosition(self.minimum(), self.maximum(), at, room, turned))
        super().mousePressEvent(event)
