"""Restores where the user left off: each step of the case under edit is kept on disk, and opened at the next start.

Every window has a place of its own beside the preferences, held by a lock that ends with its process. A place with
edits that are in no case file is never written over: another case takes another place, and the edits wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from subrescue.desktop.case.session_file import Kept, SessionFile, parsed
from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.parts.words import tr, trn
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.problem_words import told_error
from subrescue.store.files import is_file

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_PLACES = 20


@dataclass
class _Place:
    """A place that this window holds: its file, the lock on it, and what the file says."""

    path: Path
    lock: QLockFile
    kept: Kept | None = None
    problem: str = ""

    @property
    def holds_work(self) -> bool:
        """Would writing over it lose edits, or a file that this program cannot read?"""
        return bool(self.problem) or (self.kept is not None and self.kept.unsaved)


def keep_session(window: MainWindow, case: Path | None, *, asked: bool) -> None:
    """Begin to keep what a window does; first restore what was left of `case`.

    A case that was not `asked` for by name gives way to another with edits that are in no file.
    """
    feature_of(window, KeptSessionFeature).begin(case, asked=asked)


def hand_over_session(window: MainWindow) -> Callable[[MainWindow], None]:
    """Take what a window keeps from it; the return gives it to the window that is made in its place."""
    old = feature_of(window, KeptSessionFeature)
    held, fails = (old._place, old._file), old._is_failing
    old._place = old._file = None

    def give(successor: MainWindow) -> None:
        new = feature_of(successor, KeptSessionFeature)
        new._place, new._file = held
        if fails:
            new._fail(tr("Edits are not kept for the next start: no place in {folder}", folder=new._folder))
        new._note()

    return give


class KeptSessionFeature(Feature):
    """Keeps the session of a window from `begin` on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._folder = window.preferences.folder
        self._place: _Place | None = None
        self._file: SessionFile | None = None
        self._is_failing = False
        """Edits are not kept at the moment, and the user knows it."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Restore edits of another window or run."""
        return {"restore_kept": self.restore_other}

    def connect(self) -> None:
        """Follow every change."""
        self.window.desk.case_changed.connect(self._note)

    def begin(self, case: Path | None, *, asked: bool) -> None:
        """Take a place, restore what is wanted from it, and keep from now on."""
        wanted = case.resolve() if case is not None else None
        free = self._free_places()
        chosen = next((one for one in free if _wanted(one, wanted, asked)), None)
        mine = chosen or next((one for one in free if not one.holds_work), None)
        for place in free:
            if place is not mine:
                place.lock.unlock()
        if mine is None:
            self._fail(tr("Edits are not kept for the next start: no place in {folder}", folder=self._folder))
            return
        self._place, self._file = mine, SessionFile(mine.path)
        if chosen is not None:
            self._resume(chosen)
        else:
            self._note()
        self._tell_of_others([one for one in free if one is not mine and one.holds_work])

    def _free_places(self) -> list[_Place]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return []
        places, empty = [], False
        for number in range(1, _PLACES + 1):
            path = self._folder / f"session-{number}.journal"
            if empty and not path.exists():
                continue  # one empty place is enough
            lock = QLockFile(str(path.with_suffix(".lock")))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                places.append(_read(path, lock))
                empty = empty or not path.exists()
        return places

    def _resume(self, place: _Place) -> None:
        assert place.kept is not None  # _wanted
        kept = place.kept
        try:
            session, as_filed = kept.session(), kept.is_as_filed
        except InputError as error:
            self._put_aside(place)
            self._note()
            self.window.message_bar.show_message(told_error(error))
            return
        self.window.desk.resume(session, kept.path, as_filed=as_filed)
        if kept.unsaved:
            words = trn(
                "{title}: restored with {count} edit that is in no file. Undo takes it back.",
                "{title}: restored with {count} edits that are in no file. Undo takes them back.",
                kept.at,
                title=kept.case.title,
            )
            if not as_filed:
                words += "\n" + tr(
                    "{path} was written by somebody else meanwhile: what it says now is not in this case, and it is not"
                    " written over. Open it to see it, or save this case under another name.",
                    path=kept.path,
                )
            self.window.message_bar.show_message(words, note=as_filed)

    def _put_aside(self, place: _Place) -> None:
        """Keep a file that cannot be used under another name, so that a person can still read it."""
        try:
            place.path.replace(place.path.with_suffix(".unreadable"))
        except OSError as error:
            self.window.message_bar.show_message(f"{place.path}: {error.strerror}")

    def _tell_of_others(self, others: list[_Place]) -> None:
        titles = ", ".join(one.kept.case.title for one in others if one.kept is not None)
        problems = [one.problem for one in others if one.problem]
        if titles and not self.window.message_bar.text():
            words = tr("Kept from before, in no file: {titles}. Case > Restore kept edits opens it.", titles=titles)
            self.window.message_bar.show_message(words, note=True)
        elif problems:
            self.window.message_bar.show_message("\n".join(problems))

    def restore_other(self) -> None:
        """Open the next case with edits that another window or run left, unless the user stays with this one."""
        places = [one for one in self._free_places() if one is not self._place]
        left = next((one for one in places if one.kept is not None and one.kept.unsaved), None)
        try:
            if left is None:
                self.window.message_bar.show_message(tr("No other case has edits that are in no file."), note=True)
            elif self.window.may_leave():
                self._resume(left)
                if self._file is not None:  # what it said has been written to the place of this window
                    left.path.unlink(missing_ok=True)
        finally:
            for place in places:
                place.lock.unlock()

    def _note(self) -> None:
        if self._file is None and self._is_failing:
            self._look_for_room()
        if self._file is None:
            return
        desk = self.window.desk
        try:
            self._file.note(desk.session, desk.path)
        except InputError as error:
            self._file.close()  # the next step begins with all of them
            self._fail(tr("Edits are not kept for the next start any more: {why}", why=told_error(error)))
            return
        if self._is_failing:
            self._is_failing = False
            self.window.message_bar.end_standing()
            self.window.message_bar.show_message(tr("Edits are kept for the next start again."), note=True)

    def _fail(self, words: str) -> None:
        """Tell once that edits are not kept, for as long as that holds."""
        if not self._is_failing:
            self._is_failing = True
            self.window.message_bar.show_message(words, stays=True)

    def _look_for_room(self) -> None:
        """Take a place that can be written by now."""
        free = self._free_places()
        mine = next((one for one in free if not one.holds_work), None)
        for place in free:
            if place is not mine:
                place.lock.unlock()
        if mine is not None:
            self._place, self._file = mine, SessionFile(mine.path)

    def stop(self) -> None:
        """End: edits that the user did not want to save are not restored; all else is."""
        if self._file is not None:
            self._file.close()
        if self._place is not None:
            if self.window.desk.session.unsaved:
                self._place.path.unlink(missing_ok=True)
            self._place.lock.unlock()
        self._file = self._place = None


def _read(path: Path, lock: QLockFile) -> _Place:
    try:
        return _Place(path, lock, parsed(path.read_bytes(), str(path)))
    except FileNotFoundError:
        return _Place(path, lock)
    except InputError as error:
        return _Place(path, lock, problem=str(error))
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        return _Place(path, lock, problem=str(InputError(Problem("", found, "the right to read it", str(path)))))


def _wanted(place: _Place, case: Path | None, asked: bool) -> bool:
    """Is it what the user left off with? Without unsaved edits its case file must say the same."""
    if place.kept is None:
        return False
    if place.kept.unsaved:
        return not asked or place.kept.path == case
    if place.kept.path is None or place.kept.path != case or not is_file(place.kept.path):
        return False
    try:
        return place.kept.is_as_filed
    except InputError:
        return False
