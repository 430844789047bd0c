"""All facts of one entry as a form made from its model: value, unit, sources, confidence and date of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.editors import Edit, FactEditor, editor_of, read_from, show_in, words_of
from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Evidence, Source
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.registry_table.age import newest
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact, facts_of, shown, value_at
from subrescue.exchange.sightings import seen_words
from subrescue.exchange.wording import label, text, unknown


class RegistryDetail(QStackedWidget):
    """The form of the chosen entry; one form a kind is made and filled again. `fact_chosen` follows the focus."""

    fact_chosen = Signal(str)

    def __init__(self, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._forms: dict[str, _Form] = {}
        self.clock: Callable[[], datetime] = utc_now
        empty = PlainLabel(text("registry.detail.none"))
        empty.setProperty("role", "quiet")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(empty)

    def show_row(self, row: Row | None, sources: Mapping[str, Source]) -> None:
        """Show an entry, or that none is chosen."""
        if row is None:
            self.setCurrentIndex(0)
            return
        form = self._forms.get(row.kind)
        if form is None:
            form = self._forms[row.kind] = _Form(row.kind, self._edit, self.fact_chosen)
            self.addWidget(form)
        form.show_row(row, sources)
        form.show_ages(self.clock())
        self.setCurrentWidget(form)

    def show_ages(self) -> None:
        """Say how long ago the chosen ship was seen."""
        form = self.currentWidget()
        if isinstance(form, _Form):
            form.show_ages(self.clock())

    def release(self) -> None:
        """Drop what was typed and kept back while another desk changed the same: it is settled."""
        form = self.currentWidget()
        if isinstance(form, _Form):
            form.release()

    def editor(self, kind: str, path: str) -> FactEditor:
        """The editor of a fact of a kind that was shown."""
        return self._forms[kind].editors[path]

    def problem(self, kind: str, path: str) -> str:
        """What is said to be wrong beside a fact."""
        label = self._forms[kind].problems[path]
        return label.text() if not label.isHidden() else ""


_TITLE_PX, _LONGEST_TITLE_PX = 134, 240
_BESIDE_PX = 430
"""From this width on title, value and source of a fact stand side by side; in a narrower form the value has a line."""
_LINES = 3  # of the grid for each fact


def _hold_a_date(said: QLabel) -> None:
    """Give a source room for its date in one line: nothing breaks that."""
    said.setMinimumWidth(said.fontMetrics().horizontalAdvance("0000-00-00") + 1)


class _Form(QScrollArea):
    def __init__(self, kind: str, edit: Edit, chosen: Any) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self.setAccessibleName(text("registry.tab.facts"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_narrow: bool | None = None
        self._edit = edit
        self._row: Row | None = None
        self.editors: dict[str, FactEditor] = {}
        self.problems: dict[str, QLabel] = {}
        self._said: dict[str, QLabel] = {}
        self._titles: dict[str, QLabel] = {}
        self._held: dict[str, Row] = {}  # the entry as it was when somebody began to type what another desk changed
        self._taking = ""  # the fact that is being stated here
        inside = QWidget()
        self._grid = grid = QGridLayout(inside)
        grid.setContentsMargins(8, 6, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for fact in facts_of(kind):
            self._add(fact, chosen)
        grid.setRowStretch(_LINES * len(facts_of(kind)), 1)
        self._arrange()
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the values the room that they need."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """Put title, value and source side by side, or the value below the others."""
        wide = self.viewport().width()
        for title in self._titles.values():
            title.setFixedWidth(max(by_letters(_TITLE_PX), min(wide // 4, by_letters(_LONGEST_TITLE_PX))))
            title.setMinimumHeight(0)  # Qt would find it in the height that it gives for a width, and never less
            title.setMinimumHeight(title.heightForWidth(title.width()))
        narrow = wide < by_letters(_BESIDE_PX)
        if narrow == self._is_narrow:
            return
        self._is_narrow, grid = narrow, self._grid
        for place, (path, title) in enumerate(self._titles.items()):
            line, editor, said = _LINES * place, self.editors[path], self._said[path]
            grid.addWidget(title, line, 0)
            grid.addWidget(editor, *((line + 1, 0, 1, 3) if narrow else (line, 1, 1, 1)))
            grid.addWidget(said, *((line, 1, 1, 2) if narrow else (line, 2, 1, 1)))
            grid.addWidget(self.problems[path], *((line + 2, 0, 1, 3) if narrow else (line + 2, 1, 1, 2)))

    def changeEvent(self, event: QEvent) -> None:
        """Give titles in letters of another size their room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for said in self._said.values():
                _hold_a_date(said)
            self._arrange()

    def _add(self, fact: Fact, chosen: Any) -> None:
        title = PlainLabel(fact.heading)
        title.setToolTip(tr(fact.help))
        title.setWordWrap(True)
        title.setFixedWidth(by_letters(_TITLE_PX))
        self._titles[fact.path] = title
        editor = editor_of(fact)
        editor.setMinimumWidth(by_letters(86))
        title.setBuddy(editor)
        said = PlainLabel()
        said.setProperty("role", "quiet")
        _hold_a_date(said)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        said.setWordWrap(True)
        problem = note("problem")
        editor.edited.connect(lambda *_: self._take(fact))
        if isinstance(editor, TextEditor):
            editor.restored.connect(lambda: self._let_go(fact))
            editor.selectionChanged.connect(lambda: chosen.emit(fact.path))
            editor.cursorPositionChanged.connect(lambda *_: chosen.emit(fact.path) if editor.hasFocus() else None)
        self.editors[fact.path], self.problems[fact.path], self._said[fact.path] = editor, problem, said

    def show_row(self, row: Row, sources: Mapping[str, Source]) -> None:
        before = self._row
        other = before is None or before.key != row.key
        self._row = row
        if other:
            self._held = {}
        evidence = getattr(row.entry, "evidence", {})
        for fact in facts_of(row.kind):
            editor, path = self.editors[fact.path], fact.path
            if other:
                self.problems[path].hide()
                if isinstance(editor, TextEditor):
                    editor.forget()
            if before is not None and self._is_overtaken(fact, before, row):
                self._held[path] = before
            if path in self._held:
                value = shown(value_at(row.entry, path)) or unknown()
                self._say(path, text("registry.conflict.held", {"value": value}))
            else:
                show_in(editor, value_at(row.entry, path))
            statements = evidence.get(path) or evidence.get(path.split(".")[0]) or ()
            self._said[path].setText(short_words(statements, sources))
            self._said[path].setToolTip(plain_tip(long_words(statements, sources)))

    def show_ages(self, now: datetime) -> None:
        seen = getattr(self._row.entry, "seen", None) if self._row is not None else None
        if seen is not None:
            self._said["seen.at"].setText(seen_words(seen, now))

    def _is_overtaken(self, fact: Fact, before: Row, now: Row) -> bool:
        """Whether somebody types at a fact that another desk changed this moment."""
        editor, path = self.editors[fact.path], fact.path
        if path in self._held or path == self._taking or not isinstance(editor, TextEditor) or not editor.is_busy:
            return False
        return bool(value_at(before.entry, path) != value_at(now.entry, path))

    def _let_go(self, fact: Fact) -> None:
        self._held.pop(fact.path, None)
        self.problems[fact.path].hide()
        if self._row is not None:
            show_in(self.editors[fact.path], value_at(self._row.entry, fact.path))

    def release(self) -> None:
        for fact in facts_of(self._row.kind) if self._row is not None else ():
            editor = self.editors[fact.path]
            if isinstance(editor, TextEditor):
                editor.forget()
            self._let_go(fact)

    def _say(self, path: str, words: str) -> None:
        self.problems[path].setText(words)
        self.problems[path].setVisible(bool(words))

    def _take(self, fact: Fact) -> None:
        if self._row is None:
            return
        row = self._held.get(fact.path, self._row)
        editor = self.editors[fact.path]
        self._taking = fact.path
        try:
            words = self._edit(row, fact, read_from(editor, fact))
        except InputError as error:
            words = words_of(error, fact.path)
        finally:
            self._taking = ""
        if not words:
            self._let_go(fact)
        self._say(fact.path, words)
        if isinstance(editor, TextEditor):
            editor.refuse(bool(words))
        elif words:
            show_in(editor, value_at(self._row.entry, fact.path))


def short_words(statements: tuple[Evidence, ...], sources: Mapping[str, Source]) -> str:
    """The best source with its confidence and date in a line: `S1 · high · 2024`; nothing where none is named."""
    if not statements:
        return ""
    first = statements[0]
    date = newest((first,), sources)
    parts = [first.source, label("confidence", first.confidence), date or text("registry.detail.undated")]
    more = f" +{len(statements) - 1}" if len(statements) > 1 else ""
    return " · ".join(parts) + more


def long_words(statements: tuple[Evidence, ...], sources: Mapping[str, Source]) -> str:
    """Every source with what it states, for a tooltip."""
    lines = []
    for item in statements:
        source = sources.get(item.source)
        title = source.title if source is not None else ""
        parts = [f"{item.source}{colon()}{title}", label("confidence", item.confidence)]
        parts += [str(part) for part in (item.date, item.value, item.note) if part is not None]
        lines.append(semicolon().join(parts))
    return "\n".join(lines)
