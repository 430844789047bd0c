"""Reports held against the registry: whose, how new, how likely, and which are worth a row of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.domain.sighting import Sighting
from subrescue.exchange.ais.report import as_text
from subrescue.exchange.ais.tally import MOST_UNKNOWN, Fate, Tally
from subrescue.exchange.ais.tracking import Tracker
from subrescue.store.workspace.observing import KeepRule
from tests.exchange.ais.stream import BERGEN, OTHER, STRANGER, message, sentence, sentences

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def ship(ship_id: str, mmsi: int | None, seen: Sighting | None = None) -> Ship:
    return Ship(id=ship_id, name=ship_id, nations=("NO",), role=ShipRole.RESCUE_SHIP, mmsi=mmsi, seen=seen)


def registry(*ships: Ship) -> Registry:
    return Registry(ships={one.id: one for one in ships})


class Desk:
    """A tracker that writes into a list."""

    def __init__(self, *ships: Ship) -> None:
        self.tally = Tally()
        self.written: list[dict[str, Sighting]] = []
        self.tracker = Tracker(registry(*ships), KeepRule(), self.tally, "made", self.write)

    def write(self) -> None:
        self.written.append(self.tracker.fresh)
        self.tracker.written()

    def hear(self, minute: float | None, *, now: float | None = None, **fields: Any) -> Fate:
        """A report of a minute after noon, received then or at minute `now`."""
        at = None if minute is None else NOON + timedelta(minutes=minute)
        received = NOON + timedelta(minutes=now if now is not None else minute or 0)
        return self.tracker.take(message(sentence(**fields)), at, received)


def test_a_ship_of_the_registry_is_seen_and_a_stranger_is_listed() -> None:
    desk = Desk(ship("bergen", BERGEN), ship("other", None))
    assert desk.hear(0) is Fate.SEEN
    assert desk.hear(0, mmsi=STRANGER) is Fate.UNKNOWN_MMSI
    assert desk.hear(1, mmsi=STRANGER) is Fate.UNKNOWN_MMSI
    assert [(one.mmsi, one.reports, one.last) for one in desk.tally.strangers.values()] == [
        (STRANGER, 2, NOON + timedelta(minutes=1))
    ]
    seen = desk.tracker.fresh["bergen"]
    assert (seen.position.lat_deg, seen.position.lon_deg, seen.at) == (60, 5, NOON)
    assert (seen.source, seen.via) == ("AIS", "made")


def test_a_stranger_is_asked_for_her_name_once() -> None:
    desk = Desk(ship("bergen", BERGEN))
    told = [message(*sentences(msg_type=5, mmsi=STRANGER, shipname=name, imo=9074729)) for name in ("FIRST", "SECOND")]
    for one in (message(*sentences(msg_type=24, partno=1, mmsi=STRANGER, shipname="X")), *told):
        assert desk.tracker.take(one, NOON, NOON) is Fate.NOT_A_POSITION
    desk.tracker.take(message(*sentences(msg_type=5, mmsi=BERGEN, shipname="KNOWN")), NOON, NOON)
    (stranger,) = desk.tally.strangers.values()
    assert (stranger.mmsi, stranger.name, stranger.imo, stranger.reports) == (STRANGER, "FIRST", 9074729, 0)


def test_the_report_says_which_ship_without_an_mmsi_a_stranger_may_be() -> None:
    desk = Desk(ship("bergen", BERGEN))
    desk.tracker.take(message(*sentences(msg_type=5, mmsi=STRANGER, shipname="OTHER", imo=9074729)), NOON, NOON)
    lacking = ship("other", None)
    told = as_text(desk.tally, registry(ship("bergen", BERGEN), lacking), "made", NOON, unknown=True)
    assert f"  {STRANGER}  unknown  reports: 0  OTHER  IMO 9074729  perhaps other, which has no MMSI" in told
    known = as_text(desk.tally, registry(ship("other", OTHER)), "made", NOON, unknown=True)
    assert "perhaps" not in known


def test_a_flood_of_strangers_takes_no_more_room() -> None:
    desk = Desk(ship("bergen", BERGEN))
    for number in range(MOST_UNKNOWN + 25):
        desk.hear(0, mmsi=300_000_000 + number)
    assert (len(desk.tally.strangers), desk.tally.strangers_not_listed) == (MOST_UNKNOWN, 25)


def test_an_mmsi_of_two_ships_is_neither_ones() -> None:
    desk = Desk(ship("bergen", BERGEN), ship("twin", BERGEN))
    assert desk.hear(0) is Fate.SEVERAL_SHIPS
    assert desk.tracker.fresh == {}


def test_a_report_without_a_time_or_with_one_to_come_is_left() -> None:
    desk = Desk(ship("bergen", BERGEN))
    assert desk.hear(None) is Fate.NO_TIME
    assert desk.hear(3, now=0) is Fate.FUTURE
    assert desk.hear(2, now=0) is Fate.SEEN  # clocks differ by as much


def test_the_same_report_by_another_receiver_is_one_and_an_older_one_moves_nobody() -> None:
    desk = Desk(ship("bergen", BERGEN))
    assert desk.hear(0, second=5) is Fate.SEEN
    assert desk.hear(0.2, second=5) is Fate.DUPLICATE
    assert desk.hear(-1, second=6) is Fate.OLDER
    assert desk.hear(1, second=5) is Fate.SEEN  # a minute later: a report of its own
    known = Desk(ship("bergen", BERGEN, Sighting(position=Position(lat_deg=60, lon_deg=5), at=NOON, source="AIS")))
    assert known.hear(-1) is Fate.OLDER  # than what the journal holds


def test_a_ship_does_not_jump_until_a_second_report_bears_it_out() -> None:
    desk = Desk(ship("bergen", BERGEN))
    assert desk.hear(0) is Fate.SEEN
    # 60 N 5 E to 62 N 5 E is about 120 NM, in a minute.
    assert desk.hear(1, lat=62.0) is Fate.JUMP
    assert desk.hear(2, lat=60.001) is Fate.SEEN  # it was wrong
    assert desk.hear(3, lat=62.0, second=1) is Fate.JUMP
    assert desk.hear(4, lat=62.001) is Fate.SEEN  # it was not
    assert desk.tally.ships["bergen"].position.lat_deg == 62.001


def test_a_ship_at_anchor_is_journalled_once_an_hour_and_one_under_way_every_two_miles() -> None:
    anchored = Desk(ship("bergen", BERGEN))
    for minute in range(181):
        anchored.hear(minute, second=minute % 60)
        if anchored.tracker.fresh:
            anchored.write()
    assert [batch["bergen"].at - NOON for batch in anchored.written] == [timedelta(hours=hour) for hour in range(4)]
    # 15 kn north: 2 NM take 8 minutes. 1 NM is a sixtieth of a degree to half a per cent.
    sailing = Desk(ship("bergen", BERGEN))
    for minute in range(61):
        sailing.hear(minute, second=minute % 60, lat=60 + minute * 0.25 / 60)
        if sailing.tracker.fresh:
            sailing.write()
    assert [int((batch["bergen"].at - NOON).total_seconds() / 60) for batch in sailing.written] == list(range(0, 57, 8))


def test_whatever_a_transmitter_sends_it_is_journalled_twelve_times_an_hour_at_most() -> None:
    desk = Desk(ship("bergen", BERGEN))
    for second in range(3600):
        desk.hear(second / 60, second=second % 60, lat=60 + 0.04 * (second % 2))
        if desk.tracker.fresh:
            desk.write()
    assert len(desk.written) == 12


def test_many_ships_wait_for_one_command_and_a_second_row_of_one_writes_the_first() -> None:
    desk = Desk(ship("bergen", BERGEN), ship("other", OTHER))
    desk.hear(0)
    desk.hear(0, mmsi=OTHER)
    assert desk.written == []
    desk.hear(61, second=1)
    assert [set(batch) for batch in desk.written] == [{"bergen", "other"}]
    assert set(desk.tracker.fresh) == {"bergen"}


def test_a_ship_that_gets_another_mmsi_starts_anew() -> None:
    desk = Desk(ship("bergen", BERGEN))
    desk.hear(0)
    desk.tracker.know(registry(ship("bergen", OTHER)))
    assert desk.tracker.fresh == {}
    assert desk.hear(1) is Fate.UNKNOWN_MMSI
    assert desk.hear(1, mmsi=OTHER, lat=-30) is Fate.SEEN


def test_at_the_end_the_last_position_is_kept_though_she_moved_little() -> None:
    desk = Desk(ship("bergen", BERGEN))
    desk.hear(0)
    desk.write()
    desk.hear(4)
    desk.tracker.last_words()
    assert desk.tracker.fresh == {}  # within five minutes of the last
    desk.hear(20, second=1)
    assert desk.tracker.fresh == {}
    rule = desk.tracker.last_words()
    assert desk.tracker.fresh["bergen"].at == NOON + timedelta(minutes=20)
    assert rule.keeps(desk.tracker.fresh["bergen"], desk.written[0]["bergen"])
