"""The long proofs of the sea router, on request: 20,000 pairs at sea, 2,000 inshore, all that the book says.

SUBRESCUE_PROOF_SECONDS bounds the time of each of the two long ones (600 where it is not set); what was tried in that
time is printed.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.router import NoRoute, SeaRouter
from tests.earth.sea_chart import FAULT_NM, Chart, total_nm
from tests.earth.sea_trials import Trial, book_pairs, refusals, try_fans

# From every start to so many ends: what is known of a start serves all its pairs; inshore fewer, for more coasts.
ENDS, ENDS_INSHORE = 99, 19
SECONDS = float(os.environ.get("SUBRESCUE_PROOF_SECONDS", "600"))


@pytest.fixture(scope="module")
def router() -> SeaRouter:
    return SeaRouter()


@pytest.fixture(scope="module")
def chart(router: SeaRouter) -> Chart:
    return Chart(router.passages)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def aloud(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}")

    return aloud


def _summary(trials: list[Trial]) -> str:
    shares = ", ".join(f"{reason} {count / len(trials):.2%}" for reason, count in refusals(trials).most_common())
    return f"{len(trials)} pairs: {shares}; over land {sum(trial.is_fault for trial in trials)}"


def test_20_000_pairs_at_sea_are_answered_and_none_runs_over_land(
    router: SeaRouter, chart: Chart, say: Callable[[str], None]
) -> None:
    places = chart.waters(np.random.default_rng(20_000), 20_000 // ENDS * (ENDS + 1) + ENDS + 1)
    trials = list(try_fans(router, chart, places, ENDS, SECONDS))
    say(f"at sea, {_summary(trials)}")
    assert [str(trial) for trial in trials if trial.is_fault] == []
    assert [str(trial) for trial in trials if trial.nm is None] == []


def test_2_000_pairs_inshore_are_answered_or_refused_and_none_runs_over_land(
    router: SeaRouter, chart: Chart, say: Callable[[str], None]
) -> None:
    starts = 2_000 // ENDS_INSHORE + 1
    places = chart.near_coast(np.random.default_rng(2_000), starts * (ENDS_INSHORE + 1))
    trials = list(try_fans(router, chart, places, ENDS_INSHORE, SECONDS))
    say(f"inshore, {_summary(trials)}")
    faults = [str(trial) for trial in trials if trial.is_fault]
    say("\n".join(faults[:40]))
    assert faults == []
    assert refusals(trials).keys() <= {"answered", "outside_chart"}


# Far from all of them, so that every route leaves its port for the open sea.
FAR = Position(lat_deg=-35.0, lon_deg=100.0)


def test_every_port_is_left_by_water(router: SeaRouter, chart: Chart, say: Callable[[str], None]) -> None:
    ports = Gazetteer().ports
    answered, faults, links, linked = 0, [], [], 0.0
    for port in ports:
        try:
            route = router.route(FAR, port.position)
        except NoRoute:
            continue
        answered += 1
        # What joins a port that the chart has ashore to its water is no part of the line; it is told beside it.
        links.append(route.end_gap_nm)
        place = [port.position.lat_deg, port.position.lon_deg]
        linked += total_nm(chart.crossings(np.array([route.points[-1], place])))
        over = total_nm(chart.crossings(route.points))
        if over > FAULT_NM:
            faults.append(f"{port.name}, {port.country}: {over:.2f} nm over land")
    say(
        f"{answered} of {len(ports)} ports: {len(faults)} left over more than {FAULT_NM} nm of land; beside the lines "
        f"{np.count_nonzero(links)} links of {sum(links):.0f} nm, {linked:.0f} of them over land\n" + "\n".join(faults)
    )
    assert len(faults) <= answered / 500


# The median and the P90 that the issue asks for on the table; on the held-out distances there is a little more room.
@pytest.mark.parametrize("for_any_ship", [False, True], ids=["all open", "any ship"])
@pytest.mark.parametrize(
    "file, median_percent, p90_percent",
    [
        ("pub151.csv", 0.7, 3.0),
        ("pub151_more.csv", 1.0, 4.0),
    ],
)
def test_the_book_is_met(
    router: SeaRouter,
    chart: Chart,
    say: Callable[[str], None],
    file: str,
    median_percent: float,
    p90_percent: float,
    for_any_ship: bool,
) -> None:
    errors, doubted, far_off, land, refused = [], [], [], [], []
    halves: dict[bool, list[float]] = {True: [], False: []}
    for pair in book_pairs(file, for_any_ship=for_any_ship):
        try:
            route = router.route(pair.start, pair.end, pair.closed)
        except NoRoute as reason:
            refused.append(f"{pair.name}: {reason}")
            continue
        error = (route.distance_nm / pair.nm - 1) * 100
        (doubted if pair.doubt else errors).append(abs(error))
        if not pair.doubt:
            halves[pair.is_seen].append(abs(error))
        # Nobody draws up lists with the other half: its pairs are counted and not named.
        if abs(error) > 5 and pair.is_seen:
            far_off.append(
                f"{error:+6.1f} % {route.distance_nm:7.0f} book {pair.nm:6.0f} {pair.name} "
                f"{'; the book: ' + pair.doubt if pair.doubt else ''}"
            )
        over = total_nm(chart.crossings(route.points), beyond_nm=5)
        if over > FAULT_NM:
            land.append(f"{pair.name}: {over:.1f} nm over land")
    ship = "for any ship" if for_any_ship else "all passages open"
    p90, with_doubted = (np.percentile(part, 90) for part in (errors, errors + doubted))
    say(
        f"{file}, {ship}: {len(errors)} distances, median {np.median(errors):.2f} %, P90 {p90:.2f} %; "
        f"with the {len(doubted)} that the book contradicts, P90 {with_doubted:.2f} %; "
        + ", ".join(
            f"the half {name} median {np.median(half):.2f} %, P90 {np.percentile(half, 90):.2f} %"
            for name, half in (("looked at", halves[True]), ("not looked at", halves[False]))
        )
    )
    say("\n".join(sorted(far_off, reverse=True) + land + refused))
    assert np.median(errors) < median_percent
    assert p90 < p90_percent
    # Only towns far up a river are not reached.
    assert len(refused) <= len(errors) / 50
