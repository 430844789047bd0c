"""How many AIS sentences a second are read, told apart and journalled; 10,000 is what a flood sends."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.registry import Registry
from subrescue.exchange.ais.listening import Listener
from subrescue.exchange.ais.sources import source_of
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.exchange.ais.stream import joined, sentence, sentences, tagged
from tests.store.workspace.samples import stamp

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SHIPS = 60
SECONDS = 2
A_SECOND = 10_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with sixty ships whose MMSIs are made up."""
    ships = {
        f"s{number}": Ship(
            id=f"s{number}", name=f"S{number}", nations=("NO",), role=ShipRole.SUPPORT, mmsi=257_000_000 + number
        )
        for number in range(SHIPS)
    }
    with open_workspace(tmp_path / "w.sqlite", now=NOON, registry=lambda: Registry(ships=ships)) as opened:
        yield opened


def flood(share_known: float) -> bytes:
    """Two seconds of 10,000 sentences each, made: this share by ships of the registry, the rest by 5,000 strangers.

    One in twenty is a message of two parts, and one in fifty is broken.
    """
    static = sentences(msg_type=5, shipname="MADE UP")
    lines: list[bytes] = []
    known = int(1 / share_known)
    pool = [
        sentence(
            mmsi=257_000_000 + place % SHIPS if place % known == 0 else 300_000_000 + place % 5000,
            lat=50 + place % 1000 / 1000,
            second=place % 60,
        )
        for place in range(12_000)
    ]
    for second in range(SECONDS):
        at = NOON + timedelta(seconds=second)
        for place in range(A_SECOND - len(static) * (A_SECOND // 40)):
            line = pool[(second * 7919 + place) % len(pool)]
            lines.append(tagged(line, at) if place % 50 else line[:-2] + b"00")
        lines += static * (A_SECOND // 40)
    return joined(lines)


@pytest.mark.parametrize("share_known", [0.01, 0.5])
def test_a_flood_of_sentences(benchmark: Any, workspace: Workspace, tmp_path: Path, share_known: float) -> None:
    path = tmp_path / "flood.nmea"
    path.write_bytes(flood(share_known))
    later = NOON + timedelta(minutes=1)

    def listen() -> int:
        run = Listener(workspace, source_of(str(path)), clock=lambda: later, stamp=lambda: stamp(later))
        return run.run(threading.Event()).lines

    lines = benchmark.pedantic(listen, rounds=3, iterations=1)
    assert lines == SECONDS * A_SECOND
    print(f"\n{lines / benchmark.stats.stats.median:,.0f} sentences a second, {share_known:.0%} by known ships")


def test_a_flood_takes_no_more_room_the_longer_it_lasts(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "flood.nmea"
    content = flood(0.5)
    later = NOON + timedelta(minutes=1)
    peaks = []
    for times in (1, 3):
        path.write_bytes(content * times)
        run = Listener(workspace, source_of(str(path)), clock=lambda: later, stamp=lambda: stamp(later))
        tracemalloc.start()
        run.run(threading.Event())
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    print(f"\nat most {peaks[0]:.1f} MB for {SECONDS} s, {peaks[1]:.1f} MB for {3 * SECONDS} s")
    assert peaks[1] < peaks[0] + 2.0
