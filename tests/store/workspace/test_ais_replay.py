"""A recorded stream, made by script, is replayed into a workspace; TCP and UDP bring the same over a socket."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from subrescue.domain.errors import InputError
from subrescue.exchange.ais.listening import Listener, Progress, Terms
from subrescue.exchange.ais.sources import Source, source_of
from subrescue.exchange.ais.tally import Fate
from subrescue.store.workspace import integrity
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.exchange.ais.stream import BERGEN, STRANGER, joined, sentence, sentences, tagged
from tests.store.workspace.samples import SHIP, command, minutes, new_ship, setting, stamp

PIAST = 261999001


@pytest.fixture
def watched(workspace: Workspace) -> Workspace:
    """The workspace with two ships that have an MMSI, made up."""
    bergen = setting(workspace, SHIP, mmsi=BERGEN)
    workspace.apply(command(bergen, new_ship("pl-piast", mmsi=PIAST), at=minutes(1)))
    return workspace


def stream() -> list[bytes]:
    """Two hours, made: Bergen goes north with 15 kn, Piast lies at anchor, a stranger passes, and other noise."""
    lines: list[bytes] = []
    for minute in range(121):
        at, second = minutes(60 + minute), {"second": minute % 60}
        north = 60 + minute * 0.25 / 60
        lines.append(tagged(sentence(lat=north, speed=15.0, course=0.0, **second), at))
        lines.append(tagged(sentence(msg_type=18, mmsi=PIAST, lat=54.5, lon=18.6, speed=0.1, **second), at))
        lines.append(tagged(sentence(mmsi=STRANGER, lat=58.0, **second), at))
    middle = minutes(139.5)
    lines[240:240] = [
        *sentences(msg_type=5, shipname="MADE UP"),
        tagged(sentence(msg_type=4, mmsi=2570001), middle),
        tagged(sentence(lat=91.0, lon=181.0, speed=102.3), middle),
        tagged(sentence(lat=10.0, second=61), middle),  # a jump of 3,000 NM
        tagged(sentence(second=62), minutes(600)),  # still to come
        sentence(second=63)[:-1] + b"Z",
        b"$GPGGA,1*00",
        b"x" * 5000,
        b"\xff\xfe\x00",
    ]
    return lines


def listener(
    workspace: Workspace,
    source: Source,
    clock: Callable[[], datetime],
    told: Callable[[Progress], None] | None = None,
    made: Callable[[], Workspace] | None = None,
    **terms: Any,
) -> Listener:
    return Listener(
        workspace,
        source,
        clock=clock,
        stamp=lambda: stamp(clock(), desk="north, AIS", who="watch", why=""),
        terms=Terms(**terms),
        told=told,
        made=made,
    )


def test_a_recorded_stream_is_replayed(watched: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "made.nmea"
    path.write_bytes(joined(stream()))
    run = listener(watched, source_of(str(path)), lambda: minutes(200))
    tally = run.run(threading.Event())
    assert tally.lines == 363 + 10
    assert tally.fates == {
        Fate.SEEN: 242,
        Fate.UNKNOWN_MMSI: 121,
        Fate.NOT_A_POSITION: 1,
        Fate.PART: 1,
        Fate.BASE_STATION: 1,
        Fate.NOT_AVAILABLE: 1,
        Fate.JUMP: 1,
        Fate.FUTURE: 1,
        Fate.BAD_CHECKSUM: 1,
        Fate.OTHER_SENTENCE: 1,
        Fate.TOO_LONG: 1,
        Fate.GARBAGE: 1,
        Fate.LOST_PART: 0,
    }
    # Two miles at 15 kn are eight minutes: rows at 0, 8 ... 120. At anchor: 0, 60, 120.
    assert tally.journalled == {"no-bergen": 16, "pl-piast": 3}
    ship = watched.registry().ships["no-bergen"]
    assert ship.seen is not None
    assert ship.seen.at == minutes(180)
    assert ship.seen.position.lat_deg == pytest.approx(60.5, abs=1e-5)
    assert (ship.seen.speed_kn, ship.seen.course_deg, ship.seen.via) == (15.0, 0.0, "made.nmea")
    rows = [row for row in watched.history("pl-piast", "seen") if row.act is Act.OBSERVATION]
    assert [row.after["at"] for row in rows] == [f"2026-11-23T{hour:02}:00:00Z" for hour in (9, 10, 11)]
    with watched.reading() as connection:
        assert integrity.faults(connection) == []
    before = watched.revision()
    again = listener(watched, source_of(str(path)), lambda: minutes(201)).run(threading.Event())
    assert (watched.revision(), again.journalled) == (before, {})


def test_what_was_not_known_then_is_not_in_the_past_state(watched: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "made.nmea"
    path.write_bytes(joined(stream()))
    listener(watched, source_of(str(path)), lambda: minutes(200)).run(threading.Event())
    assert watched.registry_as_of(minutes(199)).ships["no-bergen"].seen is None
    assert watched.registry_as_of(minutes(200)).ships["no-bergen"].seen is not None


@pytest.mark.parametrize("heard, times", [(STRANGER, 0), (BERGEN, 1)])
def test_a_workspace_is_made_for_the_first_that_is_kept(
    watched: Workspace, tmp_path: Path, heard: int, times: int
) -> None:
    asked: list[Workspace] = []

    def made() -> Workspace:
        asked.append(open_workspace(tmp_path / "own.sqlite", now=minutes(0), registry=watched.registry))
        return asked[-1]

    path = tmp_path / "made.nmea"
    path.write_bytes(joined([tagged(sentence(mmsi=heard), minutes(60))]))
    before = watched.revision()
    run = listener(watched, source_of(str(path)), lambda: minutes(200), made=made)
    run.run(threading.Event())
    assert (len(asked), watched.revision()) == (times, before)
    assert (run.workspace.registry().ships["no-bergen"].seen is not None) is bool(times)
    for own in asked:
        own.close()


def test_a_dry_run_tells_what_it_would_do_and_does_nothing(watched: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "made.nmea"
    path.write_bytes(joined(stream()))
    before = watched.revision()
    tally = listener(watched, source_of(str(path)), lambda: minutes(200), dry_run=True).run(threading.Event())
    assert tally.journalled == {"no-bergen": 16, "pl-piast": 3}
    assert watched.revision() == before


def test_a_file_without_times_needs_one(watched: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "made.nmea"
    path.write_bytes(joined([sentence(), sentence(mmsi=PIAST)]))
    assert listener(watched, source_of(str(path)), lambda: minutes(200)).run(threading.Event()).fates == {
        Fate.NO_TIME: 2,
        Fate.LOST_PART: 0,
        Fate.PART: 0,
    }
    listener(watched, source_of(str(path)), lambda: minutes(200), recorded_at=minutes(150)).run(threading.Event())
    seen = watched.registry().ships["no-bergen"].seen
    assert seen is not None
    assert seen.at == minutes(150)


@pytest.mark.parametrize("content", [b"", b"hello\n" * 3, b"\x00" * 100_000])
def test_a_file_that_holds_no_ais_is_refused(watched: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "made.nmea"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"an empty file|no AIS sentence in"):
        listener(watched, source_of(str(path)), lambda: minutes(200)).run(threading.Event())


def test_a_stream_of_random_bytes_between_sentences_harms_nothing(watched: Workspace, tmp_path: Path) -> None:
    chance = random.Random(5)
    lines = [chance.randbytes(chance.randrange(200)) if chance.random() < 0.5 else line for line in stream()]
    path = tmp_path / "made.nmea"
    path.write_bytes(joined(lines))
    tally = listener(watched, source_of(str(path)), lambda: minutes(200)).run(threading.Event())
    assert tally.lines == sum(tally.fates.values())
    assert watched.registry().ships["no-bergen"].seen is not None


class Clock:
    """A clock that a test moves on: a second at each look."""

    def __init__(self) -> None:
        self.now = minutes(60)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def heard(progress: list[Progress], stop: threading.Event, ships: int) -> Callable[[Progress], None]:
    def told(one: Progress) -> None:
        progress.append(one)
        if one.ships == ships and one.rows == ships:
            stop.set()

    return told


def test_a_server_is_listened_to_and_its_time_is_this_clocks(watched: Workspace) -> None:
    progress, stop, clock = list[Progress](), threading.Event(), Clock()
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = source_of(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        run = listener(watched, source, clock, heard(progress, stop, 2))

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                whole = joined([sentence(), sentence(mmsi=PIAST)])
                caller.sendall(whole[:30])
                caller.sendall(whole[30:])
                stop.wait(10)

        thread = threading.Thread(target=answer)
        thread.start()
        run.run(stop)
        thread.join()
    seen = watched.registry().ships["no-bergen"].seen
    assert seen is not None
    assert minutes(60) < seen.at < clock.now
    assert seen.via == str(source)
    assert progress[-1].state == f"connected to {source}"
    assert (progress[-1].ships, progress[-1].rows, progress[-1].sentences) == (2, 2, 2)


def test_a_port_is_listened_on(watched: Workspace) -> None:
    progress, stop = list[Progress](), threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    take = heard(progress, stop, 2)

    def told(one: Progress) -> None:
        if one.state and not progress:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                for line in (b"noise", sentence(), sentence(mmsi=PIAST)):
                    sender.sendto(line, ("127.0.0.1", port))
        if one.state:
            take(one)

    tally = listener(watched, source_of(f"udp://127.0.0.1:{port}"), Clock(), told).run(stop)
    assert tally.fates[Fate.SEEN] == 2
    assert tally.fates[Fate.GARBAGE] == 1
    assert watched.registry().ships["pl-piast"].seen is not None


def test_a_run_ends_when_the_clock_says_so(watched: Workspace) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clock = Clock()
    tally = listener(watched, source_of(f"udp://127.0.0.1:{port}"), clock).run(threading.Event(), minutes(60.05))
    assert (tally.lines, tally.heard) == (0, False)


def test_a_ship_that_gets_her_mmsi_while_somebody_listens_is_seen(watched: Workspace) -> None:
    stop, clock = threading.Event(), Clock()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sent = 0

    def told(one: Progress) -> None:
        nonlocal sent
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sent += 1
            sender.sendto(sentence(mmsi=STRANGER, second=sent % 60), ("127.0.0.1", port))
        if one.sentences == 1 and one.ships == 0:
            change = setting(watched, ("ship", "pl-piast"), mmsi=STRANGER)
            if watched.registry().ships["pl-piast"].mmsi != STRANGER:
                watched.apply(command(change, at=minutes(70)))
        if one.rows:
            stop.set()

    listener(watched, source_of(f"udp://127.0.0.1:{port}"), clock, told).run(stop)
    assert watched.registry().ships["pl-piast"].seen is not None
