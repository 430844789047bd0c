"""The file that keeps a case under edit: a first line with the case as opened, then a line for each step, appended.

Each line carries a checksum. A line that a killed program left torn ends the file: what stands before it is whole, so
the state before or after the last step opens, never a part of one.
"""

from __future__ import annotations

import errno
import json
import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from subrescue.desktop.case.session import CaseSession, Edit
from subrescue.domain.case import Case, LogEntry
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.case_toml import case_to_toml
from subrescue.store.cases import read_case, read_case_text
from subrescue.store.files import is_file, write_atomically

FORMAT = 1


@dataclass(frozen=True)
class Kept:
    """What a file says: case as opened, its file, edits, how many hold, and at which saved.

    An edit is its path, its value in plain data and what the log says of it.
    """

    case: Case
    path: Path | None
    edits: tuple[tuple[str, Any, LogEntry | None], ...] = ()
    at: int = 0
    saved_at: int | None = 0

    @property
    def unsaved(self) -> bool:
        """Are there edits that are in no case file?"""
        return self.at != self.saved_at

    @property
    def is_as_filed(self) -> bool:
        """Does the case file say what it said when it was opened or saved last? Yes where nobody can tell."""
        if self.path is None or self.saved_at is None:
            return True
        filed = CaseSession.resumed(self.case, self.edits, self.saved_at, self.saved_at).case
        try:
            return read_case(self.path) == filed
        except InputError:
            return not is_file(self.path)  # one that is away can be written again

    def session(self) -> CaseSession:
        """The session as it was. Raises InputError where an edit fits the case no longer."""
        return CaseSession.resumed(self.case, self.edits, self.at, self.saved_at)


def first_line(case: Case, path: Path | None) -> bytes:
    """The line with the case as it was opened."""
    return _line(
        {"format": FORMAT, "case": case_to_toml(case), "path": str(path.resolve()) if path is not None else None}
    )


def step_line(kept: int, edits: Iterable[Edit], at: int, saved_at: int | None) -> bytes:
    """A line that says: the first `kept` edits stay, these follow, `at` of all hold, `saved_at` are saved."""
    added = [[edit.path, *to_jsonable_python((edit.after, edit.line), exclude_none=True)] for edit in edits]
    return _line({"keep": kept, "add": added, "at": at, "saved": saved_at})


def _line(record: dict[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def parsed(content: bytes, name: str) -> Kept | None:
    """What the content of a file says up to the first torn line; None where not even the first line is whole.

    Raises InputError, naming the file, where its case or format is not one that this program reads.
    """
    head: dict[str, Any] = {}
    edits: list[tuple[str, Any, LogEntry | None]] = []
    at, saved_at = 0, 0
    try:
        for number, record in enumerate(_records(content)):
            if number == 0:
                head = _head(record, name)
                continue
            edits[record["keep"] :] = [
                (str(path), value, LogEntry.model_validate(line) if line is not None else None)
                for path, value, line in record["add"]
            ]
            at, saved_at = record["at"], record["saved"]
        if not head:
            return None
        path = Path(head["path"]) if head["path"] is not None else None
        if not (isinstance(at, int) and 0 <= at <= len(edits)):
            raise ValueError("at")
        case = read_case_text(head["case"], name)
    except InputError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        found = "a line with a right checksum that no step of this program wrote"
        raise InputError(Problem("", found, "a file that this program kept is needed", name)) from None
    return Kept(case, path, tuple(edits), at, saved_at)


def _head(record: Any, name: str) -> dict[str, Any]:
    if record.get("format") != FORMAT or "case" not in record:
        found = f"format {record.get('format')}"
        raise InputError(Problem("format", found, f"format {FORMAT} is read by this program", name))
    return dict(record)


def _records(content: bytes) -> Iterable[dict[str, Any]]:
    for line in content.splitlines(keepends=True):
        if not line.endswith(b"\n") or line[8:9] != b" ":
            return
        text = line[9:-1]
        if line[:8] != b"%08x" % zlib.crc32(text):
            return
        yield json.loads(text)


class SessionFile:
    """Follows a session: `note` after any change appends what changed. Raises InputError where it cannot write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._session: CaseSession | None = None
        self._case_path: Path | None = None
        self._noted: tuple[tuple[Edit, ...], int, int | None] = ((), 0, 0)
        self._stream: FileIO | None = None
        self._syncing: threading.Thread | None = None
        self._fault: OSError | None = None

    def note(self, session: CaseSession, path: Path | None) -> None:
        """Write what is new: a whole new file for another session or case file, else a line, or nothing."""
        state = (session.edits, session.at, session.saved_at)
        if session is not self._session or path != self._case_path:
            self.close()
            write_atomically(self.path, first_line(session.base, path) + step_line(0, *state))
            with self._refusing():
                self._stream = FileIO(self.path, "ab")
            self._session, self._case_path = session, path
        elif state != self._noted:
            self._append(_step(self._noted[0], *state))
        self._noted = state

    def _append(self, line: bytes) -> None:
        assert self._stream is not None  # note opened it
        with self._refusing():
            if self._fault is not None:
                raise self._fault
            if self._stream.write(line) < len(line):  # nothing that follows a torn line would be read
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if self._syncing is None or not self._syncing.is_alive():
                handle = os.dup(self._stream.fileno())
                self._syncing = threading.Thread(target=self._sync, args=(handle,), name="session", daemon=True)
                self._syncing.start()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Say what the system does not let us write."""
        try:
            yield
        except OSError as error:
            found = f"a file that cannot be written ({error.strerror})"
            raise InputError(Problem("", found, "space on the disk is needed", str(self.path))) from None

    def _sync(self, handle: int) -> None:
        """Bring what was written to the disk; a fault is told with the next step."""
        try:
            os.fsync(handle)
        except OSError as error:
            self._fault = error
        finally:
            os.close(handle)

    def close(self) -> None:
        """End: the file stays."""
        if self._syncing is not None:
            self._syncing.join()
        if self._stream is not None:
            with suppress(OSError):  # a full disk must not hold a window that closes
                os.fsync(self._stream.fileno())
            self._stream.close()
        self._stream = self._session = self._syncing = self._fault = None


def _step(old: tuple[Edit, ...], edits: tuple[Edit, ...], at: int, saved_at: int | None) -> bytes:
    kept = 0
    while kept < min(len(old), len(edits)) and old[kept] is edits[kept]:
        kept += 1
    return step_line(kept, edits[kept:], at, saved_at)
