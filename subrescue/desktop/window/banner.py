"""The top of the window: exercise or real, the case's title, UTC, time since the alert, how long the crew can live."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from subrescue.desktop.parts.boxes import repolish
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.clock_words import runs, since_alert, survival_left
from subrescue.domain.case import Case, CaseKind
from subrescue.domain.response import Response
from subrescue.exchange.wording import label


class _Elided(PlainLabel):
    """A label that shows as much of its text as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(0)

    def set_full(self, words: str) -> None:
        self._full = words
        self.setToolTip(plain_tip(words))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width() - 4)
        if shown != self.text():
            self.setText(shown)


class _Steady(PlainLabel):
    """A label whose size stays while its figures change: else the whole window is laid out anew for each of them."""

    def say(self, words: str) -> None:
        if words != self.text():
            self._make_room(words)
            self.setText(words)

    def _make_room(self, words: str) -> None:
        metrics = QFontMetrics(self.font())
        wide = metrics.horizontalAdvance(words.translate(_EIGHTS)) + 2
        if not _LEAST_FILLED * self.minimumWidth() <= wide <= self.minimumWidth():
            self.setFixedSize(wide, metrics.height())

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size are of another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(0)
            self._make_room(self.text())


class Banner(QWidget):
    """The kind of the case can be read from across the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(8)
        self.kind = PlainLabel()
        self.kind.setObjectName("kind")
        self.title = _Elided()
        self.title.setObjectName("case_title")
        self.utc = _Steady()
        self.utc.setObjectName("utc")
        self.utc.setToolTip(tr("Time now; the clock of this machine"))
        self.alert = _Steady()
        self.survival = _Steady()
        self.survival.setObjectName("survival")
        layout.addWidget(self.kind)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.utc)
        layout.addWidget(self.alert)
        layout.addWidget(self.survival)
        self._now: datetime | None = None
        self._case: Case | None = None
        self._response: Response | None = None

    def show_case(self, case: Case, *, unsaved: bool) -> None:
        """Show kind, title and alert of a case."""
        real = case.kind is CaseKind.REAL
        self.kind.setText(tr("REAL") if real else tr("EXERCISE"))
        self.kind.setProperty("real", real)
        repolish(self.kind)
        self.setAccessibleName(f"{self.kind.text()}, {case.title}")
        self.title.setAccessibleName(case.title)
        self.title.set_full(tr("{title} (edited)", title=case.title) if unsaved else case.title)
        self._case = case
        self._tell()

    def show_response(self, response: Response | None) -> None:
        """Show the survival window of a response."""
        self._response = response
        self._tell()

    def show_time(self, now: datetime) -> None:
        """Show what the clock says; only the words that become others are painted anew."""
        self._now = now
        self._tell()

    def _tell(self) -> None:
        if self._now is not None:
            self.utc.say(f"UTC {self._now:%H:%M:%S}Z")
        if self._case is None:
            return
        alert = self._case.alert
        self.alert.say(since_alert(alert, self._now))
        self.alert.setToolTip(
            tr("Since the alert, {alert:%Y-%m-%d %H:%MZ}; all hours count from it (T+0)", alert=alert)
        )
        response = self._response
        if response is None:
            self.survival.say("")
            return
        window = response.survival
        limiting = label("limiting", window.limiting)
        self.survival.say(survival_left(window, alert, self._now, limiting))
        self.survival.setAccessibleDescription(tr("Limited by {limiting}", limiting=limiting))
        if runs(alert, self._now):
            self.survival.setToolTip(tr("Limited by {limiting}; hours from now, P10-P90", limiting=limiting))
        else:
            self.survival.setToolTip(tr("Limited by {limiting}; hours from the alert, P10-P90", limiting=limiting))


_EIGHTS = str.maketrans("0123456789", "8888888888")
_LEAST_FILLED = 0.8
"""Words that leave more than the rest of their room give it back."""
