"""A small response made by hand, and a planner that answers at once, for tests of the window."""

from __future__ import annotations

from subrescue.desktop.case.plan_service import Resources
from subrescue.domain.airlift import Airlift, Place
from subrescue.domain.assets import RescueSystem
from subrescue.domain.assets.base import Berth
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumption, Assumptions, Band, Pert
from subrescue.domain.reasons import reason
from subrescue.domain.registry import Registry
from subrescue.domain.response import (
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
from subrescue.domain.submarines import SubmarineClass

CASE = Case.model_validate(
    {
        "id": "drill",
        "title": "Drill",
        "kind": "exercise",
        "alert": "2026-11-23T06:00:00Z",
        "dissub": {
            "name": "Boat",
            "nation": "NO",
            "depth_m": 255.125,
            "people_aboard": 21,
            "fix": {"position": {"lat_deg": 64.50001, "lon_deg": 7.50002}, "error_radius_nm": 0.5},
        },
        "environment": {"wave_height_m": 2},
    }
)
PORT = Place(name="Trondheim", position=Position(lat_deg=63.43, lon_deg=10.4))
FIELD = Place(name="Trondheim Vaernes", code="ENVA", position=Position(lat_deg=63.46, lon_deg=10.92))
HOME = Place(name="Prestwick", code="EGPK", position=Position(lat_deg=55.51, lon_deg=-4.59))


def band(p50: float) -> Band:
    return Band(p10=p50 * 0.9, p50=p50, p90=p50 * 1.3)


def span(phase: PhaseName, start: float, end: float, **more: object) -> PhaseSpan:
    return PhaseSpan.model_validate({"phase": phase, "start_h": band(start), "end_h": band(end), **more})


def flown(case: Case) -> Option:
    """First rescue at 30 h and a tenth of an hour a metre of depth: a test sees which case was planned."""
    depth_h = (case.dissub.depth_m or 0.0) / 10.0
    first = 30.0 + depth_h
    datum = Place(name="Datum", position=case.dissub.fix.position)
    return Option(
        asset_id="gb-nsrs",
        name="NSRS",
        nations=("GB", "FR", "NO"),
        kind="rescue_system",
        mode=Mode.FLY_AWAY,
        verdict=Verdict.GREEN,
        gates=(
            GateResult(
                gate=Gate.DEPTH, verdict=Verdict.GREEN, reasons=(reason("depth.within", depth_m=255, limit_m=610),)
            ),
        ),
        phases=(
            span(PhaseName.RECALL, 0, 8, critical=True),
            span(PhaseName.FLIGHT, 8, 10, origin=HOME, destination=FIELD, carrier="C-17A (RAF)", distance_nm=612.0),
            span(PhaseName.SHIP_TO_PORT, 0, 12),
            span(PhaseName.TRANSIT, 20, first, origin=PORT, destination=datum, distance_nm=99.0),
        ),
        via=Via(apoe=HOME, apod=FIELD, spod=PORT, ship="Ship"),
        airlift=Airlift(
            fleet_id="gb-c17", aircraft="C-17A (RAF)", aircraft_count=2, sorties=5, flight_nm=612, flight_h=1.6
        ),
        time_to_intervention_h=band(first - 4),
        time_to_first_rescue_h=band(first),
        time_to_last_rescue_h=band(first + 12),
        probability_in_time=0.87,
        probability_all_in_time=0.6,
        expected_rescued=18.2,
        limiting_factor=reason("permission.not_asked"),
        unknowns=(reason("attitude.dissub_unknown"),),
        weakest_fact="mating_angle_deg",
    )


BELL = Option(
    asset_id="xx-bell",
    name="<Bell>",
    nations=("XX",),
    kind="rescue_system",
    verdict=Verdict.RED,
    gates=(
        GateResult(
            gate=Gate.DEPTH,
            verdict=Verdict.RED,
            reasons=(
                reason("depth.too_deep", remedy=reason("depth.would_reach", limit_m=90), depth_m=255, limit_m=90),
            ),
        ),
    ),
)


def response(case: Case = CASE) -> Response:
    return Response(
        case_id=case.id,
        survival=SurvivalWindow(p10_h=48.0, p50_h=61.3, p90_h=75.6, limiting="carbon_dioxide", hours_per_pod=4.2),
        escape=EscapeAdvice(verdict=Verdict.RED, reasons=(reason("escape.too_deep", depth_m=255, limit_m=180),)),
        options=(flown(case), BELL),
    )


FIT_OUT = Assumption(
    key="fit_out.certified_h",
    title="Fit-out of a certified ship",
    unit="h",
    value=Pert(min=8, mode=12, max=24),
    high=200,
    source="ASSUME",
    confidence="low",
)
RESOURCES = Resources(
    Registry(
        rescue_systems={
            "gb-nsrs": RescueSystem.model_validate(
                {
                    "id": "gb-nsrs",
                    "name": "NSRS",
                    "nations": ("GB",),
                    "vehicle_type": "free_srv",
                    "base": Berth(name="Faslane", position=Position(lat_deg=56.07, lon_deg=-4.82)),
                }
            )
        },
        submarine_classes={"ula": SubmarineClass(id="ula", name="Ula", nations=("NO",), crew=21, escape_depth_m=180)},
    ),
    Assumptions(items={FIT_OUT.key: FIT_OUT}),
    None,
)


def load() -> Resources:
    return RESOURCES


def answer(case: Case, _: Resources, samples: int) -> Response:
    return response(case)
