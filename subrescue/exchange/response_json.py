"""Writes a response as JSON for other programs, in the shape of `response_format`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from subrescue.domain.airlift import Airlift, Place, Sortie
from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.reasons import Reason
from subrescue.domain.response import (
    Alternative,
    ChamberShip,
    EscapeAdvice,
    GateResult,
    Option,
    PhaseSpan,
    Response,
    SeaWay,
    SurvivalWindow,
    Via,
)
from subrescue.domain.sent import Held, Sent
from subrescue.domain.treatment import Treatment, TreatmentPlace
from subrescue.exchange import response_format as out
from subrescue.exchange import scene_json as scene
from subrescue.exchange.airlift_plan import as_told
from subrescue.exchange.format_parts import PlaceOut, ReasonOut
from subrescue.exchange.json_text import json_text
from subrescue.exchange.languages import told
from subrescue.exchange.numbers import tenth, thousandth
from subrescue.exchange.scene_json import certain_band, optional_band
from subrescue.exchange.via import carried_by
from subrescue.exchange.wording import say, say_all


def banner(case: Case) -> str:
    """EXERCISE or REAL: stands on every product for other programs, whatever is spoken."""
    return case.kind.value.upper()


def banner_words(case: Case) -> str:
    """EXERCISE or REAL in the language that is spoken: stands on every product that people read."""
    return told(banner(case))


def response_to_dict(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> dict[str, Any]:
    """The response as plain data, as `resources/schemas/response.schema.json` describes it.

    `doubts` are what `check_case` finds doubtful in the case.
    """
    data: dict[str, Any] = response_file(response, case, doubts).model_dump(mode="json", by_alias=True)
    return data


def response_to_json(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> str:
    """The response as JSON text."""
    return json_text(response_to_dict(response, case, doubts))


def response_file(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> out.ResponseOut:
    """The response in the shape of the file."""
    return out.ResponseOut(
        banner=banner(case),
        case=_case(case),
        survival=_survival(response.survival),
        escape=_escape(response.escape),
        store_pairs=tuple(scene.store_pair(pair) for pair in response.store_pairs),
        treatment=None if response.treatment is None else _treatment(response.treatment),
        doubts=tuple(map(out.DoubtOut.of, doubts)),
        findings=_reasons(response.findings),
        together=tuple(sent_out(one) for one in response.together),
        first_orders=tuple(order_out(order) for order in response.first_orders),
        options=tuple(_option(option, rank) for rank, option in enumerate(response.options, start=1)),
    )


def _treatment(treatment: Treatment) -> out.TreatmentOut:
    return out.TreatmentOut(
        people=treatment.people,
        pressed=treatment.pressed,
        ship=treatment.ship,
        places=tuple(_treatment_place(place) for place in treatment.places),
        reasons=_reasons(treatment.reasons),
    )


def _treatment_place(one: TreatmentPlace) -> out.TreatmentPlaceOut:
    return out.TreatmentPlaceOut(
        unit_id=one.unit_id,
        name=one.name,
        nations=one.nations,
        place=_known_place(one.place),
        distance_nm=round(one.distance_nm, 1),
        flight_h=optional_band(one.flight_h),
        port=_place(one.port),
        sea_nm=tenth(one.sea_nm),
        sea_h=optional_band(one.sea_h),
        chamber_places=one.chamber_places,
        beds=one.beds,
        reasons=_reasons(one.reasons),
    )


def _case(case: Case) -> out.CaseOut:
    dissub = case.dissub
    return out.CaseOut(
        id=case.id,
        title=case.title,
        kind=case.kind,
        alert=case.alert,
        dissub=out.DissubOut(
            name=dissub.name,
            nation=dissub.nation,
            class_id=dissub.class_id,
            plight=dissub.plight,
            lat_deg=dissub.fix.position.lat_deg,
            lon_deg=dissub.fix.position.lon_deg,
            error_radius_nm=dissub.fix.error_radius_nm,
            depth_m=dissub.depth_m,
            people_aboard=dissub.people_aboard,
            survivors=dissub.survivors,
        ),
    )


def _survival(window: SurvivalWindow) -> out.SurvivalOut:
    return out.SurvivalOut(
        p10_h=tenth(window.p10_h),
        p50_h=tenth(window.p50_h),
        p90_h=tenth(window.p90_h),
        limiting=window.limiting,
        hours_per_pod=tenth(window.hours_per_pod),
        reasons=_reasons(window.reasons),
        compartments=tuple(scene.compartment(space, _reasons(space.reasons)) for space in window.compartments),
    )


def _escape(advice: EscapeAdvice | None) -> out.EscapeOut | None:
    return None if advice is None else scene.escape(advice, say_all(advice.reasons), _reasons(advice.reasons))


def _option(option: Option, rank: int) -> out.OptionOut:
    limit = option.limiting_factor
    return out.OptionOut(
        rank=rank,
        asset_id=option.asset_id,
        name=option.name,
        nations=option.nations,
        kind=option.kind,
        mode=option.mode,
        verdict=option.verdict,
        gates=tuple(_gate(gate) for gate in option.gates),
        phases=tuple(_phase(phase) for phase in option.phases),
        via=_via(option.via),
        airlift=_airlift(as_told(option)),
        chamber_ship=_chamber_ship(option.chamber_ship),
        sea_nm=tenth(option.sea_nm),
        time_to_intervention_h=optional_band(option.time_to_intervention_h),
        time_to_first_rescue_h=optional_band(option.time_to_first_rescue_h),
        time_to_last_rescue_h=optional_band(option.time_to_last_rescue_h),
        probability_in_time=thousandth(option.probability_in_time),
        probability_all_in_time=thousandth(option.probability_all_in_time),
        expected_rescued=tenth(option.expected_rescued),
        limiting_factor=say(limit) if limit is not None else None,
        limiting_factor_id=limit.id if limit is not None else None,
        critical_path=option.critical_path,
        unknowns=_reasons(option.unknowns),
        weakest_fact=option.weakest_fact,
        weakest_confidence=option.weakest_evidence.confidence if option.weakest_evidence else None,
        weakest_source=option.weakest_evidence.source if option.weakest_evidence else None,
        people_out=tuple(scene.people_out(dive) for dive in option.people_out),
        alternatives=tuple(_alternative(option, alternative) for alternative in option.alternatives),
        notes=_reasons(option.notes),
    )


def _gate(gate: GateResult) -> out.GateOut:
    return out.GateOut(
        gate=gate.gate, verdict=gate.verdict, reason=say_all(gate.reasons), reasons=_reasons(gate.reasons)
    )


def _phase(phase: PhaseSpan) -> out.PhaseOut:
    return out.PhaseOut(
        phase=phase.phase,
        start_h=certain_band(phase.start_h),
        end_h=certain_band(phase.end_h),
        origin=_place(phase.origin),
        destination=_place(phase.destination),
        carrier=carried_by(phase.carrier) or None,
        distance_nm=tenth(phase.distance_nm),
        critical=phase.critical,
        assumption=phase.assumption,
        sea=_sea(phase.sea),
        length_h=optional_band(phase.length_h),
        slack_h=tenth(phase.slack_h),
        critical_share=thousandth(phase.critical_share),
    )


def _sea(sea: SeaWay | None) -> out.SeaOut | None:
    if sea is None:
        return None
    return out.SeaOut(
        speed_kn=sea.speed_kn,
        factor=round(sea.factor, 3),
        canal_h=round(sea.canal_h, 1),
        passages=sea.passages,
        closed=sea.closed,
        reasons=_reasons(sea.reasons),
    )


def _via(via: Via) -> out.ViaOut:
    return out.ViaOut(
        apoe=_place(via.apoe),
        stops=tuple(place for stop in via.stops if (place := _place(stop)) is not None),
        apod=_place(via.apod),
        spod=_place(via.spod),
        ship=via.ship,
        ship_id=via.ship_id,
    )


def _airlift(airlift: Airlift | None) -> out.AirliftOut | None:
    if airlift is None:
        return None
    return out.AirliftOut(
        aircraft=airlift.aircraft,
        fleet_id=airlift.fleet_id,
        aircraft_count=airlift.aircraft_count,
        sorties=airlift.sorties,
        payload_t=tenth(airlift.payload_t),
        flight_nm=round(airlift.flight_nm, 1),
        flight_h=round(airlift.flight_h, 1),
        first_item_h=tenth(airlift.first_item_h),
        critical_item_h=tenth(airlift.critical_item_h),
        last_item_h=tenth(airlift.last_item_h),
        fleets=tuple(
            out.FleetOut(
                fleet_id=one.fleet_id,
                fleet=one.fleet,
                aircraft=one.aircraft,
                aircraft_count=one.aircraft_count,
                sorties=one.sorties,
                payload_t=round(one.payload_t, 1),
            )
            for one in airlift.fleets
        ),
        timetable=tuple(_sortie(one) for one in airlift.timetable),
    )


def _chamber_ship(second: ChamberShip | None) -> out.ChamberShipOut | None:
    if second is None:
        return None
    return out.ChamberShipOut(
        ship=second.ship,
        ship_id=second.ship_id,
        places=second.places,
        arrives_h=round(second.arrives_h, 1),
        needed=second.needed,
    )


def _sortie(sortie: Sortie) -> out.SortieOut:
    return out.SortieOut(
        number=sortie.number,
        fleet=sortie.fleet,
        fleet_id=sortie.fleet_id,
        aircraft=sortie.aircraft,
        pieces=sortie.pieces,
        loader=sortie.loader,
        load_t=tenth(sortie.load_t),
        critical=sortie.critical,
        origin=_place(sortie.origin),
        stops=tuple(place for stop in sortie.stops if (place := _place(stop)) is not None),
        destination=_place(sortie.destination),
        load_from_h=round(sortie.load_from_h, 1),
        airborne_h=round(sortie.airborne_h, 1),
        landed_h=round(sortie.landed_h, 1),
        offload_from_h=round(sortie.offload_from_h, 1),
        offloaded_h=round(sortie.offloaded_h, 1),
    )


def _alternative(option: Option, alternative: Alternative) -> out.AlternativeOut:
    return out.AlternativeOut(
        mode=alternative.mode,
        verdict=alternative.verdict,
        via=_via(alternative.via),
        airlift=_airlift(alternative.airlift),
        time_h=tenth(option.hours_by(alternative)),
        costs_h=round(alternative.costs_h, 1),
    )


def _place(place: Place | None) -> PlaceOut | None:
    return None if place is None else _known_place(place)


def _known_place(place: Place) -> PlaceOut:
    position = place.position
    return PlaceOut(name=place.name, code=place.code, lat_deg=position.lat_deg, lon_deg=position.lon_deg)


def sent_out(one: Sent) -> out.SentOut:
    """One that is sent in the shape of the file."""
    return out.SentOut(
        asset_id=one.asset_id,
        name=one.name,
        goes=one.goes,
        rescues=one.rescues,
        fleets=one.fleets,
        apod=_place(one.apod),
        spod=_place(one.spod),
        ship_id=one.ship_id,
        ship=one.ship,
        chambers=one.chambers,
        first_h=optional_band(one.first_h),
        later_h=round(one.later_h, 1),
        reasons=_reasons(one.reasons),
        timetable=tuple(_sortie(sortie) for sortie in one.timetable),
        held=tuple(_held(held) for held in one.held),
        probability_in_time=thousandth(one.probability_in_time),
        probability_any=thousandth(one.probability_any),
        rescued_any=tenth(one.rescued_any),
    )


def _held(held: Held) -> out.HeldOut:
    return out.HeldOut(
        kind=held.kind.value,
        of=held.of,
        name=held.name,
        number=held.number,
        from_h=round(held.from_h, 1),
        until_h=round(held.until_h, 1),
    )


def order_out(order: FirstOrder) -> out.FirstOrderOut:
    """An order in the shape of the file."""
    latest_h = None if order.latest_h is None else round(order.latest_h, 1)
    return out.FirstOrderOut(order=reason_file(order.order), options=order.options, latest_h=latest_h)


def _reasons(reasons: Iterable[Reason]) -> tuple[ReasonOut, ...]:
    return tuple(reason_file(reason) for reason in reasons)


def reason_file(reason: Reason) -> ReasonOut:
    """A reason in the shape of the file."""
    remedy = reason_file(reason.remedy) if reason.remedy is not None else None
    return ReasonOut(id=reason.id, text=say(reason), values=reason.values, remedy=remedy)
