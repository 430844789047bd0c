"""What the commands share: where output goes, how errors are told, which exit code they mean."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, ParamSpec, TextIO, TypeVar

import typer

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.unseen import spelt_out

if TYPE_CHECKING:
    from subrescue.exchange.terminal import Screen

FINE, CANNOT, WRONG, STOPPED = 0, 1, 2, 130
"""Exit codes."""

_FOR_PROGRAMS = frozenset({"json", "jsonl", "csv", "geojson"})

P = ParamSpec("P")
R = TypeVar("R")


class CannotError(Exception):
    """The question is well put and the answer is no: no route, no screen; the message says why."""


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Tell errors of a command on stderr, without a traceback, and end with their exit code.

    An `output` that cannot be written is told before the command begins its work.
    """

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            output = kwargs.get("output")
            if isinstance(output, Path) and str(output) != "-":
                from subrescue.store.files import refuse_unwritable

                refuse_unwritable(output)
            return command(*args, **kwargs)
        except InputError as error:
            for line in error.lines():
                complain(line)
            raise typer.Exit(WRONG) from None
        except CannotError as error:
            complain(str(error))
            raise typer.Exit(CANNOT) from None
        except FileNotFoundError as error:
            # Of the data that travel with the program: a user's files are read where InputError is raised.
            complain(f"a file that belongs to the program is missing, install it again: {error.filename or error}")
            raise typer.Exit(CANNOT) from None

    return wrapper


def complain(line: str) -> None:
    """Write to stderr, with nothing that works on a terminal; where that fails too, nobody is left to tell."""
    try:
        typer.echo("\n".join(spelt_out(part, one_line=True) for part in line.split("\n")), err=True)
    except OSError:
        _let_go(sys.stderr)


def can_tell() -> bool:
    """Whether stderr takes what was written to it; what it does not take is let go of."""
    if sys.stderr is None:
        return False
    try:
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr)
        return False
    return True


def warn(problems: Iterable[Problem]) -> None:
    """Write doubts that do not forbid anything to stderr."""
    for problem in problems:
        complain(f"warning: {problem}")


def joined(words: list[str]) -> str:
    """Words of the command line as one text: two plain numbers are latitude and longitude."""
    numbers = len(words) == 2 and all(_is_number(word) for word in words)
    return (", " if numbers else " ").join(words)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def emit_in(
    form: str, output: Path | None, for_people: Callable[[Screen], str], **for_programs: Callable[[], str]
) -> None:
    """Write an answer in the form that was asked for: as the one of that name for programs, else as that for people."""
    writer = for_programs.get(form)
    emit(writer() if writer is not None else for_people(screen(output)), output, form)


def emit(text: str, output: Path | None = None, form: str = "") -> None:
    """Write text to a file, in one step, or to stdout; CSV in a file begins with a byte order mark.

    What programs read is UTF-8 wherever it goes, but for a terminal, which shows what signs it can.
    """
    if output is not None:
        from subrescue.exchange.delimited import MARK
        from subrescue.store.files import write_atomically

        write_atomically(output, MARK + text if form == "csv" else text)
        return
    with suppress(BrokenPipeError), to_stdout() as stream:
        if form in _FOR_PROGRAMS and not stream.isatty():
            stream.buffer.write(text.encode("utf-8"))
        else:
            from subrescue.exchange.terminal import in_letters_of

            stream.write(in_letters_of(stream.encoding or "utf-8", text))
        stream.flush()


@contextmanager
def to_stdout() -> Iterator[TextIO]:
    """Stdout to write to, let go of where that fails: nothing more may be written at exit either.

    Raises BrokenPipeError where the reader, `head` perhaps, has had enough, and InputError where it cannot be written:
    it is closed, or a file on a full disk.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise InputError(Problem("", "a closed stream", "a place to write to is needed", "standard output"))
    try:
        yield stream
    except OSError as error:
        _let_go(stream)
        if isinstance(error, BrokenPipeError):
            raise
        found = f"a place that cannot be written ({error.strerror})"
        raise InputError(Problem("", found, "make room there, or send it elsewhere", "standard output")) from None


def _let_go(stream: TextIO) -> None:
    """Send the rest of a stream that cannot be written nowhere: at exit Python tries again, and ends with code 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def stopped_at_once() -> Iterator[None]:
    """Around work of Qt: Ctrl+C ends the program then and there, as none of our exceptions passes through Qt's code."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(STOPPED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def screen(output: Path | None = None) -> Screen:
    """What stdout, or a file, can show: width, colour, signs beyond ASCII."""
    from subrescue.exchange.terminal import PIPED, Screen

    columns = os.environ.get("COLUMNS", "")
    if output is not None or sys.stdout is None:  # a closed stream is told where something is written to it
        return Screen(width=PIPED)
    is_terminal = sys.stdout.isatty()
    width = int(columns) if columns.isdigit() and int(columns) > 0 else PIPED
    if is_terminal:
        width = shutil.get_terminal_size((PIPED, 40)).columns
    colour = is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    unicode = "utf" in (sys.stdout.encoding or "").lower()
    return Screen(width=width, colour=colour, unicode=unicode)
