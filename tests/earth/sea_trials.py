"""Routes tried between two places and held to the exact chart: what was answered, refused or run over land."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.passages.passages import load_passages
from subrescue.earth.passages.ship_fit import ShipLimits, left_out
from subrescue.earth.router.router import NoRoute, SeaRouter
from tests.earth.sea_chart import FAULT_NM, Chart, total_nm

DATA = Path(__file__).parent.parent / "data"
# The routes that the book names: by the passages that are closed for them, and by those that are left out else.
_SHUT_FOR = {"south of Greece": frozenset({"corinth"})}
_USED_FOR = {"via Corinth Canal": frozenset({"corinth"})}
# The seed by which a table is cut into two halves.
_HALVES_SEED = 151


@dataclass(frozen=True)
class Trial:
    """What the router said about two places: a route with its length and its land, or the reason for none."""

    start: Position
    end: Position
    nm: float | None
    land_nm: float
    stated_land_nm: float
    reason: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether it runs over more land than the chart's own error."""
        return self.land_nm > FAULT_NM

    def __str__(self) -> str:
        ends = " - ".join(f"{p.lat_deg:.5f}, {p.lon_deg:.5f}" for p in (self.start, self.end))
        if self.nm is None:
            return f"{ends}: {self.reason}"
        return f"{ends}: {self.nm:.1f} nm, {self.land_nm:.2f} over land, {self.stated_land_nm:.2f} stated"


def try_pair(router: SeaRouter, chart: Chart, start: Position, end: Position) -> Trial:
    """Route between two places and measure the land in the way."""
    try:
        route = router.route(start, end)
    except NoRoute as refused:
        return Trial(start, end, None, 0.0, 0.0, refused.reason if str(refused) else "refused without a word")
    return Trial(start, end, route.distance_nm, total_nm(chart.crossings(route.points)), route.over_land_nm)


def try_fans(
    router: SeaRouter, chart: Chart, places: Sequence[Position], per_start: int, seconds: float = float("inf")
) -> Iterator[Trial]:
    """Try the first of every `per_start` + 1 places with the others, until the places or the seconds run out."""
    begun = perf_counter()
    for first in range(0, len(places) - per_start, per_start + 1):
        start, *ends = places[first : first + per_start + 1]
        for end in ends:
            if perf_counter() - begun > seconds:
                return
            yield try_pair(router, chart, start, end)


def refusals(trials: Iterable[Trial]) -> Counter[str]:
    """Count the trials by the reason of the refusal; those that were answered under "answered"."""
    return Counter(trial.reason or "answered" for trial in trials)


@dataclass(frozen=True)
class BookPair:
    """A distance of NGA Pub. 151. doubt: why the book contradicts itself here, or went a longer way, if so.

    is_seen: one of the half of its table that was looked at when lists of shoals and leads were drawn up last.
    """

    name: str
    start: Position
    end: Position
    nm: float
    closed: frozenset[str]
    doubt: str
    is_seen: bool


def book_pairs(file: str, *, for_any_ship: bool = False) -> list[BookPair]:
    """Read a table of distances from tests/data.

    for_any_ship: closed is too what `subrescue distances` leaves out where no ship is named.

    pub151.csv is what the router was made with. pub151_more.csv was drawn after it, by a rule and before anything was
    measured: of every entry on seven stretches of the book (in A, B, K, L, N, P to R, T to V) the first junction point
    and the first and the last port whose position the stretches or pub151.csv give, and a few more in narrow waters.
    Left out: ways between the North Sea and the Baltic that the book does not name, and one misprint (Kristiansand -
    Bishop Rock, 309, where the geodesic is 719). Doubts were looked for afterwards, where the router and the book part
    by more than 10 per cent, and only in the book's own other entries.
    """
    left = left_out(load_passages(), ShipLimits()) if for_any_ship else frozenset()
    with (DATA / file).open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    seen = set(np.random.default_rng(_HALVES_SEED).permutation(len(rows))[: len(rows) // 2].tolist())
    return [
        BookPair(
            f"{row['from']} - {row['to']}",
            Position(lat_deg=float(row["lat1"]), lon_deg=float(row["lon1"])),
            Position(lat_deg=float(row["lat2"]), lon_deg=float(row["lon2"])),
            float(row["nm"]),
            _closed(row["via"], left),
            row.get("doubt", ""),
            number in seen,
        )
        for number, row in enumerate(rows)
    ]


def _closed(via: str, left: frozenset[str]) -> frozenset[str]:
    return (left | _SHUT_FOR.get(via, frozenset())) - _USED_FOR.get(via, frozenset())
