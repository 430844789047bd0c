"""Gates of asset and DISSUB alone, whatever the chain: may it come, can it dive, mate and treat there?

The tests follow the public rules of rescue: permission, availability, depth, seat, attitude, current, sea, visibility,
pressure, hazards. A fact that is not known makes its gate unknown, and the reason names whom to ask for what.
"""

from __future__ import annotations

from math import acos, cos, degrees, radians

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import (
    AssetStatus,
    InterventionKind,
    InterventionSystem,
    RescueSystem,
    RescueVehicleType,
    Ship,
)
from subrescue.domain.case import Case, Offer, OfferState
from subrescue.domain.mates import Mate, MateState
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.basis.may_fly import jumps
from subrescue.planning.basis.relations import ACCEPT_KEYS, Relation, put_off, relation
from subrescue.planning.dives.cycles import pressure_bar
from subrescue.planning.doubt.durations import median
from subrescue.planning.gates.weather_gate import wind_gate
from subrescue.planning.survival.coming_up import escape_advice
from subrescue.planning.survival.survival import crushed_reason

SceneAsset = RescueSystem | InterventionSystem | Ship

_CURRENT_KEYS = {
    RescueVehicleType.FREE_SRV: "limit.current_free_srv_kn",
    RescueVehicleType.TETHERED: "limit.current_tethered_kn",
    RescueVehicleType.CHAMBER: "limit.current_chamber_kn",
}


def scene_gates(
    asset: SceneAsset,
    case: Case,
    submarine_class: SubmarineClass | None,
    assumptions: Assumptions,
    mate: Mate | None = None,
    agreements: tuple[Agreement, ...] = (),
) -> tuple[GateResult, ...]:
    """The gates of one asset at this DISSUB, in the order in which a coordinator asks them.

    `mate` is what the mate matrix says of this vehicle and this class: it decides the seat before names of seats do,
    unless the case states another seat for this boat than its class has.
    `agreements` bind the nations of asset and DISSUB: they are told where permission is still to be had.
    """
    gates = [
        _permission(asset, case, assumptions, agreements),
        _availability(asset, case, assumptions),
        _depth(asset, case, submarine_class, assumptions),
        wind_gate(case, assumptions) if jumps(asset) else _sea(asset, case, assumptions),
        _current(asset, case, assumptions),
        _hazards(case, submarine_class),
    ]
    if isinstance(asset, RescueSystem):
        gates += [
            _seat(asset, case, submarine_class, mate),
            _attitude(asset, case),
            _pressure(asset, case, assumptions),
            _visibility(case, assumptions),
        ]
    return tuple(gates)


def offer_of(asset_id: str, case: Case) -> Offer | None:
    """What the case knows of this asset, or None."""
    return next((offer for offer in case.offers if offer.asset == asset_id), None)


def _result(gate: Gate, verdict: Verdict, *reasons: Reason) -> GateResult:
    return GateResult(gate=gate, verdict=verdict, reasons=reasons)


def _permission(
    asset: SceneAsset, case: Case, assumptions: Assumptions, agreements: tuple[Agreement, ...]
) -> GateResult:
    offer = offer_of(asset.id, case)
    state = offer.state if offer else OfferState.NOT_ASKED
    own = case.dissub.nation is not None and case.dissub.nation in asset.nations
    if state in (OfferState.DECLINED, OfferState.STOOD_DOWN):
        return _result(Gate.PERMISSION, Verdict.RED, reason(f"permission.{state.value}"))
    if own:
        return _result(Gate.PERMISSION, Verdict.GREEN, reason("permission.own_nation"))
    if state is OfferState.ACCEPTED or (offer is not None and offer.told_to_go is not None):
        return _result(Gate.PERMISSION, Verdict.GREEN, reason("permission.accepted"))
    stands, found = relation(agreements, case, asset.nations)
    told = []
    if found is not None and stands is Relation.AGREED:
        told.append(reason("permission.agreement", agreement=found.name))
    elif found is not None:
        told.append(reason("permission.suspended", agreement=found.name, since=found.ended or ""))
    elif case.dissub.nation is not None:
        told.append(reason("permission.no_agreement", nation=case.dissub.nation))
    hours = assumptions[ACCEPT_KEYS[stands]]
    told.append(reason("permission.accept_takes", low_h=hours.min, hours=median(hours), high_h=hours.max))
    if (rare := put_off(stands, assumptions)) is not None and rare.chance > 0.0:
        more = rare.more_h
        told.append(reason("permission.may_be_put_off", chance=rare.chance, low_h=more.min, high_h=more.max))
    doubt = Verdict.AMBER
    if stands is Relation.AT_ODDS:
        doubt = Verdict.UNKNOWN
        told.insert(0, reason("permission.at_odds", nation=asset.nations[0], owner=case.dissub.nation))
    return _result(Gate.PERMISSION, doubt, reason(f"permission.{state.value}"), *told)


