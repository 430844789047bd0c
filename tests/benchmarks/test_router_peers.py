"""The sea router beside searoute and scgraph: error against the book, land crossed, time, in one table and one run.

`make peers` fetches both and runs this. Times are the processor's: what else the machine does is left out.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from time import process_time

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.router import SeaRouter
from tests.benchmarks.peers import MARNET_WHEEL, Ours, Peer, Scgraph, Searoute
from tests.earth.sea_chart import FAULT_NM, Chart, total_nm
from tests.earth.sea_trials import BookPair, book_pairs

BERTH_NM = 5.0
MANY = 4000
DATUM, ELSEWHERE = Position(lat_deg=61.0, lon_deg=2.0), Position(lat_deg=-35.0, lon_deg=100.0)
# The last line of a canal is drawn by each router as it likes: within 3 nm of the true one its land does not count.
CANAL_DEG = 0.05


@dataclass(frozen=True)
class Figures:
    """What was measured of one router over one table of the book."""

    name: str
    answered: int
    median_percent: float
    p90_percent: float
    worst_percent: float
    land: int
    land_off_berth: int
    ms_per_pair: float
    seconds_to_many: float
    answered_of_many: int


def _peers() -> Iterable[Callable[[], Peer]]:
    pytest.importorskip("searoute", reason="`make peers` installs it")
    pytest.importorskip("scgraph", reason="`make peers` installs it")
    if not MARNET_WHEEL.exists():
        pytest.skip("`make peers` fetches the sea network of scgraph")
    return lambda: Ours(SeaRouter()), Searoute, Scgraph


@pytest.fixture(scope="module")
def chart() -> Chart:
    return Chart(SeaRouter().passages, CANAL_DEG)


@pytest.fixture(scope="module")
def table(chart: Chart) -> dict[str, list[Figures]]:
    ports = Gazetteer().ports
    ends = [
        Position(lat_deg=float(lat), lon_deg=float(lon))
        for lat, lon in zip(ports.lat_deg[:MANY], ports.lon_deg[:MANY], strict=True)
    ]
    found: dict[str, list[Figures]] = {"pub151.csv": [], "pub151_more.csv": []}
    for make in _peers():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the peers warn of is theirs
            peer = make()
            peer.far(ELSEWHERE, ends[:2])  # what is read at first use
            begun = process_time()
            far = peer.far(DATUM, ends)
            seconds = process_time() - begun
            for file, rows in found.items():
                rows.append(_measured(peer, chart, book_pairs(file), seconds, int(np.isfinite(far).sum())))
    return found


def _measured(peer: Peer, chart: Chart, pairs: list[BookPair], seconds: float, answered_of_many: int) -> Figures:
    errors, times, land, off_berth = [], [], 0, 0
    for pair in pairs:
        begun = process_time()
        way = peer.way(pair.start, pair.end, pair.closed)
        times.append(process_time() - begun)
        if way is None:
            continue
        crossings = chart.crossings(way.points)
        land += total_nm(crossings) > FAULT_NM
        off_berth += total_nm(crossings, BERTH_NM) > FAULT_NM
        if not pair.doubt:
            errors.append(abs(way.nm / pair.nm - 1) * 100)
    answered = len(errors) + sum(bool(pair.doubt) for pair in pairs)
    return Figures(
        peer.name,
        answered,
        median(errors),
        float(np.percentile(errors, 90)),
        max(errors),
        land,
        off_berth,
        1000 * sum(times) / len(times),
        seconds,
        answered_of_many,
    )


def _printed(table: dict[str, list[Figures]]) -> Iterator[str]:
    titles = (
        "router",
        "answered",
        "median %",
        "P90 %",
        "worst %",
        "over land",
        "beyond 5 nm",
        "ms a pair",
        f"1 to {MANY} s",
        "of them",
        "pace",
        "pace 1:n",
    )
    for file, rows in table.items():
        ours = rows[0]
        yield f"\n{file}, {len(book_pairs(file))} distances; over land: routes with more than {FAULT_NM} nm"
        yield "".join(f"{title:>13}" for title in titles)
        for row in rows:
            cells = (
                row.name,
                row.answered,
                f"{row.median_percent:.2f}",
                f"{row.p90_percent:.1f}",
                f"{row.worst_percent:.0f}",
                row.land,
                row.land_off_berth,
                f"{row.ms_per_pair:.1f}",
                f"{row.seconds_to_many:.3f}",
                row.answered_of_many,
                f"x {row.ms_per_pair / ours.ms_per_pair:.2f}",
                f"x {row.seconds_to_many / ours.seconds_to_many:.1f}",
            )
            yield "".join(f"{cell:>13}" for cell in cells)


def test_the_table_is_printed(table: dict[str, list[Figures]], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("\n".join(_printed(table)))
    assert [row.name for row in table["pub151.csv"]] == ["subrescue", "searoute", "scgraph"]


@pytest.mark.parametrize("file", ["pub151.csv", "pub151_more.csv"])
def test_no_peer_is_nearer_to_the_book(table: dict[str, list[Figures]], file: str) -> None:
    ours, *peers = table[file]
    for peer in peers:
        assert ours.median_percent < peer.median_percent
        assert ours.p90_percent < peer.p90_percent


@pytest.mark.parametrize("file", ["pub151.csv", "pub151_more.csv"])
def test_off_the_berths_no_route_of_ours_is_over_land_and_no_peer_has_fewer(
    table: dict[str, list[Figures]], file: str
) -> None:
    ours, *peers = table[file]
    assert ours.land <= min(peer.land for peer in peers)
    assert ours.land_off_berth == 0


def test_no_peer_is_faster_from_one_to_many(table: dict[str, list[Figures]]) -> None:
    ours, *peers = table["pub151.csv"]
    assert ours.seconds_to_many < min(peer.seconds_to_many for peer in peers)
