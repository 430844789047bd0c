"""Gates say yes, doubt, no or not known, with the values that they compared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import InterventionSystem, RescueSystem
from subrescue.domain.case import Case
from subrescue.domain.mates import Mate
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.domain.submarines import SubmarineClass, combined_angle_deg
from subrescue.exchange.wording import say
from subrescue.planning.gates.gates_chain import capacity_gate
from subrescue.planning.gates.scene_gates import scene_gates
from subrescue.planning.survival.coming_up import escape_advice
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import rov

NATO_BOAT = SubmarineClass(id="boat", name="Boat", nations=("NO",), rescue_seat="stanag_1297", escape_depth_m=180)
ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3}


def a_vehicle(**fields: Any) -> RescueSystem:
    known = {
        "id": "gb-srv",
        "name": "SRV",
        "nations": ["GB"],
        "vehicle_type": "free_srv",
        "status": "active",
        "status_date": "2025",
        "min_depth_m": 20,
        "max_depth_m": 610,
        "mating_angle_deg": 60,
        "launch_wave_height_m": 5,
        "pressure_limit_bar": 6,
        "transfer_under_pressure": True,
        "rescue_seats": ["stanag_1297"],
        **fields,
    }
    return RescueSystem.model_validate({key: value for key, value in known.items() if value is not None})


def a_case(environment: dict[str, Any] | None = None, offers: Any = (), **dissub: Any) -> Case:
    known = {
        "name": "Exercise boat",
        "nation": "NO",
        "fix": {"position": {"lat_deg": 66.0, "lon_deg": 8.0}},
        "depth_m": 200.0,
        "list_deg": 10,
        "trim_deg": 5,
        "pressure_bar": 1.0,
        **dissub,
    }
    return Case.model_validate(
        {
            "id": "x",
            "title": "X",
            "kind": "exercise",
            "alert": "2026-11-01T12:00:00Z",
            "dissub": known,
            "environment": {"wave_height_m": 1.5, "current_kn": 0.5, "visibility_m": 5, **(environment or {})},
            "offers": list(offers),
        }
    )


def gate(
    name: Gate, vehicle: Any = None, case: Case | None = None, boat: SubmarineClass | None = NATO_BOAT
) -> GateResult:
    results = scene_gates(vehicle or a_vehicle(), case or a_case(), boat, load_assumptions())
    return next(result for result in results if result.gate is name)


def test_another_seat_stated_for_this_boat_weighs_more_than_what_its_class_showed() -> None:
    assert seat_by(a_mate("no"), rescue_seat="russian").reasons[0].id == "seat.match_not_surveyed"
    assert seat_by(a_mate("no"), rescue_seat="stanag_1297").reasons[0].id == "seat.does_not_mate"


PACT = {"id": "pact", "name": "Pact of 2020", "nations": ["GB", "NO"], "signed": "2020"}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("in_force", ["permission.not_asked", "permission.agreement", "permission.accept_takes"]),
        (
            "ended",
            [
                "permission.not_asked",
                "permission.no_agreement",
                "permission.accept_takes",
                "permission.may_be_put_off",
            ],
        ),
        ("suspended", ["permission.not_asked", "permission.suspended", "permission.accept_takes"]),
    ],
)
def test_an_agreement_in_force_is_told_where_permission_is_still_to_be_had(state: str, told: list[str]) -> None:
    pact = Agreement.model_validate({**PACT, "state": state, "ended": None if state == "in_force" else "2022-02"})
    results = scene_gates(a_vehicle(), a_case(), NATO_BOAT, load_assumptions(), agreements=(pact,))
    permission = next(result for result in results if result.gate is Gate.PERMISSION)
    assert permission.verdict is Verdict.AMBER  # an agreement is no order
    assert [why.id for why in permission.reasons] == told


def test_an_agreement_holds_from_its_signing_until_its_end() -> None:
    pact = Agreement.model_validate({**PACT, "state": "suspended", "ended": "2022-02"})

    def told(alert: str) -> list[str]:
        case = a_case().model_copy(update={"alert": datetime.fromisoformat(alert)})
        results = scene_gates(a_vehicle(), case, NATO_BOAT, load_assumptions(), agreements=(pact,))
        permission = next(result for result in results if result.gate is Gate.PERMISSION)
        return [why.id for why in permission.reasons[1:2]]  # the others say how long acceptance is planned to take

    assert told("2019-12-31T00:00:00Z") == ["permission.no_agreement"]
    assert told("2021-05-01T00:00:00Z") == ["permission.agreement"]
    assert told("2022-02-01T00:00:00Z") == ["permission.suspended"]


@pytest.mark.parametrize(
    ("depth_m", "verdict", "message"),
    [
        (None, Verdict.UNKNOWN, "depth.dissub_unknown"),
        (10, Verdict.RED, "depth.too_shallow"),
        (549, Verdict.GREEN, "depth.within"),  # 0.9 * 610 m
        (550, Verdict.AMBER, "depth.near_limit"),
        (611, Verdict.RED, "depth.too_deep"),
    ],
)
def test_depth_is_held_against_both_limits_of_the_vehicle(depth_m: float, verdict: Verdict, message: str) -> None:
    result = gate(Gate.DEPTH, case=a_case(depth_m=depth_m))
    assert (result.verdict, result.reasons[0].id) == (verdict, message)


def test_a_crushed_hull_beyond_the_limit_of_the_vehicle_is_too_deep_first() -> None:
    assert gate(Gate.DEPTH, case=a_case(depth_m=2500)).reasons[0].id == "depth.too_deep"
    shallow = gate(Gate.DEPTH, case=a_case(depth_m=400, hull_crushed=True))
    assert (shallow.verdict, [why.id for why in shallow.reasons]) == (Verdict.RED, ["survival.hull_crushed"])


def test_an_unknown_depth_limit_is_unknown_never_no() -> None:
    result = gate(Gate.DEPTH, a_vehicle(max_depth_m=None))
    assert result.verdict is Verdict.UNKNOWN
    assert result.reasons[0].values == {"nation": "GB"}


@pytest.mark.parametrize(
    ("confidence", "depth_m", "verdict", "words"),
    [
        ("low", 205.0, Verdict.UNKNOWN, "sources of which none is sure; another source says 300 m: ask GB"),
        ("medium", 205.0, Verdict.RED, "would reach a DISSUB above 120 m; another source says 300 m: ask GB"),
        ("low", 305.0, Verdict.RED, "DISSUB at 305 m, limit 120 m; would reach a DISSUB above 120 m"),
        ("low", 100.0, Verdict.GREEN, "DISSUB at 100 m, limit 120 m"),
    ],
)
def test_a_limit_of_which_sources_differ_asks_the_owner(
    confidence: str, depth_m: float, verdict: Verdict, words: str
) -> None:
    said = [
        {"source": "S67", "confidence": "low", "value": 300},
        {"source": "MEM", "confidence": confidence},
        {"source": "S44", "confidence": "high", "value": 90},
    ]
    chamber = a_vehicle(max_depth_m=120, evidence={"max_depth_m": said})
    found = gate(Gate.DEPTH, chamber, a_case(depth_m=depth_m))
    assert found.verdict is verdict
    assert say(found.reasons[0]).endswith(words)


def test_a_depth_beyond_the_limit_names_the_depth_that_would_do() -> None:
    why = gate(Gate.DEPTH, case=a_case(depth_m=838)).reasons[0]
    assert why.values == {"depth_m": 838, "limit_m": 610}
    assert why.remedy is not None
    assert why.remedy.values == {"limit_m": 610}


@pytest.mark.parametrize(
    ("seat", "fits", "verdict"),
    [
        ("stanag_1297", ["stanag_1297"], Verdict.GREEN),
        ("russian", ["stanag_1297"], Verdict.RED),
        ("none", ["stanag_1297"], Verdict.RED),
        (None, ["stanag_1297"], Verdict.UNKNOWN),
        ("stanag_1297", None, Verdict.UNKNOWN),
    ],
)
def test_a_rescue_seat_has_to_match_the_skirt(seat: str | None, fits: list[str] | None, verdict: Verdict) -> None:
    boat = NATO_BOAT.model_copy(update={"rescue_seat": seat})
    assert gate(Gate.SEAT, a_vehicle(rescue_seats=fits), boat=boat).verdict is verdict


def a_mate(state: str, **known: Any) -> Mate:
    return Mate(id="cell", name="Cell", rescue_system="gb-nsrs", submarine_class="boat", state=state, **known)


def seat_by(mate: Mate, **dissub: Any) -> GateResult:
    results = scene_gates(a_vehicle(rescue_seats=["russian"]), a_case(**dissub), NATO_BOAT, load_assumptions(), mate)
    return next(result for result in results if result.gate is Gate.SEAT)


@pytest.mark.parametrize(
    ("state", "verdict", "message"),
    [
        ("demonstrated", Verdict.GREEN, "seat.demonstrated"),
        ("by_drawing", Verdict.AMBER, "seat.by_drawing"),
        ("no", Verdict.RED, "seat.does_not_mate"),
        ("unknown", Verdict.RED, "seat.no_match"),  # names of seats decide where the matrix does not
    ],
)
def test_what_was_shown_at_sea_weighs_more_than_the_names_of_seats(state: str, verdict: Verdict, message: str) -> None:
    found = seat_by(a_mate(state, submarine="Uthaug", date="2008"))
    assert (found.verdict, found.reasons[0].id) == (verdict, message)


def test_a_mate_shown_at_sea_is_told_with_boat_and_date_and_that_this_seat_was_not_seen() -> None:
    demonstrated, not_seen = seat_by(a_mate("demonstrated", submarine="Uthaug", date="2008")).reasons
    assert demonstrated.values == {"shown": "Uthaug, 2008"}
    assert not_seen.id == "seat.not_surveyed"
    (alone,) = seat_by(a_mate("demonstrated"), seat_usable=True).reasons
    assert alone.id == "seat.demonstrated_once"


def test_a_damaged_seat_is_no_go_whatever_was_shown_before() -> None:
    assert seat_by(a_mate("demonstrated"), seat_usable=False).reasons[0].id == "seat.damaged"
    assert seat_by(a_mate("demonstrated"), rescue_seat="none").reasons[0].id == "seat.none"


def test_list_and_trim_combine_on_the_sphere() -> None:
    assert combined_angle_deg(60, 0) == pytest.approx(60)
    assert combined_angle_deg(45, 45) == pytest.approx(60)  # cos 45 * cos 45 = 1/2
    assert gate(Gate.ATTITUDE, case=a_case(list_deg=50, trim_deg=40)).verdict is Verdict.RED  # 60.5 degrees
    assert gate(Gate.ATTITUDE, case=a_case(list_deg=None, trim_deg=None)).verdict is Verdict.UNKNOWN


def test_an_angle_that_is_the_limit_itself_is_no_more_than_it() -> None:
    """acos(cos 40 degrees) is 40.00000000000001."""
    for deg in range(5, 90):
        found = gate(Gate.ATTITUDE, a_vehicle(mating_angle_deg=deg), a_case(list_deg=0, trim_deg=deg))
        assert found.verdict is Verdict.GREEN, deg


@pytest.mark.parametrize("known", [{"list_deg": 2, "trim_deg": None}, {"list_deg": None, "trim_deg": 2}])
def test_half_of_the_attitude_is_no_level_boat_for_a_vehicle_without_a_known_limit(known: dict[str, Any]) -> None:
    vehicle = a_vehicle(mating_angle_deg=None)
    found = gate(Gate.ATTITUDE, vehicle, a_case(**known))
    assert (found.verdict, found.reasons[0].id) == (Verdict.UNKNOWN, "attitude.half_known_limit_unknown")
    assert gate(Gate.ATTITUDE, vehicle, a_case(list_deg=2, trim_deg=2)).verdict is Verdict.GREEN


def test_a_compartment_of_which_no_pressure_is_known_is_not_one_without_pressure() -> None:
    def found(**dissub: Any) -> GateResult:
        spaces = [
            {"name": "forward", "people": 9, "pressure_bar": 1.0},
            {"name": "after", "people": dissub.pop("people", 4)},
        ]
        return gate(Gate.PRESSURE, case=a_case(**{"pressure_bar": None, "compartments": spaces, **dissub}))

    assert (found().verdict, [why.id for why in found().reasons]) == (
        Verdict.UNKNOWN,
        ["pressure.low", "pressure.elsewhere_unknown"],
    )
    assert found().reasons[1].values == {"spaces": "after"}
    assert found(people=0).verdict is Verdict.GREEN
    assert found(pressure_bar=1.0).verdict is Verdict.GREEN


@pytest.mark.parametrize(("depth_m", "verdict"), [(12, Verdict.AMBER), (25, Verdict.GREEN)])
def test_near_the_surface_a_vehicle_of_unknown_least_depth_is_doubted(depth_m: float, verdict: Verdict) -> None:
    found = gate(Gate.DEPTH, a_vehicle(min_depth_m=None), a_case(depth_m=depth_m))
    assert found.verdict is verdict
    assert (found.reasons[0].id == "depth.least_unknown") is (verdict is Verdict.AMBER)


def test_no_rov_is_said_to_work_in_any_current() -> None:
    rov = InterventionSystem(id="rov", name="ROV", nations=("GB",), intervention_kind="rov", max_depth_m=1000)
    for current_kn, verdict in ((1.0, Verdict.GREEN), (4.0, Verdict.AMBER)):
        assert gate(Gate.CURRENT, rov, a_case({"current_kn": current_kn})).verdict is verdict
    surely = rov.model_copy(update={"current_limit_kn": 2.0})
    assert gate(Gate.CURRENT, surely, a_case({"current_kn": 4.0})).verdict is Verdict.RED


def test_pressure_above_1_7_bar_needs_transfer_under_pressure() -> None:
    case = a_case(pressure_bar=3.0)
    assert gate(Gate.PRESSURE, case=case).verdict is Verdict.GREEN
    assert gate(Gate.PRESSURE, a_vehicle(transfer_under_pressure=False), case).verdict is Verdict.RED
    assert gate(Gate.PRESSURE, a_vehicle(transfer_under_pressure=None), case).verdict is Verdict.UNKNOWN
    assert gate(Gate.PRESSURE, case=a_case(pressure_bar=6.5)).verdict is Verdict.RED


def test_a_nation_that_declined_is_red_and_the_own_nation_is_green() -> None:
    declined = a_case(offers=[{"asset": "gb-srv", "state": "declined"}])
    assert gate(Gate.PERMISSION, case=declined).verdict is Verdict.RED
    assert gate(Gate.PERMISSION, case=a_case()).verdict is Verdict.AMBER
    assert gate(Gate.PERMISSION, a_vehicle(nations=["GB", "FR", "NO"])).verdict is Verdict.GREEN


def test_a_status_grown_old_turns_to_doubt() -> None:
    assert gate(Gate.AVAILABILITY, a_vehicle(status_date="2020-05")).verdict is Verdict.AMBER
    # An old workspace may hold any text as a date.
    assert gate(Gate.AVAILABILITY, a_vehicle(status_date="03/04/2025")).verdict is Verdict.AMBER
    assert gate(Gate.AVAILABILITY, a_vehicle(status="unknown", status_date=None)).verdict is Verdict.UNKNOWN
    assert gate(Gate.AVAILABILITY, a_vehicle(status="withdrawn")).verdict is Verdict.RED


def test_a_parachute_group_helps_where_people_can_come_up() -> None:
    group = InterventionSystem(id="gb-spag", name="SPAG", nations=("GB",), intervention_kind="parachute_group")
    assert gate(Gate.DEPTH, group, a_case(depth_m=180)).verdict is Verdict.GREEN
    too_deep = gate(Gate.DEPTH, group, a_case(depth_m=220))
    assert (too_deep.verdict, [why.id for why in too_deep.reasons]) == (Verdict.RED, ["depth.nobody_comes_up"])
    assert too_deep.reasons[0].remedy is not None
    assert too_deep.reasons[0].remedy.id == "depth.would_help"
    assert gate(Gate.DEPTH, group, a_case(depth_m=2560)).verdict is Verdict.RED
    assert gate(Gate.DEPTH, group, a_case(depth_m=None)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("kind", ["parachute_group", "life_support_stores"])
def test_what_works_on_the_surface_asks_for_no_current_at_the_seat(kind: str) -> None:
    above = InterventionSystem(id="above", name="Above", nations=("GB",), intervention_kind=kind)
    unknown = a_case({"current_kn": None})
    assert gate(Gate.CURRENT, above, unknown).verdict is Verdict.GREEN
    divers = InterventionSystem(id="divers", name="Divers", nations=("GB",), intervention_kind="saturation_divers")
    assert gate(Gate.CURRENT, divers, unknown).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("wind_kn", "verdict", "told"),
    [
        (None, Verdict.UNKNOWN, "sea.wind_unknown"),
        (25.0, Verdict.AMBER, "sea.wind_over"),
        (12.0, Verdict.GREEN, "sea.wind_within"),
    ],
)
def test_who_jumps_waits_for_the_wind_and_launches_nothing(wind_kn: float | None, verdict: Verdict, told: str) -> None:
    group = InterventionSystem(id="gb-spag", name="SPAG", nations=("GB",), intervention_kind="parachute_group")
    found = gate(Gate.SEA, group, a_case({"wind_kn": wind_kn, "wave_height_m": 2.5}))
    assert (found.verdict, [why.id for why in found.reasons]) == (verdict, [told])


def test_escape_is_possible_at_43_m_and_not_at_200_m() -> None:
    assumptions = load_assumptions()
    assert escape_advice(a_case(depth_m=43), NATO_BOAT, assumptions).verdict is Verdict.GREEN
    assert escape_advice(a_case(depth_m=43), None, assumptions).verdict is Verdict.AMBER
    assert escape_advice(a_case(depth_m=200), NATO_BOAT, assumptions).verdict is Verdict.RED


@given(depth_m=st.floats(20, 900), deeper_m=st.floats(0, 500))
def test_a_deeper_dissub_never_makes_a_vehicle_more_able(depth_m: float, deeper_m: float) -> None:
    assumed = load_assumptions()

    def rank(depth: float) -> int:
        results = scene_gates(a_vehicle(), a_case(depth_m=depth), NATO_BOAT, assumed)
        return max(ORDER[result.verdict] for result in results if result.gate is Gate.DEPTH)

    assert rank(depth_m + deeper_m) >= rank(depth_m)


def test_pods_need_somebody_who_takes_them_down() -> None:
    pods = rov(intervention_kind="life_support_stores", max_depth_m=None)
    depth = gate(Gate.DEPTH, pods, a_case(depth_m=900))
    assert (depth.verdict, depth.reasons[0].id) == (Verdict.AMBER, "depth.pods_need_hands")
    assert depth.reasons[0].values == {"depth_m": 900.0}


def test_half_a_metre_of_visibility_is_not_told_as_none() -> None:
    result = gate(Gate.VISIBILITY, case=a_case({"visibility_m": 0.5}))
    assert say(result.reasons[0]) == "visibility 0.5 m, doubtful below 2 m without an ROV survey"


@pytest.mark.parametrize(("rescued", "verdict"), [(26.6, Verdict.GREEN), (26.4, Verdict.AMBER)])
def test_who_reads_27_of_30_is_not_told_that_it_lacks_some(rescued: float, verdict: Verdict) -> None:
    found = capacity_gate(30, 16, rescued)
    assert found.verdict is verdict
    assert say(found.reasons[0]).startswith(f"{round(rescued)} of 30 expected in time")


@pytest.mark.parametrize("unsaid", [None, "entangled", "weapons_damaged", "radiation", "ice"])
def test_no_hazard_is_said_only_where_each_has_been_denied(unsaid: str | None) -> None:
    denied = {"entangled": False, "weapons_damaged": False, "radiation": False, "ice": False}
    stated = {name: value for name, value in denied.items() if name != unsaid}
    ice = {"ice": stated.pop("ice", None)}
    found = gate(Gate.HAZARDS, a_vehicle(), a_case(ice, **stated))
    assert found.verdict is Verdict.GREEN
    assert [why.id for why in found.reasons] == ["hazards.none" if unsaid is None else "hazards.none_known"]
