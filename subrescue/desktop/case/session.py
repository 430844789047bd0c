"""The case under the user's hands: every change is an edit, plain data that can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from subrescue.domain.case import Case, LogEntry
from subrescue.domain.errors import InputError, Problem
from subrescue.store.cases import case_from_tables
from subrescue.store.tables import put_at
from subrescue.store.validation import Origin


@dataclass(frozen=True)
class Edit:
    """One change of one field of the case: dotted path, value before and after; None is unknown.

    `line` is the line of the log that the change brought along. Both are one act: undo takes the line out too, for
    a log that tells of a value which the case no longer has would lie, and the case is then what it was before.
    """

    path: str
    before: Any
    after: Any
    line: LogEntry | None = None


def value_at(case: Case, path: str) -> Any:
    """The value of a field by its dotted path, `dissub.fix.position`; assumption keys keep their own dots.

    None where it, or what it would stand in, is not known. Raises AttributeError for a field that no model has.
    """
    head, _, key = path.partition(".")
    if head == "assumptions" and key:
        return case.assumptions.get(key)
    return part_at(case, path)


def part_at(model: Any, path: str) -> Any:
    """The value of a field of a model by its dotted path; None and errors as `value_at`."""
    for name in path.split("."):
        if model is None:
            return None
        model = getattr(model, name)
    return model


def with_value(case: Case, path: str, value: Any) -> Case:
    """The case with one field changed; None makes it unknown. Raises InputError, in the field's words."""
    tables = case.model_dump(exclude_none=True)
    head, _, key = path.partition(".")
    own_key = head == "assumptions" and bool(key)
    parents, last = ([head], key) if own_key else (path.split(".")[:-1], path.split(".")[-1])
    put_at(tables, [*parents, last], _plain(value))
    _drop_empty(tables, parents)
    return case_from_tables(tables, Origin())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value.model_dump() if hasattr(value, "model_dump") else value


def _drop_empty(tables: dict[str, Any], parents: list[str]) -> None:
    """Take out tables that the edit left empty: stores of which nothing is known are not known."""
    for depth in range(len(parents), 0, -1):
        holder = tables
        for name in parents[: depth - 1]:
            holder = holder[name]
        if not holder[parents[depth - 1]]:
            del holder[parents[depth - 1]]


def _with_line(case: Case, line: LogEntry | None) -> Case:
    return case if line is None else case.model_copy(update={"log": (*case.log, line)})


def _done_again(case: Case, edit: Edit) -> Case:
    return _with_line(with_value(case, edit.path, edit.after), edit.line)


def _taken_back(case: Case, edit: Edit) -> Case:
    case = with_value(case, edit.path, edit.before)
    return case if edit.line is None else case.model_copy(update={"log": case.log[:-1]})


@dataclass
class CaseSession:
    """A case with its history of edits. Whoever shows it listens to `changed`."""

    case: Case
    changed: list[Callable[[Case], None]] = field(default_factory=list)
    line_of: Callable[[Edit], LogEntry | None] = lambda _: None  # what the log says of an edit, if anything
    _done: list[Edit] = field(default_factory=list)
    _undone: list[Edit] = field(default_factory=list)
    _saved_at: int | None = 0

    def __post_init__(self) -> None:
        self.base = self.case
        """The case before all edits."""

    @classmethod
    def resumed(
        cls, base: Case, edits: Iterable[tuple[str, Any, LogEntry | None]], at: int, saved_at: int | None
    ) -> CaseSession:
        """A session as it was left: the case as opened, its edits (path, value, line of the log), how many hold, where
        it was saved.

        Raises InputError where an edit fits the case no longer.
        """
        cases, made = [base], []
        for path, value, line in edits:
            try:
                case = with_value(cases[-1], path, value)
                made.append(Edit(path, value_at(cases[-1], path), value_at(case, path), line))
            except (AttributeError, KeyError, TypeError, RecursionError):
                raise InputError(Problem(path, "an edit that fits no case", "a field of a case is needed")) from None
            cases.append(_with_line(case, line))
        session = cls(cases[at], _done=made[:at], _undone=made[at:][::-1], _saved_at=saved_at)
        session.base = base
        return session

    def set(self, path: str, value: Any) -> bool:
        """Change one field; false where it is that already. Raises InputError and keeps the old value."""
        before = value_at(self.case, path)
        if before == value:
            return False
        case = with_value(self.case, path, value)
        after = value_at(case, path)
        if after == before:
            return False
        if self._saved_at is not None and self._saved_at > len(self._done):
            self._saved_at = None  # the saved state lay ahead and can no longer be reached
        line = self.line_of(Edit(path, before, after))
        self._done.append(Edit(path, before, after, line))
        self._undone.clear()
        self._show(_with_line(case, line))
        return True

    def undo(self) -> Edit | None:
        """Take the last edit back; None where there is none."""
        if not self._done:
            return None
        edit = self._done.pop()
        self._undone.append(edit)
        self._show(_taken_back(self.case, edit))
        return edit

    def redo(self) -> Edit | None:
        """Do the edit again that was taken back last; None where there is none."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        self._show(_done_again(self.case, edit))
        return edit

    def go_to(self, at: int) -> None:
        """Go to where the first `at` edits hold, by undo or redo in one step. Raises IndexError for none such."""
        if not 0 <= at <= len(self.edits):
            raise IndexError(at)
        case = self.case
        while len(self._done) > at:
            edit = self._done.pop()
            self._undone.append(edit)
            case = _taken_back(case, edit)
        while len(self._done) < at:
            edit = self._undone.pop()
            self._done.append(edit)
            case = _done_again(case, edit)
        if case is not self.case:
            self._show(case)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, oldest first: those that hold, then those that were taken back and can be done again."""
        return (*self._done, *reversed(self._undone))

    @property
    def at(self) -> int:
        """How many of the edits hold."""
        return len(self._done)

    @property
    def saved_at(self) -> int | None:
        """How many edits held when the case was saved; 0 as it was opened, None where that cannot be reached again."""
        return self._saved_at

    @property
    def can_undo(self) -> bool:
        """Is there an edit to take back?"""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Is there an edit to do again?"""
        return bool(self._undone)

    @property
    def unsaved(self) -> bool:
        """Does the case differ from the file it came from, or from its last saved copy?"""
        return self._saved_at != len(self._done)

    def saved(self) -> None:
        """The case as it is now has been written."""
        self._saved_at = len(self._done)

    def _show(self, case: Case) -> None:
        self.case = case
        for listener in tuple(self.changed):
            listener(case)