def _availability(asset: SceneAsset, case: Case, assumptions: Assumptions) -> GateResult:
    offer = offer_of(asset.id, case)
    if offer is not None and offer.told_to_go is not None:
        return _result(Gate.AVAILABILITY, Verdict.GREEN, reason("availability.told_to_go"))
    match asset.status:
        case AssetStatus.WITHDRAWN:
            return _result(Gate.AVAILABILITY, Verdict.RED, reason("availability.withdrawn"))
        case AssetStatus.BUILDING:
            return _result(Gate.AVAILABILITY, Verdict.RED, reason("availability.building"))
        case AssetStatus.UNKNOWN:
            return _result(Gate.AVAILABILITY, Verdict.UNKNOWN, reason("availability.unknown", nation=asset.nations[0]))
        case AssetStatus.LIMITED:
            return _result(Gate.AVAILABILITY, Verdict.AMBER, reason("availability.limited"))
        case AssetStatus.ACTIVE:
            return _age_of_status(asset, case, assumptions)


def _age_of_status(asset: SceneAsset, case: Case, assumptions: Assumptions) -> GateResult:
    if asset.status_date is None or not asset.status_date[:4].isdecimal():
        return _result(Gate.AVAILABILITY, Verdict.AMBER, reason("availability.undated"))
    age_years = case.alert.year - int(asset.status_date[:4])
    limit_years = assumptions["limit.status_age_years"].mode
    if age_years > limit_years:
        why = reason("availability.old", status_date=asset.status_date, age_years=age_years)
        return _result(Gate.AVAILABILITY, Verdict.AMBER, why)
    return _result(Gate.AVAILABILITY, Verdict.GREEN, reason("availability.active", status_date=asset.status_date))


def _reach_m(asset: SceneAsset) -> float | None:
    if isinstance(asset, Ship):
        depths = [gear.max_depth_m for gear in asset.carries if gear.max_depth_m is not None]
        return max(depths, default=None)
    return asset.max_depth_m


def _depth(
    asset: SceneAsset, case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions
) -> GateResult:
    depth_m = case.dissub.depth_m
    crushed = crushed_reason(case, submarine_class, assumptions)
    if crushed is not None and isinstance(asset, RescueSystem):
        limit_m = _reach_m(asset)
        if depth_m is None or limit_m is None or depth_m <= limit_m:
            return _result(Gate.DEPTH, Verdict.RED, crushed)
        # Even a hull that were whole would lie too deep: that comes first.
        return _result(Gate.DEPTH, Verdict.RED, _too_deep(depth_m, limit_m), crushed)
    if depth_m is None:
        return _result(Gate.DEPTH, Verdict.UNKNOWN, reason("depth.dissub_unknown"))
    if _works_on_surface(asset):
        return _on_the_surface(asset, case, submarine_class, assumptions)
    reach_m = _reach_m(asset)
    if reach_m is None:
        return _result(Gate.DEPTH, Verdict.UNKNOWN, reason("depth.limit_unknown", nation=asset.nations[0]))
    if depth_m > reach_m:
        return _result(Gate.DEPTH, Verdict.RED, _too_deep(depth_m, reach_m))
    if isinstance(asset, RescueSystem) and asset.min_depth_m is not None and depth_m < asset.min_depth_m:
        return _result(Gate.DEPTH, Verdict.RED, reason("depth.too_shallow", depth_m=depth_m, limit_m=asset.min_depth_m))
    least_m = assumptions["limit.least_depth_m"].mode
    if isinstance(asset, RescueSystem) and asset.min_depth_m is None and depth_m < least_m:
        why = reason("depth.least_unknown", depth_m=depth_m, limit_m=least_m, nation=asset.nations[0])
        return _result(Gate.DEPTH, Verdict.AMBER, why)
    if depth_m > assumptions["limit.depth_margin"].mode * reach_m:
        return _result(Gate.DEPTH, Verdict.AMBER, reason("depth.near_limit", depth_m=depth_m, limit_m=reach_m))
    return _result(Gate.DEPTH, Verdict.GREEN, reason("depth.within", depth_m=depth_m, limit_m=reach_m))


