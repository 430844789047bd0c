"""The registry under the user's hands: commands of this desk, and what other desks did, found by a quiet thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.registry.ais_desk import AisDesk
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Evidence
from subrescue.domain.registry import Registry
from subrescue.exchange.problem_words import told_error, told_lines
from subrescue.store.workspace.person import desk_name, user_name

if TYPE_CHECKING:
    from subrescue.store.workspace.command import FieldChange, JournalRow, Stamp
    from subrescue.store.workspace.errors import Stale
    from subrescue.store.workspace.fields import Key
    from subrescue.store.workspace.settling import Choices
    from subrescue.store.workspace.workspace import Workspace


LOOK_EVERY_S = 1.0
"""How often it is asked whether another desk changed anything; a change is on the screen within two seconds."""

_PATIENCE_S = 3.0
_AGAIN_S = 20.0
"""A workspace that cannot be opened or made is tried again so often: somebody may have made room."""

LONG_CHANGES = 500
"""Changes of fields above which an undo is done beside the window: it takes some tenths of a second."""

Act = Literal["undo", "redo"]


def _default_workspace() -> Workspace:
    from subrescue.store.workspace.opening import open_workspace

    return open_workspace(now=utc_now())


def own_registry() -> Registry:
    """What the user's own workspace says; where there is none yet, or it cannot be read, the shipped registry.

    Why it cannot be read `RegistryDesk` tells, which opens it later.
    """
    from subrescue.store.registry import load_registry
    from subrescue.store.workspace.own_place import default_path

    if default_path().exists():
        from subrescue.store.workspace.opening import open_workspace

        try:
            with open_workspace(now=utc_now(), make=False) as workspace:
                return workspace.registry()
        except InputError:
            pass
    return load_registry()


@dataclass(frozen=True)
class Refused:
    """A command that was not applied, as another desk changed the same facts since they were read; nothing is lost."""

    changes: tuple[EntryChange, ...]
    stale: tuple[Stale, ...]
    why: str
    act: Literal["edit", "undo", "redo"] = "edit"


class RegistryDesk(QObject):
    """An open workspace with the registry as it stands. Every change is one command of the journal."""

    opened = Signal()
    changed = Signal()  # the registry is another one, by this desk or another
    message = Signal(str)
    refused = Signal(object)  # a Refused: another desk was quicker, and somebody must choose
    _seen = Signal()
    _failed = Signal(str)

    def __init__(
        self,
        opener: Callable[[], Workspace] = _default_workspace,
        *,
        who: str | None = None,
        desk: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__()
        self._opener = opener
        self._who = who or user_name()
        self._desk = desk or desk_name()
        self._clock = clock
        self._every_s = look_every_s
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self.workspace: Workspace | None = None
        self.registry = Registry()
        self.preparing: list[Callable[[Registry], None]] = []  # called beside the GUI's thread before it shows a change
        self.can_undo = self.can_redo = False
        self.positions = AisDesk(clock, self._observer)
        self._seen.connect(self._news)
        self.trouble = ""
        """Why there is no registry to show, in words."""
        self._failed.connect(self._tell)

    @property
    def is_open(self) -> bool:
        """Whether there is a registry to show."""
        return self.workspace is not None

    @property
    def today(self) -> datetime:
        """The time by this desk's clock."""
        return self._clock()

    def start(self) -> None:
        """Open the workspace beside the window and look out for other desks; a second call, or one after the end, does
        nothing.
        """
        if self._thread is None and not self._end.is_set():
            self._thread = threading.Thread(target=self._run, name="registry", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the threads and close the workspace."""
        self.positions.close()
        self._end.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            self._thread = None
        if self.workspace is not None:
            self.workspace.close()

    # What is done here

    def state_facts(
        self, entries: Iterable[tuple[str, Any]], path: str, value: Any, said: Evidence | None, why: str = ""
    ) -> None:
        """Set one fact of entries (kind and value of its model) on the word of a source, as one command.

        What another desk changed elsewhere in them meanwhile is kept. Raises InputError.
        """
        self._apply([change_of(kind, entry, path, value, said) for kind, entry in entries], why)

    def duplicate(self, kind: str, entry: Any, entry_id: str, name: str, why: str = "") -> None:
        """Make an entry like another one under an id and name of its own; what identifies the old one is left out."""
        from subrescue.store.workspace.entries import dump

        after = {**dump(entry), "id": entry_id, "name": name}
        for unique in ("imo", "mmsi", "fix", "seen"):
            after.pop(unique, None)
            after.get("evidence", {}).pop(unique, None)
        self.make(EntryChange(kind=kind, entry_id=entry_id, after=after), why)

    def make(self, change: EntryChange, why: str = "") -> None:
        """Make a new entry. Raises InputError."""
        self._apply([change], why)

    def retire(self, entries: Iterable[tuple[str, Any]], why: str = "") -> None:
        """Take entries out of use; nothing is deleted, and undo brings them back. Raises InputError."""
        from subrescue.store.workspace.entries import dump

        self._apply([EntryChange(kind=kind, entry_id=entry.id, before=dump(entry)) for kind, entry in entries], why)

    def undo(self) -> JournalRow | None:
        """Take this desk's last command back; None where there is none. Raises InputError."""
        return self._step("undo")

    def redo(self) -> JournalRow | None:
        """Do again what was undone last; None where there is nothing. Raises InputError."""
        return self._step("redo")

    def apply_beside(self, changes: Sequence[EntryChange], why: str) -> JournalRow:
        """Apply changes as one command; another thread may call this, and `refresh` then shows what came of it.

        Raises InputError; a StaleWriteError where another desk changed the same facts meanwhile, of which `refused`
        tells too.
        """
        from subrescue.store.workspace.command import Command
        from subrescue.store.workspace.errors import StaleWriteError

        assert self.workspace is not None
        command = Command(**self._stamp(why).model_dump(), changes=tuple(changes))
        try:
            done = self.workspace.apply(command, merging=True)
        except StaleWriteError as error:
            self.refused.emit(Refused(command.changes, error.stale, why))
            raise
        self._prepare()
        return done

    def settle(self, refused: Refused, choices: Choices) -> None:
        """Apply a refused command with what was chosen of both sides. Raises InputError."""
        from subrescue.store.workspace.errors import StaleWriteError
        from subrescue.store.workspace.settling import settled

        changes = settled(refused.changes, refused.stale, choices)
        if refused.act == "edit":
            self._apply(changes, refused.why)
            return
        assert self.workspace is not None
        try:
            getattr(self.workspace, refused.act)(self._stamp(refused.why), changes)
        except StaleWriteError as error:
            self.refused.emit(Refused(changes, error.stale, refused.why, refused.act))
            raise
        finally:
            self.refresh()

    def refresh(self) -> None:
        """Show what stands now."""
        if self.workspace is not None:
            self._take(self.workspace.registry())

    def history(self, key: Key) -> tuple[FieldChange, ...]:
        """What became of an entry, oldest first."""
        return self.workspace.history(key[1], kind=key[0]) if self.workspace is not None else ()

    def _step(self, act: Act) -> JournalRow | None:
        try:
            return self.step_beside(act)
        finally:
            if self.workspace is not None:
                self._take(self.workspace.registry())

    def step_beside(self, act: Act) -> JournalRow | None:
        """Undo or redo; another thread may call this, and `refresh` then shows what came of it. Raises InputError."""
        from subrescue.store.workspace.errors import StaleWriteError

        if self.workspace is None:
            return None
        done: JournalRow | None
        try:
            done = getattr(self.workspace, act)(self._stamp())
        except StaleWriteError as error:
            self.refused.emit(Refused(self._of_step(act), error.stale, "", act))
            raise
        self._prepare()
        return done

    def _prepare(self) -> None:
        """Read the registry as it stands and make ready what shows it: that needs not be done on the GUI's thread."""
        assert self.workspace is not None
        registry = self.workspace.registry()
        if threading.current_thread() is not threading.main_thread():
            for prepare in tuple(self.preparing):
                prepare(registry)

    def _of_step(self, act: Act) -> tuple[EntryChange, ...]:
        """What the next undo or redo would change."""
        from subrescue.store.workspace import undo

        assert self.workspace is not None
        with self.workspace.reading() as connection:
            find = undo.next_undo if act == "undo" else undo.next_redo
            revision = find(connection, self._desk)
            return tuple(undo.taken_back(connection, revision)) if revision is not None else ()

    def next_step(self, act: Act) -> tuple[JournalRow | None, bool]:
        """The command that an undo or redo would take back, and whether that is so much that it is done beside the
        window."""
        from subrescue.store.workspace.settling import change_count

        if self.workspace is None:
            return None, False
        find = self.workspace.undoable if act == "undo" else self.workspace.redoable
        command = find(self._desk)
        if command is None:
            return None, False
        with self.workspace.reading() as connection:
            return command, change_count(connection, command.revision) > LONG_CHANGES

    def _apply(self, changes: Sequence[EntryChange], why: str = "") -> None:
        if self.workspace is None or not changes:
            return
        self.apply_beside(changes, why)
        self._take(self.workspace.registry())

    def _stamp(self, why: str = "") -> Stamp:
        from subrescue.store.validation import Origin, validated
        from subrescue.store.workspace.command import Stamp

        return validated(Stamp, {"who": self._who, "at": self._clock(), "desk": self._desk, "why": why}, Origin())

    def _observer(self) -> Stamp:
        """The stamp of what is observed: at a desk of its own, so that no step of undo looks through it."""
        return self._stamp().model_copy(update={"desk": f"{self._desk}, AIS"})

    # What other desks do

    def _news(self) -> None:
        """Show what stands now, and not what stood when the news was sent: this desk may have changed it since."""
        if self._end.is_set():
            return
        try:
            self.refresh()
        except InputError as error:
            self.message.emit(told_error(error))

    def _take(self, registry: Registry) -> None:
        if self.workspace is None or self._end.is_set():
            return
        first = not self.registry.sources
        self.can_undo, self.can_redo = self.workspace.can_step(self._desk)
        if registry is self.registry:
            return
        self.registry, self.trouble = registry, ""
        if first:
            self.opened.emit()
        self.changed.emit()

    def _tell(self, words: str) -> None:
        self.trouble = told_lines(words)
        self.message.emit(self.trouble)

    def _run(self) -> None:
        trouble, mark = "", None
        while not self._end.is_set():
            try:
                if self.workspace is None:
                    self.workspace = self._opener()
                    mark = self.workspace.mark()
                    self.workspace.registry()
                    self._seen.emit()
                elif (now := self.workspace.mark()) != mark:
                    mark = now
                    self._prepare()
                    self._seen.emit()
                trouble = ""
            except InputError as error:  # a full disk, or a database that is out of reach for a while: said once
                if str(error) != trouble and not self._end.is_set():
                    trouble = str(error)
                    self._failed.emit(trouble)
            self._end.wait(self._every_s if self.workspace is not None else max(_AGAIN_S, self._every_s))


def change_of(kind: str, entry: Any, path: str, value: Any, said: Evidence | None) -> EntryChange:
    """The change that states one fact, checked against the model. Raises InputError."""
    from subrescue.store.workspace.checks import checked
    from subrescue.store.workspace.entries import dump
    from subrescue.store.workspace.statements import stated

    before = dump(entry)
    change = stated(kind, entry.id, before, {path: value}, said)
    head = path.split(".")[0]
    after = dict(change.after or {})
    if after.get(head) == {}:
        del after[head]  # a table of which nothing is known is not known
    return change.model_copy(update={"after": checked(kind, entry.id, after)})
