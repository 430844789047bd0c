"""As what a declaration is filed: source, date, confidence and reason, as a few fields above the difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from subrescue.desktop.casualty.fields import FormField
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.editors import SearchEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Confidence, Source
from subrescue.exchange.languages import colon
from subrescue.exchange.wording import label, text
from subrescue.store.validation import Origin, validated

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def proposed_source(path: Path) -> tuple[str, str]:
    """Id and title for a new source, from the name of its file."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").upper()
    return words[:40] or "DECLARATION", f"Declaration {path.name}"


class Filing(QWidget):
    """`source_chosen` follows the source: what is in conflict depends on it."""

    source_chosen = Signal()

    def __init__(self, sources: Mapping[str, Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        help_text = text("registry.import.source_help")
        described = FormField("source", _plain("source"), "", help_text, "text", required=True)
        choices: list[tuple[str, Any]] = [(text("registry.import.new_source"), None)]
        choices += [(f"{source.id}{colon()}{source.title}", source.id) for source in sources.values()]
        self.source = SearchEditor(described, choices)
        self.source.setMinimumContentsLength(14)
        self.id, self.title, self.date, self.why = (QLineEdit() for _ in range(4))
        self.confidence = QComboBox()
        for one in Confidence:
            self.confidence.addItem(label("confidence", one), one.value)
        self.confidence.setCurrentIndex(1)
        self.id.setPlaceholderText(text("registry.import.id"))
        self.date.setPlaceholderText("2026-11")
        self.title.setPlaceholderText(text("registry.import.source_title"))
        named: tuple[tuple[str, QWidget], ...] = (
            ("id", self.id), ("source_title", self.title), ("date", self.date), ("why", self.why),
            ("confidence", self.confidence),
        )  # fmt: skip
        for name, widget in named:
            widget.setAccessibleName(_plain(name))
            widget.setToolTip(text(f"registry.import.{name}_help"))
        above, below = QHBoxLayout(), QHBoxLayout()
        _add(above, "source", self.source, 2)
        above.addWidget(self.id, 1)
        above.addWidget(self.title, 3)
        self.date.setMaximumWidth(by_letters(110))
        _add(below, "date", self.date, 0)
        _add(below, "confidence", self.confidence, 0)
        _add(below, "why", self.why, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addLayout(below)
        self.source.edited.connect(self._choose)
        self.id.textChanged.connect(lambda _: self.source_chosen.emit())
        self._choose(None)

    def _choose(self, source_id: str | None) -> None:
        self.source.show_value(source_id)
        for widget in (self.id, self.title):
            widget.setVisible(source_id is None)
        self.source_chosen.emit()

    def propose(self, path: Path) -> None:
        """Name a new source after the file; a source that is known by this name is taken."""
        source_id, title = proposed_source(path)
        self.id.setText(source_id)
        self.title.setText(title)
        self.why.setText(text("registry.import.why_default", {"name": path.name}))
        self._choose(source_id if source_id in self._sources else None)

    def source_id(self) -> str:
        """The id under which the file is filed."""
        return str(self.source.currentData() or self.id.text().strip())

    def filed(self) -> tuple[Source, str | None, Confidence, str]:
        """Source, date, confidence, reason. Raises InputError."""
        date = self.date.text().strip() or None
        if date is not None and not _DATE.fullmatch(date):
            raise InputError(Problem(_plain("date"), f"'{date}'", text("registry.import.date_help")))
        known = self._sources.get(self.source_id())
        if known is None:
            data = {"id": self.id.text().strip(), "title": self.title.text().strip(), "date": date}
            empty = [Problem(name, "nothing", text("registry.import.source_needed")) for name in data
                     if name != "date" and not data[name]]  # fmt: skip
            if empty:
                raise InputError(empty)
            known = validated(Source, {name: value for name, value in data.items() if value is not None}, Origin())
        return known, date, Confidence(self.confidence.currentData()), self.why.text().strip()


def _plain(name: str) -> str:
    return text(f"registry.import.{name}").replace("&", "")


def _add(line: QHBoxLayout, name: str, widget: QWidget, stretch: int) -> None:
    words = PlainLabel(text(f"registry.import.{name}"))
    words.setBuddy(widget)
    line.addWidget(words)
    line.addWidget(widget, stretch)
