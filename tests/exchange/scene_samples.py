"""A response by hand with compartments, an escape, stores before a rescue and its dives."""

from __future__ import annotations

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import (
    CompartmentWindow,
    EscapeAdvice,
    Limit,
    PeopleOut,
    Response,
    SurfaceSurvival,
    SurvivalWindow,
    TracePoint,
    Verdict,
)
from subrescue.domain.store_pair import StorePair
from subrescue.domain.treatment import Treatment, TreatmentPlace
from tests.exchange.samples import FLY, band

FORWARD = CompartmentWindow(
    name="forward",
    people=12,
    p10_h=48.0,
    p50_h=61.26,
    p90_h=75.5,
    limiting="power",
    limits=(
        Limit(name="power", p10_h=48.0, p50_h=61.26, p90_h=75.5),
        Limit(name="fire_gases"),
        Limit(name="oxygen", p10_h=80.0, p50_h=90.0, p90_h=99.0),
    ),
    co2_percent=(TracePoint(at_h=0.0, value=0.5), TracePoint(at_h=61.26, value=3.004)),
    decompression_h=band(14.0),
    reasons=(reason("survival.volume_unknown", compartment="forward"),),
)
AFTER = CompartmentWindow(name="after", p10_h=70.0, p50_h=80.0, p90_h=90.0, limiting="prior")
WINDOW = SurvivalWindow(p10_h=48.0, p50_h=61.26, p90_h=75.5, limiting="power", compartments=(FORWARD, AFTER))
ESCAPE = EscapeAdvice(
    verdict=Verdict.GREEN,
    reasons=(reason("escape.feasible", depth_m=120, limit_m=180),),
    all_out_h=band(2.6, 0.2),
    surface=(
        SurfaceSurvival(gear="suit_and_raft", lives_h=band(46, 10), probability_until_help=0.996),
        SurfaceSurvival(gear="lifejacket", lives_h=band(2.7, 0.5)),
    ),
    help_id="gb-spag",
    help="SPAG",
    help_h=band(21),
    probability_help_first=1.0,
)
PAIR = StorePair(
    first_id="gb-pods",
    first="ELSS pods",
    pods=3,
    pods_assumed=True,
    posted_h=band(40),
    bought_h=18.2,
    survival_h=band(79),
    second_id="se-urf",
    second="URF",
    probability_before=0.56,
    probability_after=0.97,
    rescued_before=11.8,
    rescued_after=20.2,
)
DIVES = (
    PeopleOut(dive=1, people=12, total=12, out_h=band(60), probability_in_time=0.9),
    PeopleOut(dive=2, people=9, total=21, out_h=band(66), probability_in_time=0.5),
)
TREATMENT = Treatment(
    people=26,
    pressed=11,
    ship="Belos",
    places=(
        TreatmentPlace(
            unit_id="no-haukeland",
            name="Haukeland",
            nations=("NO",),
            place=Place(name="Bergen", position=Position(lat_deg=60.37, lon_deg=5.36)),
            distance_nm=190.4,
            flight_h=band(1.4, 0.1),
            port=Place(name="Bergen quay", position=Position(lat_deg=60.4, lon_deg=5.3)),
            sea_nm=231.26,
            sea_h=band(22, 2),
            beds=900,
        ),
        TreatmentPlace(
            unit_id="gb-chambers",
            name="Chambers",
            nations=("GB",),
            place=Place(name="Devonport", position=Position(lat_deg=50.4, lon_deg=-4.2)),
            distance_nm=640.0,
            reasons=(reason("treatment.moves_after", hours=6.0),),
        ),
    ),
    reasons=(reason("treatment.no_flight", people=11, bar=2.1, hours=14.0),),
)
RESPONSE = Response(
    case_id="drill-1",
    survival=WINDOW,
    escape=ESCAPE,
    store_pairs=(PAIR,),
    treatment=TREATMENT,
    options=(FLY.model_copy(update={"people_out": DIVES}),),
)
