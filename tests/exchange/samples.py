"""A small response made by hand, with every part that a writer must carry."""

from __future__ import annotations

from datetime import UTC, datetime

from subrescue.domain.airlift import Airlift, Place
from subrescue.domain.case import Case, CaseKind, Dissub
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import reason
from subrescue.domain.response import (
    Alternative,
    EscapeAdvice,
    Gate,
    GateResult,
    Mode,
    Option,
    PhaseName,
    PhaseSpan,
    Response,
    SurvivalWindow,
    Verdict,
    Via,
)

APOE = Place(name="Prestwick", code="EGPK", position=Position(lat_deg=55.509, lon_deg=-4.594))
APOD = Place(name="Bergen Flesland", code="ENBR", position=Position(lat_deg=60.293, lon_deg=5.218))
SPOD = Place(name="Bergen", position=Position(lat_deg=60.39, lon_deg=5.32))
DATUM = Place(name="Datum", position=Position(lat_deg=60.5, lon_deg=2.25))


def band(p50: float, spread: float = 2.0) -> Band:
    return Band(p10=p50 - spread, p50=p50, p90=p50 + 2 * spread)


def case(kind: CaseKind = CaseKind.EXERCISE, lon_deg: float = 2.25, radius_nm: float | None = 2.0) -> Case:
    fix = Fix(position=Position(lat_deg=60.5, lon_deg=lon_deg), error_radius_nm=radius_nm)
    return Case(
        id="drill-1",
        title="Drill",
        kind=kind,
        alert=datetime(2026, 3, 1, 9, tzinfo=UTC),
        dissub=Dissub(name="S-1", nation="NO", class_id="ula-210", fix=fix, depth_m=120, people_aboard=21),
    )


FLY = Option(
    asset_id="gb-nsrs",
    name="NSRS",
    nations=("GB", "FR", "NO"),
    kind="rescue_system",
    mode=Mode.FLY_AWAY,
    verdict=Verdict.AMBER,
    gates=(
        GateResult(gate=Gate.DEPTH, verdict=Verdict.GREEN, reasons=(reason("depth.within", depth_m=120, limit_m=610),)),
        GateResult(gate=Gate.PERMISSION, verdict=Verdict.AMBER, reasons=(reason("permission.not_asked"),)),
    ),
    phases=(
        PhaseSpan(phase=PhaseName.ALERT, start_h=band(0, 0), end_h=band(0.3, 0.1), critical=True),
        PhaseSpan(
            phase=PhaseName.FLIGHT,
            start_h=band(20),
            end_h=band(21.26),
            origin=APOE,
            destination=APOD,
            carrier="C-17A (RAF)",
            distance_nm=412.34,
            path=(APOE.position, APOD.position),
            critical=True,
        ),
        PhaseSpan(
            phase=PhaseName.TRANSIT,
            start_h=band(40),
            end_h=band(48),
            origin=SPOD,
            destination=DATUM,
            carrier="Olympic Zeus",
            distance_nm=100.0,
        ),
    ),
    via=Via(apoe=APOE, apod=APOD, spod=SPOD, ship_id="no-zeus", ship="Olympic Zeus"),
    airlift=Airlift(
        fleet_id="gb-c17",
        aircraft="C-17A (RAF)",
        aircraft_count=2,
        sorties=5,
        payload_t=38.04,
        flight_nm=412.34,
        flight_h=1.26,
    ),
    sea_nm=100.04,
    time_to_intervention_h=band(44.44),
    time_to_first_rescue_h=band(52.52),
    time_to_last_rescue_h=band(60),
    probability_in_time=0.8764321,
    probability_all_in_time=0.5,
    expected_rescued=18.23,
    limiting_factor=reason("permission.not_asked"),
    critical_path=(PhaseName.ALERT, PhaseName.FLIGHT),
    unknowns=(reason("attitude.dissub_unknown"),),
    weakest_fact="mating_angle_deg",
    alternatives=(Alternative(mode=Mode.ROAD, via=Via(spod=SPOD), verdict=Verdict.AMBER, costs_h=17.51),),
)

TOO_DEEP = Option(
    asset_id="xx-bell",
    name="=Bell",
    nations=("XX",),
    kind="rescue_system",
    verdict=Verdict.RED,
    gates=(
        GateResult(
            gate=Gate.DEPTH,
            verdict=Verdict.RED,
            reasons=(
                reason("depth.too_deep", remedy=reason("depth.would_reach", limit_m=90), depth_m=120, limit_m=90),
            ),
        ),
        GateResult(gate=Gate.SEA, verdict=Verdict.UNKNOWN, reasons=(reason("sea.unknown"),)),
    ),
)

RESPONSE = Response(
    case_id="drill-1",
    survival=SurvivalWindow(p10_h=48.04, p50_h=61.26, p90_h=75.55, limiting="carbon_dioxide", hours_per_pod=4.21),
    escape=EscapeAdvice(verdict=Verdict.GREEN, reasons=(reason("escape.feasible", depth_m=120, limit_m=180),)),
    options=(FLY, TOO_DEEP),
)