def _too_deep(depth_m: float, limit_m: float) -> Reason:
    remedy = reason("depth.would_reach", limit_m=limit_m)
    return reason("depth.too_deep", remedy=remedy, depth_m=depth_m, limit_m=limit_m)


def _works_on_surface(asset: SceneAsset) -> bool:
    return isinstance(asset, InterventionSystem) and asset.intervention_kind in (
        InterventionKind.PARACHUTE_GROUP,
        InterventionKind.LIFE_SUPPORT_STORES,
    )


def _on_the_surface(
    asset: SceneAsset, case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions
) -> GateResult:
    """A parachute group helps those who come up: where nobody can, it has nothing to do. Pods go down by others."""
    if isinstance(asset, InterventionSystem) and asset.intervention_kind is InterventionKind.PARACHUTE_GROUP:
        escape = escape_advice(case, submarine_class, assumptions)
        if escape.verdict is Verdict.RED:
            return _result(Gate.DEPTH, Verdict.RED, *(_comes_up(why) for why in escape.reasons))
    elif case.dissub.depth_m is not None:
        return _result(Gate.DEPTH, Verdict.AMBER, reason("depth.pods_need_hands", depth_m=case.dissub.depth_m))
    return _result(Gate.DEPTH, Verdict.GREEN, reason("depth.works_on_surface"))


def _comes_up(why: Reason) -> Reason:
    """The reason against escape as one against those who wait above; a crushed hull is its own."""
    if why.id != "escape.too_deep":
        return why
    remedy = reason("depth.would_help", limit_m=why.values["limit_m"])
    return Reason(id="depth.nobody_comes_up", values=why.values, remedy=remedy)


def _seat(asset: RescueSystem, case: Case, submarine_class: SubmarineClass | None, mate: Mate | None) -> GateResult:
    dissub = case.dissub
    seat = dissub.rescue_seat or (submarine_class.rescue_seat if submarine_class else None)
    if dissub.seat_usable is False:
        return _result(Gate.SEAT, Verdict.RED, reason("seat.damaged", remedy=reason("seat.clear_it")))
    if seat == "none":
        remedy = reason("seat.intervention_instead")
        return _result(Gate.SEAT, Verdict.RED, reason("seat.none", remedy=remedy))
    as_class = dissub.rescue_seat is None or (submarine_class and dissub.rescue_seat == submarine_class.rescue_seat)
    if as_class and mate is not None and mate.state is not MateState.UNKNOWN:
        return _by_matrix(mate, dissub.seat_usable)
    if seat is None:
        return _result(Gate.SEAT, Verdict.UNKNOWN, reason("seat.dissub_unknown", nation=dissub.nation))
    if asset.rescue_seats is None:
        return _result(Gate.SEAT, Verdict.UNKNOWN, reason("seat.vehicle_unknown", seat=seat, nation=asset.nations[0]))
    if seat not in asset.rescue_seats:
        fits = ", ".join(asset.rescue_seats)
        return _result(Gate.SEAT, Verdict.RED, reason("seat.no_match", seat=seat, fits=fits))
    if dissub.seat_usable is None:
        return _result(Gate.SEAT, Verdict.GREEN, reason("seat.match_not_surveyed", seat=seat))
    return _result(Gate.SEAT, Verdict.GREEN, reason("seat.match", seat=seat))


def _by_matrix(mate: Mate, seat_usable: bool | None) -> GateResult:
    """The gate of the seat by what has been shown at sea, or drawn, for this vehicle and class; a drawing doubts."""
    if mate.state is MateState.NO:
        return _result(Gate.SEAT, Verdict.RED, reason("seat.does_not_mate"))
    verdict = Verdict.GREEN
    if mate.state is MateState.BY_DRAWING:
        verdict, reasons = Verdict.AMBER, [reason("seat.by_drawing")]
    else:
        shown = ", ".join(part for part in (mate.submarine, mate.date) if part is not None)
        reasons = [reason("seat.demonstrated", shown=shown) if shown else reason("seat.demonstrated_once")]
    if seat_usable is None:
        reasons.append(reason("seat.not_surveyed"))
    return _result(Gate.SEAT, verdict, *reasons)


