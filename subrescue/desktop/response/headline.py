"""What holds for the whole case, above the table of options: as high as its words, but never most of the panel.

Where all its words would push the ranked options down, it keeps the first of them and folds the rest behind a link;
where even those would, it keeps what must not be overlooked: their first line, which tells of survival, then the lines
in bold or with a ▲, as many as there is room for.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.parts.words import tr

_FOLD = "fold"
_MOST_SHARE = 0.4
"""Of the panel: with large letters in a small window the rest is moved, for the ranked options matter more."""
_OPEN_SHARE = 0.16
"""Of the panel that all words may take and still stand open until somebody folds or opens them."""
_FIRST_SHARE = 0.22
"""Of the panel that the first words, or the urgent ones among them, may take."""
_BREAK = "<br>"
_URGENT = ("<b>", "▲")
_KEPT_HEIGHTS = 48


class Headline(QScrollArea):
    """A text in a box that grows with it. `asked` carries the address of a link that leads elsewhere."""

    asked = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._colour = "", DAY.accent
        self._rest: str | None = None
        self._is_open: bool | None = None  # until a user says
        self._measured: dict[object, int] = {}
        self.setObjectName("headline")
        self.setAccessibleName(tr("Survival and what holds for all options"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label, self._ruler = QLabel(), QLabel(self)
        self._ruler.hide()
        for label in (self.label, self._ruler):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(8, 5, 8, 5)
        flags = Qt.TextInteractionFlag
        self.label.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        self.label.linkActivated.connect(self._follow)
        self.setWidget(self.label)

    def show_words(self, first: str, rest: str | None = None, colour: str = DAY.accent) -> None:
        """Show rich text, its lines parted by <br>, and more of it that may be folded; `colour` is that of the link
        that folds it. Without `rest` nothing is folded."""
        self._first, self._rest, self._colour = first, rest, colour
        self.fit()

    @property
    def is_folded(self) -> bool:
        """Whether only the first words are shown and there are more."""
        return self._shown() != self._whole()

    def fold(self, folded: bool) -> None:
        """Fold the rest away or open it; so it stays."""
        self._is_open = not folded
        self.fit()

    def _follow(self, address: str) -> None:
        if address == _FOLD:
            self.fold(not self.is_folded)
        else:
            self.asked.emit(QUrl(address))

    def _whole(self) -> str:
        return _BREAK.join(filter(None, (self._first, self._rest)))

    def _shown(self) -> str:
        """All words, the first of them, or the urgent: as many as there is room for, or as a user has said."""
        whole = self._whole()
        if self._rest is None or self._is_open or (self._is_open is None and self._takes(whole, _OPEN_SHARE)):
            return whole
        if self._takes(self._first, _FIRST_SHARE):
            return self._first
        lines = self._urgent()
        while len(lines) > 1 and not self._takes(_BREAK.join(lines), _FIRST_SHARE):
            lines.pop()
        return _BREAK.join(lines)

    def _urgent(self) -> list[str]:
        """The line of survival and those that must not be overlooked."""
        head, *others = self._first.split(_BREAK)
        return [head, *(line for line in others if any(mark in line for mark in _URGENT))]

    def _takes(self, words: str, share: float) -> bool:
        """Whether words take no more than a share of the panel."""
        panel = self.parentWidget()
        return panel is None or self._height_of(words) <= share * panel.height()

    def _height_of(self, words: str) -> int:
        wide = self.contentsRect().width()
        key = (words, wide, self.font().key())
        if key not in self._measured:
            self._ruler.setText(words)
            if len(self._measured) > _KEPT_HEIGHTS:
                self._measured.clear()
            self._measured[key] = self._ruler.heightForWidth(wide)
        return self._measured[key]

    def _words(self) -> str:
        shown, whole = self._shown(), self._whole()
        if shown == whole and (self._rest is None or not self._is_open or _BREAK not in whole):
            return whole
        if shown == whole:
            words = tr("▾ less")
        elif shown == self._first:
            words = tr("▸ who sails with whom, orders, compartments, stores and treatment")
        elif shown == _BREAK.join(self._urgent()):
            words = tr("▸ details, who sails with whom, orders, compartments, stores and treatment")
        else:
            words = tr("▸ ▲ findings, who sails with whom, orders, compartments, stores and treatment")
        link = f"<a href='{_FOLD}' style='color:{self._colour}; text-decoration:none'>{words}</a>"
        return f"{shown}{_BREAK}{link}"

    def fit(self) -> None:
        """Take the height of the words, or the greatest share of the panel."""
        words = self._words()
        if words != self.label.text():
            self.label.setText(words)
        panel = self.parentWidget()
        # Within its frame: two px more of width are a line less now and then, and the last line was cut.
        high = self.label.heightForWidth(self.contentsRect().width()) + 2 * self.frameWidth()
        most = round(_MOST_SHARE * panel.height()) if panel is not None else high
        # A bar takes width, so that words which fit without one would go on needing it.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if high <= most else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(max(min(high, most), self.fontMetrics().height() + 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.fit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Other words are another height."""
        taken = super().viewportEvent(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return taken
