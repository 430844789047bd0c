"""What became of every line that was heard, counted by reason, and which ships were heard of; bounded in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from subrescue.domain.sighting import Sighting

MOST_UNKNOWN = 2000
"""So many ships that the registry does not know are listed; further ones are counted only."""


class Fate(StrEnum):
    """What became of a line. The first four are of ships of the registry and no faults."""

    SEEN = "seen"
    DUPLICATE = "duplicate"
    OLDER = "older"
    PART = "part"
    UNKNOWN_MMSI = "unknown_mmsi"
    SEVERAL_SHIPS = "several_ships"
    NOT_A_POSITION = "not_a_position"
    BASE_STATION = "base_station"
    AID_TO_NAVIGATION = "aid_to_navigation"
    AIRCRAFT = "aircraft"
    OTHER_STATION = "other_station"
    NOT_AVAILABLE = "not_available"
    OUT_OF_RANGE = "out_of_range"
    JUMP = "jump"
    NO_TIME = "no_time"
    FUTURE = "future"
    OTHER_SENTENCE = "other_sentence"
    BAD_CHECKSUM = "bad_checksum"
    BAD_TAG_BLOCK = "bad_tag_block"
    LOST_PART = "lost_part"
    UNDECODABLE = "undecodable"
    GARBAGE = "garbage"
    TOO_LONG = "too_long"


NO_AIS = frozenset({Fate.OTHER_SENTENCE, Fate.GARBAGE, Fate.TOO_LONG})
"""What lines have that are no AIS sentences."""


@dataclass
class Stranger:
    """A ship that the registry does not hold: how often she was heard, and when last; None where no time is known.

    `name` and `imo` are what she calls herself, which nobody has checked.
    """

    mmsi: int
    name: str | None = None
    imo: int | None = None
    named: bool = False
    reports: int = 0
    last: datetime | None = None


@dataclass
class Tally:
    """Counts of one run. `ships` holds the last position of each ship of the registry that was heard, by id."""

    lines: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    ships: dict[str, Sighting] = field(default_factory=dict)
    journalled: Counter[str] = field(default_factory=Counter)
    strangers: dict[int, Stranger] = field(default_factory=dict)
    strangers_not_listed: int = 0
    last_at: datetime | None = None
    """When the last AIS sentence came, by the receiver's clock."""

    @property
    def sentences(self) -> int:
        """How many lines were AIS sentences."""
        return self.lines - sum(self.fates[fate] for fate in NO_AIS)

    @property
    def heard(self) -> bool:
        """Whether any ship of the registry was heard, be it with nothing new."""
        return any(self.fates[fate] for fate in (Fate.SEEN, Fate.DUPLICATE, Fate.OLDER))

    def count(self, fate: Fate, times: int = 1) -> None:
        """Count a line."""
        self.fates[fate] += times

    def stranger(self, mmsi: int, at: datetime | None) -> None:
        """Note a report of a ship that the registry does not hold."""
        known = self.listed(mmsi)
        if known is None:
            self.strangers_not_listed += 1
            return
        known.reports += 1
        known.last = at if at is not None else known.last

    def listed(self, mmsi: int) -> Stranger | None:
        """The place of a stranger in the list; None where the list is full."""
        known = self.strangers.get(mmsi)
        if known is None and len(self.strangers) < MOST_UNKNOWN:
            known = self.strangers[mmsi] = Stranger(mmsi)
        return known
