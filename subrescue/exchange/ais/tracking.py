"""Reports held against the registry: whose they are, whether they are new and likely, and which are worth a row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from subrescue.domain.registry import Registry
from subrescue.domain.sighting import AIS, Sighting
from subrescue.exchange.ais.reports import Report, identity_of, names_herself, report_of, sender_of
from subrescue.exchange.ais.sentences import Message
from subrescue.exchange.ais.tally import Fate, Tally
from subrescue.store.workspace.observing import KeepRule, moved_nm

AHEAD = timedelta(minutes=2)
"""A report may be so far ahead of this machine's clock: clocks differ."""

ALIKE = timedelta(seconds=20)
"""The same payload within this time is one report that several receivers heard."""

FASTEST_KN = 100.0
"""No ship goes faster from one report to the next: where one seems to, a position or an MMSI is wrong."""

SMALL_JUMP_NM = 3.0
"""A jump up to this is an error of the fix, or of a clock, and is let pass."""


@dataclass
class _Track:
    """What is known of one ship: last position, the one that the journal holds, one that did not fit, payloads."""

    last: Sighting | None
    kept: Sighting | None
    doubtful: Sighting | None = None
    payloads: deque[tuple[bytes, datetime]] = field(default_factory=lambda: deque(maxlen=8))


class Tracker:
    """Takes messages and gathers in `fresh`, by ship's id, the sightings that are to be journalled.

    `write` is called where one more of a ship has to wait for the one before it; it calls `written` when that is done.
    """

    def __init__(self, registry: Registry, rule: KeepRule, tally: Tally, via: str, write: Callable[[], None]) -> None:
        self._rule = rule
        self._write = write
        self._tally = tally
        self._via = via
        self._tracks: dict[str, _Track] = {}
        self._ships: dict[int, tuple[str, ...]] = {}
        self.fresh: dict[str, Sighting] = {}
        self.know(registry)

    def know(self, registry: Registry) -> None:
        """Take another state of the registry: its MMSIs, and what its journal holds of each ship."""
        ships: dict[int, tuple[str, ...]] = {}
        for ship in registry.ships.values():
            if ship.mmsi is None:
                continue
            ships[ship.mmsi] = (*ships.get(ship.mmsi, ()), ship.id)
            track = self._tracks.setdefault(ship.id, _Track(ship.seen, ship.seen))
            track.kept = _newer(ship.seen, track.kept)
            track.last = _newer(track.kept, track.last)
        if ships != self._ships:
            known = {ship_id for ids in ships.values() for ship_id in ids}
            changed = {ship_id for mmsi, ids in self._ships.items() for ship_id in ids if ids != ships.get(mmsi)}
            for ship_id in changed:  # another MMSI: what was heard was of another ship
                seen = registry.ships[ship_id].seen if ship_id in known else None
                self._tracks[ship_id] = _Track(seen, seen)
            self._ships = ships
            self._tracks = {ship_id: track for ship_id, track in self._tracks.items() if ship_id in known}
            self.fresh = {ship_id: seen for ship_id, seen in self.fresh.items() if ship_id in known - changed}

    def take(self, message: Message, at: datetime | None, now: datetime) -> Fate:
        """What becomes of a message that was sent at `at`, None where nobody knows, and received `now`."""
        mmsi = sender_of(message)
        if isinstance(mmsi, Fate):
            if mmsi is Fate.NOT_A_POSITION:
                self._ask_name(message)
            return mmsi
        ids = self._ships.get(mmsi)
        if ids is None:
            self._tally.stranger(mmsi, at)
            return Fate.UNKNOWN_MMSI
        if len(ids) > 1:
            return Fate.SEVERAL_SHIPS
        report = report_of(message)
        if isinstance(report, Fate):
            return report
        if at is None:
            return Fate.NO_TIME
        if at > now + AHEAD:
            return Fate.FUTURE
        return self._place(ids[0], report, at, message.payload)

    def _ask_name(self, message: Message) -> None:
        """Note what a stranger calls herself, once: by it an officer finds whose MMSI the registry lacks."""
        mmsi = names_herself(message)
        if mmsi is None or mmsi in self._ships:
            return
        stranger = self._tally.listed(mmsi)
        if stranger is None or stranger.named:
            return
        identity = identity_of(message)
        if identity is not None:
            stranger.name, stranger.imo, stranger.named = identity.name, identity.imo, True

    def _place(self, ship_id: str, report: Report, at: datetime, payload: bytes) -> Fate:
        track = self._tracks[ship_id]
        if any(payload == other and abs(at - then) <= ALIKE for other, then in track.payloads):
            return Fate.DUPLICATE
        track.payloads.append((payload, at))
        if track.last is not None and at <= track.last.at:
            return Fate.OLDER
        new = Sighting(
            position=report.position,
            at=at,
            source=AIS,
            via=self._via,
            speed_kn=report.speed_kn,
            course_deg=report.course_deg,
        )
        if track.last is not None and not _is_likely(track.last, new):
            before, track.doubtful = track.doubtful, new
            if before is None or at <= before.at or not _is_likely(before, new):
                return Fate.JUMP
        track.doubtful = None
        track.last = self._tally.ships[ship_id] = new
        if self._rule.keeps(new, self.fresh.get(ship_id, track.kept)):
            if ship_id in self.fresh:
                self._write()  # one command for many ships, and a row for each sighting
            self.fresh[ship_id] = new
        return Fate.SEEN

    def last_words(self) -> KeepRule:
        """Make fresh the last position of each ship, as the run ends, and give the rule by which that is kept."""
        at_the_end = self._rule.model_copy(update={"after_min": self._rule.least_min})
        for ship_id, track in self._tracks.items():
            if ship_id in self._tally.ships and track.last is not None and at_the_end.keeps(track.last, track.kept):
                self.fresh[ship_id] = track.last
        return at_the_end

    def written(self) -> None:
        """Take what was fresh as journalled."""
        for ship_id, seen in self.fresh.items():
            self._tracks[ship_id].kept = seen
        self.fresh = {}


def _newer(one: Sighting | None, other: Sighting | None) -> Sighting | None:
    if one is None or other is None:
        return one or other
    return one if one.at >= other.at else other


def _is_likely(one: Sighting, other: Sighting) -> bool:
    """Whether a ship can have come from one position to the other."""
    nm = moved_nm(one, other)
    hours = abs((other.at - one.at).total_seconds()) / 3600.0
    return nm <= SMALL_JUMP_NM + FASTEST_KN * hours