def combined_angle_deg(list_deg: float, trim_deg: float) -> float:
    """Angle of the rescue seat from level, acos(cos(trim) cos(list)), in degrees, without the rounding of the sum.

    Else a trim of 40 degrees alone would be more than a limit of 40.
    """
    return round(degrees(acos(cos(radians(trim_deg)) * cos(radians(list_deg)))), 6)


def _attitude(asset: RescueSystem, case: Case) -> GateResult:
    list_deg, trim_deg = case.dissub.list_deg, case.dissub.trim_deg
    if list_deg is None and trim_deg is None:
        return _result(Gate.ATTITUDE, Verdict.UNKNOWN, reason("attitude.dissub_unknown"))
    angle_deg = combined_angle_deg(list_deg or 0.0, trim_deg or 0.0)
    half_known = list_deg is None or trim_deg is None
    if asset.mating_angle_deg is None:
        if half_known:
            why = reason("attitude.half_known_limit_unknown", angle_deg=angle_deg, nation=asset.nations[0])
            return _result(Gate.ATTITUDE, Verdict.UNKNOWN, why)
        if angle_deg < 5:
            return _result(Gate.ATTITUDE, Verdict.GREEN, reason("attitude.nearly_level", angle_deg=angle_deg))
        return _result(
            Gate.ATTITUDE,
            Verdict.UNKNOWN,
            reason("attitude.limit_unknown", angle_deg=angle_deg, nation=asset.nations[0]),
        )
    limit_deg = asset.mating_angle_deg
    if angle_deg > limit_deg:
        return _result(
            Gate.ATTITUDE, Verdict.RED, reason("attitude.too_steep", angle_deg=angle_deg, limit_deg=limit_deg)
        )
    if half_known:
        return _result(
            Gate.ATTITUDE, Verdict.AMBER, reason("attitude.half_known", angle_deg=angle_deg, limit_deg=limit_deg)
        )
    return _result(Gate.ATTITUDE, Verdict.GREEN, reason("attitude.within", angle_deg=angle_deg, limit_deg=limit_deg))


def _current(asset: SceneAsset, case: Case, assumptions: Assumptions) -> GateResult:
    current_kn = case.environment.current_kn
    if _works_on_surface(asset):
        return _result(Gate.CURRENT, Verdict.GREEN, reason("depth.works_on_surface"))
    if current_kn is None:
        return _result(Gate.CURRENT, Verdict.UNKNOWN, reason("current.unknown"))
    limit_kn = None if isinstance(asset, Ship) else asset.current_limit_kn
    assumed = limit_kn is None
    if limit_kn is None:
        limit_kn = assumptions[_current_key(asset)].mode
    if current_kn > limit_kn:
        verdict = Verdict.AMBER if assumed else Verdict.RED
        message = "current.over_assumed" if assumed else "current.over"
        return _result(Gate.CURRENT, verdict, reason(message, current_kn=current_kn, limit_kn=limit_kn))
    return _result(Gate.CURRENT, Verdict.GREEN, reason("current.within", current_kn=current_kn, limit_kn=limit_kn))


def _current_key(asset: SceneAsset) -> str:
    if isinstance(asset, RescueSystem):
        return _CURRENT_KEYS[asset.vehicle_type]
    divers = InterventionKind.SATURATION_DIVERS
    by_divers = isinstance(asset, InterventionSystem) and asset.intervention_kind is divers
    return "limit.current_diver_kn" if by_divers else "limit.current_rov_kn"


