"""A case that is written and read again is the same case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.case import (
    Case,
    CaseAssets,
    CaseKind,
    Dissub,
    Environment,
    EscapeGear,
    ForecastHour,
    LogEntry,
    Offer,
    OfferState,
)
from subrescue.domain.evidence import Confidence, Evidence
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Pert
from subrescue.domain.stores import Compartment, Override, Stores
from subrescue.exchange.case_toml import case_to_toml
from subrescue.store.cases import read_case, read_case_text, shipped_cases

# hypothesis wants bounds without a zone and adds it itself
_EARLIEST = datetime(1950, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LATEST = datetime(2060, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
_time = st.datetimes(min_value=_EARLIEST, max_value=_LATEST, timezones=st.just(UTC))
_pert = st.lists(st.floats(0, 500), min_size=3, max_size=3).map(
    lambda v: Pert(min=min(v), mode=sorted(v)[1], max=max(v))
)
_position = st.builds(Position, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


_stores = st.builds(
    Stores,
    soda_lime_kg=_maybe(st.floats(0, 9999)),
    superoxide_kg=_maybe(st.floats(0, 999)),
    absorbent_canisters=_maybe(st.integers(0, 99)),
    canister_person_h=_maybe(st.floats(1, 99)),
    canister_source=_maybe(_text),
    oxygen_candles=_maybe(st.integers(0, 99)),
    power_h=_maybe(st.floats(0, 99)),
    absorbent_needs_power=_maybe(st.booleans()),
)
_stated = st.just(Override(p10_h=1, p50_h=2, p90_h=3, source="x"))
_space = st.builds(
    Compartment,
    name=_text,
    stores=_maybe(_stores),
    carbon_monoxide_ppm=_maybe(st.floats(0, 999)),
    wet=_maybe(st.booleans()),
    flooding_m3_h=_maybe(st.floats(0, 99)),
    measured_at=_maybe(_time),
    source=_maybe(_text),
    survival_override=_maybe(_stated),
)
_forecast = st.lists(
    st.builds(ForecastHour, at=_time, wave_height_m=st.floats(0, 20), wind_kn=_maybe(st.floats(0, 99))),
    max_size=3,
    unique_by=lambda hour: hour.at,
).map(lambda hours: tuple(sorted(hours, key=lambda hour: hour.at)))
_cases = st.builds(
    Case,
    id=st.just("a-1"),
    title=_text,
    kind=st.sampled_from(CaseKind),
    alert=_time,
    summary=_maybe(_text),
    dissub=st.builds(
        Dissub,
        name=_text,
        fix=st.builds(Fix, position=_position, error_radius_nm=_maybe(st.floats(0, 99)), at=_maybe(_time)),
        depth_m=_maybe(st.floats(0, 9999)),
        entangled=_maybe(st.booleans()),
        compartments=st.lists(_space, max_size=2).map(tuple),
        fire=_maybe(st.booleans()),
        escape_gear=_maybe(st.sampled_from(EscapeGear)),
        stores=_maybe(_stores),
        survival_override=_maybe(_stated),
    ),
    environment=st.builds(
        Environment, wave_height_m=_maybe(st.floats(0, 20)), ice=_maybe(st.booleans()), forecast=_forecast
    ),
    offers=st.lists(
        st.builds(
            Offer, asset=_text, state=st.sampled_from(OfferState), told_to_go=_maybe(_time), notice_h=_maybe(_pert)
        ),
        max_size=2,
    ).map(tuple),
    closed_passages=st.lists(_text, max_size=2).map(tuple),
    assumptions=st.dictionaries(st.sampled_from(["a.b_h", "a.c_h", "d_kn"]), _pert, max_size=3),
    assets=st.builds(CaseAssets, use_registry=st.booleans(), without=st.lists(_text, max_size=2).map(tuple)),
    log=st.lists(
        st.builds(LogEntry, at=_time, text=_text, confidence=_maybe(st.sampled_from(Confidence))), max_size=2
    ).map(tuple),
)


@given(_cases)
def test_what_is_written_reads_the_same(case: Case) -> None:
    assert read_case_text(case_to_toml(case), "written") == case


@pytest.mark.parametrize("name", [path.stem for path in shipped_cases()])
def test_shipped_cases_are_written_and_read_the_same(name: str) -> None:
    case = read_case(next(path for path in shipped_cases() if path.stem == name))
    assert read_case_text(case_to_toml(case), name) == case


def test_assets_of_the_day_keep_their_evidence() -> None:
    ship = Ship(
        id="ru-one",
        name="One",
        nations=("RU",),
        role=ShipRole.RESCUE_SHIP,
        speed_kn=14,
        evidence={"speed_kn": (Evidence(source="S1", confidence=Confidence.HIGH, value=15.0),)},
    )
    case = Case(
        id="a-1",
        title="A",
        kind=CaseKind.EXERCISE,
        alert=datetime(2000, 8, 12, tzinfo=UTC) + timedelta(hours=3.5),
        dissub=Dissub(name="S", fix=Fix(position=Position(lat_deg=1, lon_deg=2))),
        assets=CaseAssets(ships=(ship,)),
    )
    assert read_case_text(case_to_toml(case), "written") == case


def test_what_is_not_known_is_left_out_and_a_time_keeps_its_zone() -> None:
    case = Case(
        id="a-1",
        title="A",
        kind=CaseKind.EXERCISE,
        alert=datetime(2000, 8, 12, 3, 30, tzinfo=UTC),
        dissub=Dissub(name="S", fix=Fix(position=Position(lat_deg=1.5, lon_deg=-2))),
    )
    assert case_to_toml(case) == (
        'id = "a-1"\ntitle = "A"\nkind = "exercise"\nalert = 2000-08-12 03:30:00+00:00\n\n'
        '[dissub]\nname = "S"\n\n[dissub.fix.position]\nlat_deg = 1.5\nlon_deg = -2.0\n'
    )
