"""The best chain is that of trying every way also with mixed fleets, tankers, clearances, quays and unfit ships."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import AircraftFleet, AircraftType
from subrescue.domain.case import Case
from subrescue.planning.airlift.payloads import range_nm
from subrescue.planning.ways.by_port import SLACK_H
from tests.planning.every_chain import Field, Port
from tests.planning.every_wide_chain import fastest_of_all
from tests.planning.every_wide_ship import Facts, Landing, Quay
from tests.planning.test_every_chain import TOLERANCE_H, a_calm_case, plan_of
from tests.planning.worlds import C17, a_field, a_port, fleet, registry, rescue_system, ship, small_world

# Of ways that are as early within this the surest comes first.
SAME_H = 0.1
FUEL_T, TANKER_REACH_NM = 10.0, 200.0

A400M = AircraftType.model_validate(
    {
        "id": "a400m",
        "name": "A400M",
        "max_payload_t": 37,
        "payload_range": [{"payload_t": 37, "range_nm": 1780}, {"payload_t": 0, "range_nm": 4700}],
        "cruise_kn": 390,
        "min_runway_m": 980,
        "full_load_runway_m": 1500,
        "own_loading_gear": False,
        "outsize": True,
    }
)
AN124 = AircraftType.model_validate(
    {
        "id": "an-124",
        "name": "An-124",
        "max_payload_t": 120,
        "payload_range": [{"payload_t": 120, "range_nm": 2420}, {"payload_t": 0, "range_nm": 7500}],
        "cruise_kn": 430,
        "min_runway_m": 2000,
        "full_load_runway_m": 3000,
        "load_factor": 0.45,
        "own_loading_gear": True,
        "outsize": True,
    }
)
TANKER = AircraftType.model_validate(
    {
        "id": "tanker",
        "name": "Tanker",
        "max_payload_t": 60,
        "payload_range": [
            {"payload_t": 60, "range_nm": TANKER_REACH_NM},
            {"payload_t": FUEL_T, "range_nm": 2 * TANKER_REACH_NM},
            {"payload_t": 0, "range_nm": 900},
        ],
        "cruise_kn": 450,
        "min_runway_m": 2400,
        "gives_fuel_by": ["boom"],
    }
)
ABROAD = ("NO", "SE", "DK")


def flown_by(share: float, loader_t: float | None, refuelled: bool) -> dict[str, AircraftType]:
    """The three types with a share of their ranges, which may bring K-loaders and take fuel."""
    found = {}
    for kind in (C17, A400M, AN124):
        points = tuple(one.model_copy(update={"range_nm": one.range_nm * share}) for one in kind.payload_range)
        update: dict[str, Any] = {"payload_range": points}
        if loader_t is not None and loader_t < kind.max_payload_t and not kind.own_loading_gear:
            update["loader_t"] = loader_t
        if refuelled and kind is C17:
            leg_nm = range_nm(points, 20.0) * 0.9
            burnt = min(FUEL_T * kind.cruise_kn * 0.9 / (leg_nm / 2.0), 50.0)
            update |= {"air_refuelled": True, "takes_fuel_by": "boom", "fuel_t_h": burnt}
        found[kind.id] = kind.model_copy(update=update)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Field], list[Port], dict[str, str]]:
    def place(low: float, high: float) -> tuple[float, float]:
        return draw(st.floats(low, high)), draw(st.floats(-8.0, 8.0))

    def fields_of(land: str, low: float, high: float) -> list[Field]:
        runways = st.sampled_from([1500, 2000, 2500, 3200])
        return [Field(f"{land}{n}", *place(low, high), draw(runways)) for n in range(draw(st.integers(1, 2)))]

    fields = [Field("HOME", 55.5, -4.6, 3000), *fields_of("S", 52.0, 57.5), *fields_of("N", 58.5, 66.0)]
    ports = [Port(f"p{number}", *place(58.5, 66.0)) for number in range(draw(st.integers(1, 4)))]
    south = [Port(f"south{number}", *place(52.0, 57.5)) for number in range(draw(st.integers(0, 2)))]
    countries = {
        one.code: "GB" if one.code == "HOME" else draw(st.sampled_from(("GB", "DK") if one.lat < 58.0 else ABROAD))
        for one in fields
    }
    return fields, [*ports, *south], countries


@st.composite
def facts(draw: st.DrawFn, world: tuple[list[Field], list[Port], dict[str, str]]) -> Facts:
    codes = [one.code for one in world[0]]
    some = st.sets(st.sampled_from(codes))
    landing = st.builds(
        Landing, refused=st.sampled_from([False, False, True]), lead_h=st.sampled_from([None, 10.0, 30.0, 70.0])
    )
    quay = st.builds(
        Quay,
        closed=st.sampled_from([False, False, True]),
        fit_out=st.sampled_from([None, "yes", "no", "unknown"]),
        fit_out_h=st.sampled_from([None, None, 1.0, 60.0]),
    )
    return Facts(
        countries=world[2],
        without_loader=frozenset(draw(st.one_of(st.just(set()), some))),
        closed=frozenset(draw(st.one_of(st.just(set()), some))),
        parking=draw(st.dictionaries(st.sampled_from(codes), st.integers(1, 3), max_size=2)),
        landings=draw(st.dictionaries(st.sampled_from(ABROAD), landing, max_size=2)),
        quays=draw(st.dictionaries(st.sampled_from([one.id for one in world[1]]), quay, max_size=2)),
        sea_factor=draw(st.sampled_from([1.0, 1.5])),
        duty_h=draw(st.sampled_from([16.0, 5.0])),
        tankers=tuple(draw(st.lists(st.tuples(st.floats(54.0, 64.0), st.floats(-6.0, 6.0)), max_size=2))),
        tanker_wait_h=draw(st.sampled_from([1.0, 20.0])),
        tanker_reach_nm=TANKER_REACH_NM,
        fuel_t=FUEL_T,
        charter_h=draw(st.sampled_from([10.0, 900.0])),
    )


WORLD = worlds()
FLEETS = st.lists(
    st.tuples(
        st.sampled_from([C17.id, A400M.id, AN124.id]), st.integers(1, 3), st.sampled_from([None, 1.0, 7.0, 31.0])
    ),
    min_size=1,
    max_size=3,
)
SHIPS = st.lists(
    st.tuples(
        st.tuples(st.floats(56.0, 66.0), st.floats(-6, 6)),
        st.one_of(st.none(), st.floats(6, 22)),
        st.one_of(st.none(), st.floats(0, 40)),
        st.sampled_from(["certified", "screened", "unscreened", "civilian", "small", "light"]),
    ),
    max_size=3,
)
MASS_T, OUTSIZE = st.sampled_from([12.0, 40.0, 100.0, 260.0]), st.integers(1, 3)
SHARE, LOADER_T, ANY = st.sampled_from([1.0, 0.1, 0.06]), st.sampled_from([None, 10.0]), st.booleans()
DRAWN = (
    WORLD.flatmap(lambda one: st.tuples(st.just(one), facts(one))),
    FLEETS,
    SHIPS,
    MASS_T,
    OUTSIZE,
    SHARE,
    LOADER_T,
    ANY,
)


@settings(max_examples=30, deadline=None)
@given(*DRAWN)
def test_no_chain_of_a_wide_world_is_earlier_than_the_planners(
    drawn: tuple[tuple[list[Field], list[Port], dict[str, str]], Facts],
    fleets: list[tuple[str, int, float | None]],
    ships: list[tuple[tuple[float, float], float | None, float | None, str]],
    mass_t: float,
    outsize: int,
    share: float,
    loader_t: float | None,
    usual: bool,
) -> None:
    (fields, ports, countries), known = drawn
    kinds = {**flown_by(share, loader_t, bool(known.tankers)), TANKER.id: TANKER}
    flying = [
        fleet(id=f"f{n}", aircraft_type=kind, usable_count=count, wait_h=wait)
        for n, (kind, count, wait) in enumerate(fleets)
    ]
    system = rescue_system(
        notice_h=[2, 3, 6],
        airfield_icao="HOME" if usual else None,
        shipment={"mass_t": mass_t, "outsize_pieces": outsize},
        needs_deck_area_m2=200,
    )
    sailing = [a_ship(n, *one) for n, one in enumerate(ships)]
    by_hand = fastest_of_all(system, flying, kinds, sailing, (fields, ports), known)
    tankers = [a_tanker(n, at, known) for n, at in enumerate(known.tankers)]
    assets = registry(systems=[system], ships=sailing, fleets=[*flying, *tankers], interventions=[])
    assets = assets.model_copy(update={"aircraft_types": kinds})
    world = small_world(
        [a_field(one.code, one.lat, one.lon, one.runway_m, countries[one.code]) for one in fields],
        [a_port(one.id, one.lat, one.lon) for one in ports],
    )
    found = plan_of(a_case_of(known), assets, world, system)
    if math.isinf(by_hand):
        assert math.isinf(found)
    assert found == pytest.approx(by_hand, abs=TOLERANCE_H + SLACK_H + SAME_H)


def a_ship(number: int, at: tuple[float, float], speed: float | None, notice: float | None, fit: str) -> Any:
    return ship(
        id=f"s{number}",
        speed_kn=speed,
        notice_h=None if notice is None else [notice, notice + 1, notice + 3],
        base={"name": "Berth", "position": {"lat_deg": at[0], "lon_deg": at[1]}},
        certified_for=["nsrs"] if fit == "certified" else [],
        screened_for=["nsrs"] if fit in ("screened", "small") else [],
        civilian=fit == "civilian",
        deck_area_m2=100 if fit == "small" else 400,
        deck_load_t=50 if fit == "light" else None,
        role="vessel_of_opportunity",
    )


def a_tanker(number: int, at: tuple[float, float], known: Facts) -> AircraftFleet:
    return fleet(
        id=f"tankers{number}",
        aircraft_type=TANKER.id,
        base={"name": "Tanker base", "position": {"lat_deg": at[0], "lon_deg": at[1]}},
        wait_h=known.tanker_wait_h,
    )


def a_case_of(known: Facts) -> Case:
    airfields = [
        {
            "icao": code,
            "has_loader": False if code in known.without_loader else None,
            "parking": known.parking.get(code),
            "closed": True if code in known.closed else None,
        }
        for code in sorted({*known.without_loader, *known.closed, *known.parking})
    ]
    ports = [
        {"port": one, "closed": quay.closed or None, "fit_out": quay.fit_out, "fit_out_h": quay.fit_out_h}
        for one, quay in known.quays.items()
    ]
    clearances = [
        {"nation": nation, "refused": one.refused or None, "lead_h": one.lead_h}
        for nation, one in known.landings.items()
    ]
    case = a_calm_case().model_dump()
    case |= {"airfields": airfields, "ports": ports, "clearances": clearances}
    case["closed_passages"] = ["strait"] if known.sea_factor > 1.0 else []
    case["assumptions"] = {
        "ship.charter_h": known.charter_h,
        "airlift.crew_duty_h": known.duty_h,
        "refuel.fuel_t": known.fuel_t,
    }
    return Case.model_validate(case)