def _sea(asset: SceneAsset, case: Case, assumptions: Assumptions) -> GateResult:
    wave_m = case.environment.wave_height_m
    if wave_m is None:
        return _result(Gate.SEA, Verdict.UNKNOWN, reason("sea.unknown"))
    limit_m = None if isinstance(asset, Ship) else asset.launch_wave_height_m
    if limit_m is None:
        doubt_m = assumptions["limit.wave_height_m"].mode
        if wave_m <= doubt_m:
            return _result(Gate.SEA, Verdict.GREEN, reason("sea.calm_enough", wave_m=wave_m, limit_m=doubt_m))
        nation = asset.nations[0]
        return _result(Gate.SEA, Verdict.UNKNOWN, reason("sea.limit_unknown", wave_m=wave_m, nation=nation))
    if wave_m > limit_m:
        remedy = reason("sea.wait_for_window", limit_m=limit_m)
        # The timetable waits for a window in the forecast, or without one for as long as rough seas last.
        return _result(Gate.SEA, Verdict.AMBER, reason("sea.over", remedy=remedy, wave_m=wave_m, limit_m=limit_m))
    return _result(Gate.SEA, Verdict.GREEN, reason("sea.within", wave_m=wave_m, limit_m=limit_m))


def _pressure(asset: RescueSystem, case: Case, assumptions: Assumptions) -> GateResult:
    highest_bar = pressure_bar(case)
    if highest_bar is None:
        return _result(Gate.PRESSURE, Verdict.UNKNOWN, reason("pressure.dissub_unknown"))
    judged = _at_pressure(highest_bar, asset, assumptions)
    silent = [space.name for space in case.dissub.compartments if space.pressure_bar is None and space.people != 0]
    if judged.verdict is Verdict.RED or case.dissub.pressure_bar is not None or not silent:
        return judged
    why = reason("pressure.elsewhere_unknown", spaces=", ".join(silent))
    return _result(Gate.PRESSURE, Verdict.UNKNOWN, *judged.reasons, why)


def _at_pressure(bar: float, asset: RescueSystem, assumptions: Assumptions) -> GateResult:
    free_bar = assumptions["limit.pressure_no_deco_bar"].mode
    if bar <= free_bar:
        return _result(Gate.PRESSURE, Verdict.GREEN, reason("pressure.low", pressure_bar=bar))
    limit_bar = asset.pressure_limit_bar
    if limit_bar is not None and bar > limit_bar:
        return _result(
            Gate.PRESSURE, Verdict.RED, reason("pressure.over", pressure_bar=bar, limit_bar=limit_bar)
        )
    if asset.transfer_under_pressure is False:
        return _result(Gate.PRESSURE, Verdict.RED, reason("pressure.no_tup", pressure_bar=bar))
    if asset.transfer_under_pressure is None or limit_bar is None:
        why = reason("pressure.limit_unknown", pressure_bar=bar, nation=asset.nations[0])
        return _result(Gate.PRESSURE, Verdict.UNKNOWN, why)
    return _result(Gate.PRESSURE, Verdict.GREEN, reason("pressure.tup", pressure_bar=bar, limit_bar=limit_bar))


def _visibility(case: Case, assumptions: Assumptions) -> GateResult:
    visibility_m = case.environment.visibility_m
    if visibility_m is None:
        return _result(Gate.VISIBILITY, Verdict.UNKNOWN, reason("visibility.unknown"))
    limit_m = assumptions["limit.visibility_m"].mode
    if visibility_m < limit_m:
        return _result(
            Gate.VISIBILITY, Verdict.AMBER, reason("visibility.poor", visibility_m=visibility_m, limit_m=limit_m)
        )
    return _result(Gate.VISIBILITY, Verdict.GREEN, reason("visibility.good", visibility_m=visibility_m))


def _hazards(case: Case, submarine_class: SubmarineClass | None) -> GateResult:
    reasons = []
    if case.environment.ice:
        reasons.append(reason("hazards.ice"))
    if case.dissub.entangled:
        reasons.append(reason("hazards.entangled"))
    if case.dissub.radiation:
        reasons.append(reason("hazards.radiation"))
    elif case.dissub.radiation is None and submarine_class is not None and submarine_class.nuclear:
        reasons.append(reason("hazards.reactor"))
    if case.dissub.weapons_damaged:
        reasons.append(reason("hazards.weapons"))
    if reasons:
        return _result(Gate.HAZARDS, Verdict.AMBER, *reasons)
    if case.environment.ice is None:
        return _result(Gate.HAZARDS, Verdict.GREEN, reason("hazards.none_known"))
    return _result(Gate.HAZARDS, Verdict.GREEN, reason("hazards.none"))
