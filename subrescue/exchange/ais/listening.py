"""Listens to a source of AIS sentences and journals in a workspace where its ships are: one run, start to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.ais.sentences import LineSplitter, Message, SentenceReader
from subrescue.exchange.ais.sources import Source, chunks
from subrescue.exchange.ais.tally import Fate, Tally
from subrescue.exchange.ais.tracking import Tracker
from subrescue.store.workspace.command import Stamp
from subrescue.store.workspace.observing import KeepRule
from subrescue.store.workspace.workspace import Workspace

WRITE_EVERY = timedelta(seconds=2)
"""How often what was heard live is journalled and told."""

LONGEST_VIA = 200


@dataclass(frozen=True)
class Progress:
    """A run as it stands, for whoever watches: what the source says of itself, counts, trouble in words if any."""

    state: str
    trouble: str
    sentences: int
    ships: int
    rows: int
    last_at: datetime | None


@dataclass(frozen=True)
class Terms:
    """On what terms a run listens.

    `recorded_at` is the time of sentences of a file that bear none. A `dry_run` writes nothing. A `patient` run calls a
    TCP server again that hung up, and outlives a database that is out of reach for a while.
    """

    rule: KeepRule = field(default_factory=KeepRule)
    recorded_at: datetime | None = None
    dry_run: bool = False
    patient: bool = False


class Listener:
    """One run over one source. `clock` gives the time, aware; `stamp` who listens, when and where.

    `made`, where it is given, makes the workspace in which the first that is kept is journalled, and all after it.
    """

    def __init__(
        self,
        workspace: Workspace,
        source: Source,
        *,
        clock: Callable[[], datetime],
        stamp: Callable[[], Stamp],
        terms: Terms | None = None,
        told: Callable[[Progress], None] | None = None,
        made: Callable[[], Workspace] | None = None,
    ) -> None:
        self.tally = Tally()
        self.workspace = workspace
        self._made = made
        self._source = source
        self._clock = clock
        self._stamp = stamp
        self._terms = terms or Terms()
        self._told = told
        self._state = self._trouble = ""
        self._mark = workspace.mark()
        via = source.path.name if source.path is not None else str(source)
        self._tracker = Tracker(
            workspace.registry(), self._terms.rule, self.tally, via[:LONGEST_VIA], lambda: self._write(self._clock())
        )
        self._lines = LineSplitter()
        self._reader = SentenceReader()
        self._wrote = clock()

    def run(self, stop: Event, until: datetime | None = None) -> Tally:
        """Listen until the source ends, `stop` is set or the clock says `until`; what was heard is then journalled.

        Raises InputError where the source cannot be read, a file holds no AIS sentence, or the workspace cannot be
        written; what was journalled before stays.
        """
        source, terms = self._source, self._terms
        self._say("")
        try:
            for data in chunks(source, stop, terms.patient and source.is_live, self._say):
                now = self._clock()
                for line in self._lines.feed(data):
                    self._take(line, now)
                if source.is_live and now - self._wrote >= WRITE_EVERY:
                    self._write(now)
                    self._tell()
                if until is not None and now >= until:
                    break
        finally:
            now = self._clock()
            for line in self._lines.end():
                self._take(line, now)
            self._reader.end()
            self._count_lost()
            self._write(now)
            self._write(now, self._tracker.last_words())
            self._tell()
        if not source.is_live and self.tally.sentences == 0 and not stop.is_set():
            found = f"no AIS sentence in {self.tally.lines} lines" if self.tally.lines else "an empty file"
            raise InputError(Problem("source", found, "NMEA 0183 as in !AIVDM,1,1,,A,...,0*hh is needed", str(source)))
        return self.tally

    def _take(self, line: bytes | None, now: datetime) -> None:
        tally = self.tally
        tally.lines += 1
        if line is None:
            tally.count(Fate.TOO_LONG)
            return
        found = self._reader.take(line)
        if self._reader.lost:
            self._count_lost()
        if isinstance(found, Message):
            tally.last_at = now
            tally.count(self._tracker.take(found, self._time_of(found, now), now))
        else:
            tally.count(found)

    def _time_of(self, message: Message, now: datetime) -> datetime | None:
        if message.at is not None:
            return message.at
        return now if self._source.is_live else self._terms.recorded_at

    def _count_lost(self) -> None:
        lost = self._reader.take_lost()
        self.tally.count(Fate.PART, -lost)  # they were counted as such when they came
        self.tally.count(Fate.LOST_PART, lost)

    def _write(self, now: datetime, rule: KeepRule | None = None) -> None:
        """Journal what is fresh, and learn what became of the registry meanwhile."""
        self._wrote = now
        tracker, fresh = self._tracker, self._tracker.fresh
        try:
            if fresh and self._terms.dry_run:
                self.tally.journalled.update(fresh.keys())
                tracker.written()
            elif fresh:
                if self._made is not None:
                    self.workspace, self._made = self._made(), None
                kept = self.workspace.observe(self._stamp(), fresh, rule or self._terms.rule)
                self.tally.journalled.update(change.entry_id for change in kept.changes)
                tracker.written()
            mark = self.workspace.mark()
            if mark != self._mark:
                self._mark = mark
                tracker.know(self.workspace.registry())
            self._trouble = ""
        except InputError as error:
            if not self._terms.patient:
                raise
            self._trouble = str(error)

    def _say(self, state: str) -> None:
        self._state = state
        self._tell()

    def _tell(self) -> None:
        if self._told is not None:
            tally = self.tally
            rows = sum(tally.journalled.values())
            self._told(Progress(self._state, self._trouble, tally.sentences, len(tally.ships), rows, tally.last_at))
