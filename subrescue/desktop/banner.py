"""The top of the window: exercise or real, the case's title, the alert and how long the crew can live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from subrescue.desktop.words import tr
from subrescue.domain.case import Case, CaseKind
from subrescue.domain.response import Response
from subrescue.exchange import numbers
from subrescue.exchange.wording import label


class _Elided(QLabel):
    """A label that shows as much of its text as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(60)

    def set_full(self, words: str) -> None:
        self._full = words
        self.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width() - 4)
        if shown != self.text():
            self.setText(shown)


class Banner(QWidget):
    """The kind of the case can be read from across the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(12)
        self.kind = QLabel()
        self.kind.setObjectName("kind")
        self.title = _Elided()
        self.title.setObjectName("case_title")
        self.alert = QLabel()
        self.survival = QLabel()
        self.survival.setObjectName("survival")
        layout.addWidget(self.kind)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.alert)
        layout.addWidget(self.survival)

    def show_case(self, case: Case, *, unsaved: bool) -> None:
        """Show kind, title and alert of a case."""
        real = case.kind is CaseKind.REAL
        self.kind.setText(tr("REAL") if real else tr("EXERCISE"))
        self.kind.setProperty("real", real)
        self.kind.style().unpolish(self.kind)
        self.kind.style().polish(self.kind)
        self.title.set_full(tr("{title} (edited)", title=case.title) if unsaved else case.title)
        self.alert.setText(tr("Alert {at}", at=case.alert.strftime("%Y-%m-%d %H:%MZ")))
        self.alert.setToolTip(tr("All hours count from the alert (T+0)"))

    def show_response(self, response: Response | None) -> None:
        """Show the survival window of a response."""
        if response is None:
            self.survival.setText("")
            return
        window = response.survival
        if window.p50_h is None or window.p90_h == 0.0:
            self.survival.setText(tr("Survival: {what}", what=label("limiting", window.limiting)))
            return
        p50, p10, p90 = numbers.window(window)
        self.survival.setText(tr("Survival P50 {p50} h ({p10}-{p90})", p50=p50, p10=p10, p90=p90))
        self.survival.setToolTip(
            tr("Limited by {what}; hours from the alert, P10-P90", what=label("limiting", window.limiting))
        )
