"""Airfields and airspace that are open for a time only: lifts wait for them, go round, or leave them out."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.response import Gate, Option, PhaseName, Verdict
from subrescue.earth.places.airspace import CELL_DEG, great_circle, sovereign_of
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.airlift.entry_hours import entry_nm
from subrescue.planning.airlift.open_hours import LiftHours, OpenHours
from subrescue.planning.airlift.pools import Own, shared
from subrescue.planning.airlift.sorties import Turn, Work, first_and_last_h, schedule
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.openings import Spans, normal
from subrescue.planning.geography.places import places_of, sphere_apart_nm
from subrescue.planning.ways.by_air import fly_away_chains
from subrescue.planning.ways.meetings import Search
from tests.planning.test_overflights import AIRSPACE, ALL, NUMBERS, at, option, reasons
from tests.planning.worlds import a_case, a_field, a_port, registry, rescue_system, ship, small_world

ALERT = a_case().alert
# The flight of `option` lands some 22 h after the alert by the medians.
TURN = Turn(load=3.0, offload=2.0, interval=2.0, stop=2.0, crew_duty=16.0)


def after(hours: float) -> str:
    at: datetime = ALERT + timedelta(hours=hours)
    return at.isoformat()


def landed_h(found: Option) -> float:
    assert found.airlift is not None
    return found.airlift.timetable[-1].landed_h


def times_to_rescue_h(found: Option) -> float:
    return inf if found.time_to_first_rescue_h is None else found.time_to_first_rescue_h.p50


FREE = option()


def test_a_landing_waits_for_the_airfield_and_takes_off_so_as_to_be_there_when_it_opens() -> None:
    found = option(airfields=[{"icao": "EFTU", "closed_until": after(50)}])
    assert found.airlift is not None
    sortie = found.airlift.timetable[0]
    assert sortie.landed_h == pytest.approx(50.0, abs=0.001)
    assert sortie.airborne_h == pytest.approx(50.0 - (landed_h(FREE) - _airborne_h(FREE)), abs=0.001)
    told = reasons(found)["opens.airfield_waits"]
    assert (told["airfield"], told["from_h"]) == ("EFTU", 50.0)
    assert told["wait_h"] == pytest.approx(50.0 - landed_h(FREE), abs=0.01)
    assert PhaseName.OPENING_WAIT in found.critical_path


def _airborne_h(found: Option) -> float:
    assert found.airlift is not None
    return found.airlift.timetable[-1].airborne_h


def test_no_draw_lands_before_the_airfield_opens() -> None:
    found = option(airfields=[{"icao": "EFTU", "closed_until": after(50)}])
    unloading = next(span for span in found.phases if span.phase is PhaseName.OFFLOAD)
    assert unloading.start_h.p10 >= 50.0 - 0.001


def test_a_leave_to_land_from_an_hour_is_waited_for_and_one_that_has_ended_lets_nobody_in() -> None:
    later = option(clearances=[{"nation": "FI", "refused": False, "holds_from": after(60)}])
    assert landed_h(later) == pytest.approx(60.0, abs=0.001)
    ended = option(clearances=[{"nation": "FI", "refused": False, "holds_until": after(15)}])
    assert ended.airlift is None
    gate = next(one for one in ended.gates if one.gate is Gate.LIFT)
    assert gate.verdict is Verdict.RED
    assert gate.reasons[0].id == "opens.no_way"
    assert gate.reasons[0].remedy is not None
    assert gate.reasons[0].remedy.values["there_h"] == pytest.approx(landed_h(FREE), abs=0.01)


def test_a_leave_that_ends_soon_after_the_landing_is_a_doubt_and_one_that_ends_late_is_none() -> None:
    near, late = (option(clearances=[{"nation": "FI", "refused": False, "holds_until": after(h)}]) for h in (30, 400))
    assert reasons(near)["opens.airfield_closes"]["spare_h"] == pytest.approx(30.0 - landed_h(near), abs=0.5)
    assert near.time_to_first_rescue_h is not None
    assert times_to_rescue_h(late) == pytest.approx(times_to_rescue_h(FREE), abs=0.01)
    (why,) = [one for gate in late.gates for one in gate.reasons if one.id == "opens.airfield_closes"]
    assert why.remedy is None


def test_airspace_that_opens_soon_is_waited_for_where_no_way_leads_round() -> None:
    """Round Sweden it is three tenths of an hour: nobody waits for that. Round all it is none within reach."""
    words = [{"nation": "SE", "overflight_refused": True, "holds_until": after(30)}]
    assert "lift.flies_round" in reasons(option(clearances=words))
    all_shut = [{"nation": one, "overflight_refused": True, "holds_until": after(30)} for one in ALL]
    found = option(clearances=all_shut, assumptions={"airlift.range_reserve": 0.5})
    told = reasons(found)["opens.airspace_waits"]
    assert told["from_h"] == pytest.approx(30.0, abs=0.001)
    assert _airborne_h(found) < 30.0 < landed_h(found)
    over = [str(AIRSPACE.codes[int(one)]) for one in AIRSPACE.at(*great_circle(at(55.5, -4.6), at(60.5, 22.3)))]
    first = next(place for place, code in enumerate(over) if code in ALL) / len(over)
    assert _airborne_h(found) + first * (landed_h(found) - _airborne_h(found)) > 30.0


@pytest.mark.parametrize("nation", ["NO", "DK", "RU", "FR", "SG"])
def test_no_flight_is_over_a_nation_sooner_than_the_bound(nation: str) -> None:
    """Its land and territorial sea, Greenland and Reunion with those that own them, lie no nearer anywhere."""
    places = places_of(NORDIC)
    bound_nm = entry_nm(places, np.arange(len(places.field_lat)), frozenset({nation}))
    numbers = [n for code, n in AIRSPACE.number_of.items() if sovereign_of(code) == nation]
    row, column = np.nonzero(np.isin(AIRSPACE.cells.whole(), numbers))
    some = slice(None, None, max(len(row) // 4000, 1))
    towards = unit_vectors(row[some] * CELL_DEG + CELL_DEG / 2 - 90.0, column[some] * CELL_DEG + CELL_DEG / 2 - 180.0)
    nearest_nm = sphere_apart_nm(places.towards, towards).min(axis=1)
    assert (bound_nm <= nearest_nm).all()
    assert (bound_nm >= nearest_nm - 200.0).all()


def test_an_airfield_of_embarkation_that_is_closed_is_loaded_at_when_it_opens() -> None:
    found = option(airfields=[{"icao": "EGPK", "closed_until": after(50)}])
    assert found.airlift is not None
    assert found.airlift.timetable[0].load_from_h == pytest.approx(50.0, abs=0.001)


def test_a_time_that_covers_everything_changes_nothing() -> None:
    wide = {"holds_from": after(-48), "holds_until": after(24 * 70)}
    for word in ({"nation": "FI", "refused": False, "lead_h": 3}, {"nation": "SE", "overflight_refused": True}):
        plain, timed = option(clearances=[word]), option(clearances=[{**word, **wide}])
        assert timed.phases == plain.phases
        assert [gate.reasons for gate in timed.gates] == [gate.reasons for gate in plain.gates]


WORDS = st.sampled_from(
    [
        {"nation": "FI", "refused": False},
        {"nation": "FI", "refused": True},
        {"nation": "SE", "overflight_refused": False},
        {"nation": "SE", "overflight_refused": True},
        {"nation": "NO", "overflight_refused": True, "refused": True},
    ]
)


@settings(max_examples=25, deadline=None)
@given(WORDS, st.integers(1, 80), st.integers(0, 60), st.integers(0, 60))
def test_a_later_opening_or_an_earlier_end_never_improves_an_option(
    word: dict[str, Any], opens: int, later: int, lasts: int
) -> None:
    """A leave that is had later or shorter, a refusal that holds longer: by the medians nothing comes sooner."""
    refusal = any(value is True for value in word.values())
    free = {"holds_until" if refusal else "holds_from": after(opens)}
    worse = {"holds_until" if refusal else "holds_from": after(opens + later)}
    if not refusal:
        free |= {"holds_until": after(opens + 120)}
        worse |= {"holds_until": after(opens + 120 - min(lasts, 59))}
    better, other = (landing_or_never_h(option(clearances=[word | hours])) for hours in (free, worse))
    assert other >= better - 0.001


def landing_or_never_h(found: Option) -> float:
    return inf if found.airlift is None else landed_h(found)


SPANS = st.lists(st.tuples(st.floats(0.0, 200.0), st.floats(0.0, 200.0)), min_size=1, max_size=3).map(
    lambda spans: (*normal(spans), (200.0, inf))
)


@given(st.integers(1, 6), st.lists(st.floats(0.0, 50.0), min_size=1, max_size=3), SPANS, SPANS, st.floats(1.0, 9.0))
def test_the_search_counts_as_the_timetable_does(
    sorties: int, free: list[float], loading: Spans, landing: Spans, out: float
) -> None:
    """Hours of many airfields at once are those of one by one, each sortie in its hours."""
    work = Work(sorties, 5.0, tuple(free))
    here = np.array([0])
    many = OpenHours(((loading, here),), ((landing, here),))
    first, last = first_and_last_h(work, TURN, np.array([out]), np.array([2]), np.zeros(1), many)
    rows = schedule(work, TURN, out, 2, 0.0, hours=LiftHours(loading, landing))
    assert (rows[0].offloaded, rows[-1].offloaded) == pytest.approx((first[0], last[0]))
    for row in rows:
        assert any(start <= row.landed <= end for start, end in landing)
        assert any(start <= row.load_from and row.load_from + TURN.load <= end for start, end in loading)
        assert row.airborne + out == pytest.approx(row.landed)


@given(SPANS, SPANS)
def test_a_fleet_of_a_pool_lands_in_its_hours(loading: Spans, landing: Spans) -> None:
    held = Own(20.0, 4.0, (1.0, 2.0), 5.0, 0.0, hours=LiftHours(loading, landing))
    free = Own(20.0, 4.0, (3.0,), 6.0, 0.0)
    rows = shared([held, free], TURN, 2, 100.0, 1)
    assert all(any(start <= row.landed <= end for start, end in landing) for number, row in rows if number == 0)
    assert sum(20.0 for _ in rows) >= 100.0


NORDIC = small_world(
    [
        a_field("EGPK", 55.5, -4.6, 3000, "GB"),
        a_field("EGQL", 56.4, -2.9, 2600, "GB"),
        a_field("EFTU", 60.5, 22.3, 2900, "FI"),
        a_field("EFHK", 60.3, 25.0, 3500, "FI"),
        a_field("ESSA", 59.6, 17.9, 3300, "SE"),
        a_field("EETN", 59.4, 24.8, 3100, "EE"),
    ],
    [a_port("turku", 60.4, 22.2, "FI"), a_port("tallinn", 59.45, 24.75, "EE"), a_port("nynas", 58.9, 17.95, "SE")],
)
HOUR = st.integers(1, 120)
CLOSED = st.lists(
    st.tuples(st.sampled_from(["EGPK", "EFTU", "EFHK", "ESSA", "EETN"]), HOUR, st.booleans()),
    max_size=4,
    unique_by=lambda one: one[0],
)
SAID = st.lists(st.tuples(st.sampled_from(["FI", "SE", "EE"]), st.booleans(), HOUR, st.integers(1, 80)), max_size=2)


def best_h(airfields: list[dict[str, Any]], words: list[dict[str, Any]], apod: str | None = None) -> float:
    """Median hours to the first rescue by the best way by air that no gate forbids; inf for none."""
    offers = [] if apod is None else [{"asset": "nsrs", "apod": apod}]
    berth = {"name": "Turku", "position": {"lat_deg": 60.4, "lon_deg": 22.2}}
    assets = registry(
        systems=[rescue_system(id="nsrs", shipment={"mass_t": 60, "outsize_pieces": 1})],
        interventions=[],
        ships=[ship(nations=["FI"], base=berth)],
    )
    dissub = {"nation": "FI", "fix": {"position": {"lat_deg": 59.5, "lon_deg": 21.0}}}
    case = a_case(dissub=dissub, airfields=airfields, clearances=words, offers=offers)
    sit = situation_of(case, assets, NUMBERS, NORDIC, 1, 1)
    chains = fly_away_chains(assets.rescue_systems["nsrs"], sit, Search())
    return min((one.hours for one in chains if one.verdict is not Verdict.RED), default=inf)


@settings(max_examples=20, deadline=None)
@given(CLOSED, SAID)
def test_the_best_way_is_that_of_the_best_airfield_tried_one_by_one(
    closed: list[tuple[str, int, bool]], said: list[tuple[str, bool, int, int]]
) -> None:
    """The search over all airfields finds what the search over each of them finds."""
    airfields = [{"icao": code, "closed_from" if ends else "closed_until": after(h)} for code, h, ends in closed]
    words = [
        {"nation": nation, "refused": refused, "holds_from": after(start), "holds_until": after(start + lasts)}
        for nation, refused, start, lasts in said
    ]
    alone = min(best_h(airfields, words, apod) for apod in ("EFTU", "EFHK", "ESSA", "EETN"))
    together = best_h(airfields, words)
    assert together == alone or together == pytest.approx(alone, abs=0.11)
