"""Reads text that a user hands over, within limits, and writes files so that the old or the new one is there."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from subrescue.domain.errors import InputError, Problem

MAX_BYTES = 5_000_000
"""Largest text file that is read; a case with its log is some tens of kilobytes."""


def read_text(path: Path, what: str = "case file") -> str:
    """Return the text of a file made by a person.

    Raises InputError where there is no such file, it is a folder, above MAX_BYTES, or as `decoded`.
    """
    name = str(path)
    problem = partial(_problem, name)
    # Never more than that is read: a device or a pipe states no size.
    content = start_of(path, MAX_BYTES + 1, partial(problem, allowed=f"a {what} is expected"))
    if len(content) > MAX_BYTES:
        raise problem(f"more than {MAX_BYTES:,} bytes", f"a {what} has at most {MAX_BYTES:,} bytes")
    return decoded(content, name, what)


def start_of(path: Path, most: int, wrong: Callable[[str], InputError]) -> bytes:
    """The first bytes of a file of other people, `most` of them; raises what `opened` does."""
    with opened(path, wrong) as stream:
        try:
            return stream.read(most)
        except OSError as error:
            raise wrong(unreadable(error)) from None


@contextmanager
def opened(path: Path, wrong: Callable[[str], InputError]) -> Iterator[BinaryIO]:
    """A file of other people, to read inside; where there is none, the error that `wrong` makes of what was found.

    A pipe is read where somebody writes to it - `<(...)`, `/dev/stdin` - and not waited for where nobody does.
    """
    with ExitStack() as stack:
        try:
            if path.is_dir():
                raise wrong("a folder")
            stream = stack.enter_context(open(path, "rb", opener=_at_once))
            if stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode) and not stream.peek(1):
                raise wrong("a pipe that nobody writes to")
        except FileNotFoundError:
            raise wrong("no such file") from None
        except OSError as error:
            raise wrong(unreadable(error)) from None
        yield stream


def unreadable(error: OSError) -> str:
    """What was found where a file does not let itself be read."""
    return f"a file that cannot be read ({error.strerror})"


def _at_once(path: str, flags: int) -> int:
    """Open without a wait for somebody at the other end of a pipe; what he writes is waited for."""
    if not hasattr(os, "O_NONBLOCK"):
        return os.open(path, flags)
    handle = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(handle, True)
    return handle


def decoded(content: bytes, file: str, what: str) -> str:
    """The text of a file's bytes: UTF-8, or UTF-16 where the file's mark says so, as Windows' Notepad may write it.

    Raises InputError for what is empty, binary or in another encoding.
    """
    encoding, problem = encoding_of(content), partial(_problem, file)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in content and encoding == "utf-8-sig":
            raise problem("a binary file", f"a {what} is text in UTF-8") from None
        line = content.count(b"\n", 0, error.start) + 1
        found = f"a byte that is no {'UTF-16' if encoding == 'utf-16' else 'UTF-8'} text (0x{content[error.start]:02x})"
        raise problem(found, f"a {what} is text in UTF-8", line) from None
    if not text.strip():
        raise problem("an empty file", f"a {what} is expected")
    if "\0" in text:
        raise problem("a binary file", f"a {what} is text in UTF-8")
    return text


def _problem(file: str, found: str, allowed: str, line: int | None = None) -> InputError:
    return InputError(Problem(field="", found=found, allowed=allowed, file=file, line=line))


def encoding_of(start: bytes) -> str:
    """The encoding that the mark at the start of a file names; UTF-8 where there is none."""
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def exists(path: Path) -> bool:
    """Whether something is there; a name that the system does not take - too long, out of reach - names nothing."""
    return _asked(path.exists)


def is_file(path: Path) -> bool:
    """Whether an ordinary file is there, as `exists`."""
    return _asked(path.is_file)


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as `exists`."""
    return _asked(path.is_dir)


def _asked(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except OSError:
        return False


def from_home(path: Path) -> Path:
    """The path with `~` at its beginning as the user's folder; as it stands where there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file in one step: killed at any moment, the old or the new content is there.

    Raises InputError where the folder does not exist or does not let itself be written.
    """
    with replacing(path) as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream to write a file bit by bit: the file is replaced at the end, and stays as it was after any error.

    What is no file - `/dev/stdout`, `/dev/null`, a named pipe - is written to as it is: replaced, it would be gone.

    Raises InputError as `write_atomically` does.
    """
    temporary: Path | None = None
    try:
        target = _end_of(path)
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise _unwritable(path, error) from None


def refuse_unwritable(path: Path) -> None:
    """Raise InputError as `replacing` would for a place that no file can be written to: before long work, not after."""
    try:
        target = _end_of(path)
        if is_file(path) or not exists(path):
            tempfile.NamedTemporaryFile(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent).close()
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> InputError:
    found = f"a place that cannot be written ({error.strerror})"
    allowed = WHY_NOT.get(error.errno or 0, "a folder that exists and may be written is needed")
    return InputError(Problem(field="", found=found, allowed=allowed, file=str(path)))


def _end_of(path: Path) -> Path:
    """The file that is meant: where a link leads, else the path itself.

    Raises InputError for a folder, and for a file that may only be read: replacing it would go round that.
    """
    allowed = "the name of a file to write is needed"
    try:
        target = path.resolve() if path.is_symlink() else path
    except RuntimeError:
        target = path  # Python up to 3.12; a later one leaves such a link as it is
    if target.is_symlink():
        raise InputError(Problem("", "a link that leads back to itself", allowed, str(path)))
    if target.is_dir():
        raise InputError(Problem("", "a folder", allowed, str(path)))
    if is_file(target) and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        raise InputError(Problem("", "a file that may only be read", MAY_ONLY_BE_READ, str(path)))
    return target


MAY_ONLY_BE_READ = "choose another name, or allow the file to be written"
WHY_NOT = {
    errno.ENOSPC: "free some space on the disk, or choose another place; the old file stays as it was",
    errno.EDQUOT: "free some of the space that you may use, or choose another place; the old file stays as it was",
    errno.EROFS: "choose a place that is not read-only",
    errno.ENOENT: "a folder that exists is needed",
    errno.ENAMETOOLONG: "a shorter name is needed",
    errno.EACCES: "a folder that may be written is needed; a file open in another program is closed there first",
    errno.EPERM: "a folder that may be written is needed; a file open in another program is closed there first",
    errno.EBUSY: "close the file in the other program first, or choose another name",
}
"""What helps, by the system's own number of the error."""


def _mode_of(target: Path) -> int:
    """The rights of the file that is replaced, or those of a new file (mkstemp's own are for secrets)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
