"""Edits of a case can be undone and done again, and a refused one changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.case.session import CaseSession, value_at, with_value
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert

CASE = Case.model_validate(
    {
        "id": "x",
        "title": "X",
        "kind": "exercise",
        "alert": "2026-11-01T12:00:00Z",
        "dissub": {"name": "Boat", "depth_m": 200, "fix": {"position": {"lat_deg": 66, "lon_deg": 8}}},
        "assumptions": {"fit_out.certified_h": [8, 12, 18]},
    }
)


def test_an_edit_is_undone_and_done_again() -> None:
    session = CaseSession(CASE)
    assert session.set("dissub.depth_m", 350.0)
    assert session.unsaved
    session.undo()
    assert session.case == CASE
    assert not session.unsaved
    session.redo()
    assert session.case.dissub.depth_m == 350


def test_the_same_value_again_is_no_edit() -> None:
    session = CaseSession(CASE)
    assert not session.set("dissub.depth_m", 200.0)
    assert not session.can_undo


def test_a_refused_value_keeps_the_old_one_and_names_the_field() -> None:
    session = CaseSession(CASE)
    with pytest.raises(InputError, match="depth_m"):
        session.set("dissub.depth_m", -5.0)
    assert session.case is CASE
    assert not session.can_undo


def test_unknown_is_a_value_that_can_be_set() -> None:
    assert with_value(CASE, "dissub.depth_m", None).dissub.depth_m is None


def test_the_first_store_makes_the_stores_known_and_the_last_taken_away_unknown_again() -> None:
    known = with_value(CASE, "dissub.stores.soda_lime_kg", 40.0)
    assert value_at(known, "dissub.stores.soda_lime_kg") == 40
    assert with_value(known, "dissub.stores.soda_lime_kg", None).dissub.stores is None


def test_an_assumption_is_reached_by_its_own_key() -> None:
    case = with_value(CASE, "assumptions.fit_out.certified_h", Pert(min=1, mode=2, max=3))
    assert case.assumptions["fit_out.certified_h"] == Pert(min=1, mode=2, max=3)
    assert with_value(case, "assumptions.fit_out.certified_h", None).assumptions == {}


def test_a_saved_state_that_was_undone_and_left_stays_unsaved() -> None:
    session = CaseSession(CASE)
    session.set("dissub.depth_m", 300.0)
    session.saved()
    session.undo()
    session.set("dissub.depth_m", 400.0)
    assert session.unsaved
    session.undo()
    assert session.unsaved


@given(
    depths=st.lists(st.floats(0, 11_000), min_size=1, max_size=6),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 179.9),
)
def test_undo_of_all_edits_is_the_first_case_and_redo_the_last(depths: list[float], lat: float, lon: float) -> None:
    session = CaseSession(CASE)
    for depth in depths:
        session.set("dissub.depth_m", depth)
    session.set("dissub.fix.position", Position(lat_deg=lat, lon_deg=lon))
    last = session.case
    while session.undo():
        pass
    assert session.case == CASE
    while session.redo():
        pass
    assert session.case == last
