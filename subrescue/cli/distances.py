"""The command `distances`: a table of pairs of places, to which the sea distance of each is added."""

from __future__ import annotations

import io
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import typer

from subrescue.cli import console
from subrescue.cli.named_position import read_place_at_sea
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.passages.passage_names import find_passages
from subrescue.earth.passages.passages import load_passages
from subrescue.earth.passages.ship_fit import ShipLimits, left_out
from subrescue.earth.world import World, load_world
from subrescue.exchange.pair_table import PairReader, PairRow, PairWriter, chunks
from subrescue.store.files import encoding_of, opened, unreadable

# Rows that are answered together: of a file so many that pairs which share a place are found together; of a stream,
# whose reader may wait for them, few.
CHUNK_OF_FILE, CHUNK_OF_STREAM = 20_000, 256
# Each takes 250 MB, and only long tables have them.
_MOST_WORKERS = 2
# Input of more bytes, or of unknown length, shows its progress on a terminal.
LONG_BYTES = 20_000
# So many bad rows are told one by one.
_TOLD = 10
_KEPT_PLACES = 20_000


class Tally:
    """How the rows went."""

    def __init__(self) -> None:
        self.rows = self.answered = self.refused = 0
        self.bad: list[PairRow] = []
        self.bad_rows = 0

    def count(self, row: PairRow, found: bool) -> None:
        """Count a row that has been written."""
        self.rows += 1
        if row.problems:
            self.bad_rows += 1
            if len(self.bad) < _TOLD:
                self.bad.append(row)
        elif found:
            self.answered += 1
        else:
            self.refused += 1


def distances(table: str, output: Path | None, close: list[str], use: list[str]) -> int:
    """Answer a table, `-` for stdin, to a file or stdout; the exit code. Raises InputError for the table as a whole."""
    passages = load_passages()
    left = left_out(passages, ShipLimits()) - find_passages(use, passages, "--use")
    closed = find_passages(close, passages, "--close") | left
    world = load_world()
    tally, name = Tally(), "stdin" if table == "-" else table
    with _source(table) as (raw, size, encoding), _target(output) as out:
        text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
        reader = PairReader(text, name, _reader_of_places(world))
        written = io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape", newline="")
        writer = PairWriter(written, reader.layout, on_terminal=_to_stdout(output) and sys.stdout.isatty())
        with _progress(size) as advance:
            read = 0
            for part in chunks(reader, CHUNK_OF_FILE if size else CHUNK_OF_STREAM):
                begun, read, rows = read, raw.tell() if size else 0, tally.rows

                def told(
                    share: float, begun: int = begun, read: int = read, rows: int = rows, count: int = len(part)
                ) -> None:
                    advance(begun + int((read - begun) * share), rows + int(count * share))

                _answer(part, reader, writer, world, closed, tally, told)
                written.flush()
        written.flush()
        written.detach()
        text.detach()
    _report(tally, name)
    if left:
        names = ", ".join(sorted(left))
        console.complain(f"left out, as not for every ship or in every season: {names}; --use takes one in")
    return console.WRONG if tally.bad_rows else console.FINE


def _answer(
    part: list[PairRow],
    reader: PairReader,
    writer: PairWriter,
    world: World,
    closed: frozenset[str],
    tally: Tally,
    told: Callable[[float], None],
) -> None:
    from subrescue.earth.router.sea_pairs import sea_pairs  # late: the router needs scipy

    starts = [row.start for row in part if row.start is not None]
    ends = [row.end for row in part if row.end is not None]
    pairs = sea_pairs(
        world.router,
        [place.lat_deg for place in starts],
        [place.lon_deg for place in starts],
        [place.lat_deg for place in ends],
        [place.lon_deg for place in ends],
        closed,
        told,
        min(_MOST_WORKERS, os.cpu_count() or 1),
    )
    number = 0
    for row in part:
        if row.problems:
            writer.write(row, None, "", row.status, reader.decimal_comma)
            tally.count(row, False)
            continue
        distance = float(pairs.distance_nm[number])
        known = None if math.isnan(distance) else distance
        writer.write(row, known, str(pairs.via[number]), str(pairs.status[number]), reader.decimal_comma)
        tally.count(row, known is not None)
        number += 1


def _reader_of_places(world: World) -> Callable[[str, str], Position]:
    """Reads a place of a cell; what was asked before is known, wrong names too."""

    @lru_cache(maxsize=_KEPT_PLACES)
    def look_up(text: str) -> Position | InputError:
        try:
            return read_place_at_sea(text, world, "").position
        except InputError as error:
            return error

    def read(text: str, field: str) -> Position:
        found = look_up(text)
        if isinstance(found, InputError):
            raise InputError([Problem(field, problem.found, problem.allowed) for problem in found.problems])
        return found

    return read


@contextmanager
def _source(table: str) -> Iterator[tuple[BinaryIO, int, str]]:
    """The bytes of the table, how many they are, 0 where that is not known, and their encoding."""
    name = "stdin" if table == "-" else table

    def wrong(found: str) -> InputError:
        return InputError(Problem("", found, "a table of pairs is expected", file=name))

    def encoding(stream: BinaryIO) -> str:
        try:
            return encoding_of(stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b"")
        except OSError as error:  # told here, else it would look like a fault of where the answer goes
            raise wrong(unreadable(error)) from None

    if table == "-":
        if sys.stdin is None:
            raise wrong("a closed stream")
        yield sys.stdin.buffer, 0, encoding(sys.stdin.buffer)
        return
    path = Path(table)
    with opened(path, wrong) as stream:
        yield stream, path.stat().st_size if path.is_file() else 0, encoding(stream)


def _to_stdout(output: Path | None) -> bool:
    return output is None or str(output) == "-"


@contextmanager
def _target(output: Path | None) -> Iterator[BinaryIO]:
    if output is not None and not _to_stdout(output):
        from subrescue.store.files import replacing

        with replacing(output) as stream:
            yield stream
        return
    try:
        with console.to_stdout() as text:
            yield text.buffer
            text.buffer.flush()
    except BrokenPipeError:
        raise typer.Exit(console.FINE) from None


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal and the input is long; else nothing."""
    if not sys.stderr.isatty() or 0 < size < LONG_BYTES:
        yield lambda _bytes, _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*shown, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("distances", total=size or None)
        yield lambda read, rows: bar.update(task, completed=read, description=f"{rows:,} rows")


def _report(tally: Tally, file: str) -> None:
    rows = "1 row" if tally.rows == 1 else f"{tally.rows:,} rows"
    console.complain(
        f"{rows}: {tally.answered:,} with a distance, {tally.refused:,} without a way by sea, "
        f"{tally.bad_rows:,} that could not be read"
    )
    for row in tally.bad:
        for problem in row.problems:
            console.complain(str(replace(problem, file=file, line=row.line)))
    if tally.bad_rows > len(tally.bad):
        console.complain(f"and {tally.bad_rows - len(tally.bad):,} more: see the column status")
