"""The router held against the distances of NGA Pub. 151, and its routes against the 1:10m land."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.router import SeaRoute, SeaRouter

TABLE = Path(__file__).parent.parent / "data" / "pub151.csv"
# Measured 0.55 and 3.3 per cent over all 120 distances; a little room.
MEDIAN_PERCENT, P90_PERCENT = 0.65, 3.8


@dataclass(frozen=True)
class Case:
    start: str
    end: str
    book_nm: float
    route: SeaRoute


@pytest.fixture(scope="module")
def cases(router: SeaRouter) -> list[Case]:
    found = []
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            a = Position(lat_deg=float(row["lat1"]), lon_deg=float(row["lon1"]))
            b = Position(lat_deg=float(row["lat2"]), lon_deg=float(row["lon2"]))
            closed = frozenset({"corinth"}) if row["via"] == "south of Greece" else frozenset()
            found.append(Case(row["from"], row["to"], float(row["nm"]), router.route(a, b, closed)))
    return found


def test_distances_between_ports_agree_with_the_book(cases: list[Case]) -> None:
    error = np.array([abs(case.route.distance_nm / case.book_nm - 1) * 100 for case in cases])
    assert np.median(error) < MEDIAN_PERCENT
    assert np.percentile(error, 90) < P90_PERCENT
