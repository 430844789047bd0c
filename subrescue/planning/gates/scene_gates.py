"""Gates of asset and DISSUB alone, whatever the chain: may it come, and can it work there?

The tests follow the public rules of rescue: permission, availability, depth, current, sea, hazards, and for a vehicle
that mates those of `mating_gates`. A fact that is not known makes its gate unknown, and the reason names whom to ask.
"""

from __future__ import annotations

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import (
    AssetBase,
    AssetStatus,
    InterventionKind,
    InterventionSystem,
    MovingAsset,
    RescueSystem,
    RescueVehicleType,
    Ship,
)
from subrescue.domain.case import Case, Offer, OfferState
from subrescue.domain.evidence import Confidence
from subrescue.domain.mates import Mate
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.basis.may_fly import jumps
from subrescue.planning.basis.relations import ACCEPT_KEYS, Relation, put_off, relation
from subrescue.planning.doubt.durations import median
from subrescue.planning.gates.deepest_of_kind import deepest_of_kind_m
from subrescue.planning.gates.mating_gates import mating_gates
from subrescue.planning.gates.weather_gate import jump_gate
from subrescue.planning.survival.coming_up import escape_advice
from subrescue.planning.survival.hull import crushed_reason

_CURRENT_KEYS = {
    RescueVehicleType.FREE_SRV: "limit.current_free_srv_kn",
    RescueVehicleType.TETHERED: "limit.current_tethered_kn",
    RescueVehicleType.CHAMBER: "limit.current_chamber_kn",
}


def scene_gates(
    asset: MovingAsset,
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
        availability(asset, case, assumptions),
        _depth(asset, case, submarine_class, assumptions),
        jump_gate(case, assumptions) if jumps(asset) else _sea(asset, case, assumptions),
        _current(asset, case, assumptions),
        _hazards(case, submarine_class),
    ]
    if isinstance(asset, RescueSystem):
        gates += mating_gates(asset, case, submarine_class, assumptions, mate)
    return tuple(gates)


def offer_of(asset_id: str, case: Case) -> Offer | None:
    """What the case knows of this asset, or None."""
    return next((offer for offer in case.offers if offer.asset == asset_id), None)


def _permission(
    asset: MovingAsset, case: Case, assumptions: Assumptions, agreements: tuple[Agreement, ...]
) -> GateResult:
    offer = offer_of(asset.id, case)
    state = offer.state if offer else OfferState.NOT_ASKED
    own = case.dissub.nation is not None and case.dissub.nation in asset.nations
    if state.is_refused:
        return GateResult.of(Gate.PERMISSION, Verdict.RED, reason(f"permission.{state.value}"))
    if own:
        return GateResult.of(Gate.PERMISSION, Verdict.GREEN, reason("permission.own_nation"))
    if state is OfferState.ACCEPTED or (offer is not None and offer.told_to_go is not None):
        return GateResult.of(Gate.PERMISSION, Verdict.GREEN, reason("permission.accepted"))
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
    return GateResult.of(Gate.PERMISSION, doubt, reason(f"permission.{state.value}"), *told)


def availability(asset: AssetBase, case: Case, assumptions: Assumptions) -> GateResult:
    """Whether it is in service by what the newest public source says, and how old that is."""
    offer = offer_of(asset.id, case)
    if offer is not None and offer.told_to_go is not None:
        return GateResult.of(Gate.AVAILABILITY, Verdict.GREEN, reason("availability.told_to_go"))
    match asset.status:
        case AssetStatus.WITHDRAWN:
            return GateResult.of(Gate.AVAILABILITY, Verdict.RED, reason("availability.withdrawn"))
        case AssetStatus.BUILDING:
            return GateResult.of(Gate.AVAILABILITY, Verdict.RED, reason("availability.building"))
        case AssetStatus.UNKNOWN:
            return GateResult.of(
                Gate.AVAILABILITY, Verdict.UNKNOWN, reason("availability.unknown", nation=asset.nations[0])
            )
        case AssetStatus.LIMITED:
            return GateResult.of(Gate.AVAILABILITY, Verdict.AMBER, reason("availability.limited"))
        case AssetStatus.ACTIVE:
            return _age_of_status(asset, case, assumptions)


def _age_of_status(asset: AssetBase, case: Case, assumptions: Assumptions) -> GateResult:
    if asset.status_date is None or not asset.status_date[:4].isdecimal():
        return GateResult.of(Gate.AVAILABILITY, Verdict.AMBER, reason("availability.undated"))
    age_years = case.alert.year - int(asset.status_date[:4])
    limit_years = assumptions["limit.status_age_years"].mode
    if age_years > limit_years:
        why = reason("availability.old", status_date=asset.status_date, age_years=age_years)
        return GateResult.of(Gate.AVAILABILITY, Verdict.AMBER, why)
    return GateResult.of(Gate.AVAILABILITY, Verdict.GREEN, reason("availability.active", status_date=asset.status_date))


def _reach_m(asset: MovingAsset) -> float | None:
    if isinstance(asset, Ship):
        depths = [gear.max_depth_m for gear in asset.carries if gear.max_depth_m is not None]
        return max(depths, default=None)
    return asset.max_depth_m


def _depth(
    asset: MovingAsset, case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions
) -> GateResult:
    depth_m = case.dissub.depth_m
    crushed = crushed_reason(case, submarine_class, assumptions)
    if crushed is not None and isinstance(asset, RescueSystem):
        limit_m = _reach_m(asset)
        if depth_m is None or limit_m is None or depth_m <= limit_m:
            return GateResult.of(Gate.DEPTH, Verdict.RED, crushed)
        # Even a hull that were whole would lie too deep: that comes first.
        return GateResult.of(Gate.DEPTH, Verdict.RED, _too_deep(depth_m, limit_m), crushed)
    if depth_m is None:
        return GateResult.of(Gate.DEPTH, Verdict.UNKNOWN, reason("depth.dissub_unknown"))
    if _works_on_surface(asset):
        return _on_the_surface(asset, case, submarine_class, assumptions)
    reach_m = _reach_m(asset)
    if reach_m is None:
        return _unknown_limit(asset, depth_m)
    if depth_m > reach_m:
        return _beyond(asset, depth_m, reach_m)
    if isinstance(asset, RescueSystem) and asset.min_depth_m is not None and depth_m < asset.min_depth_m:
        return GateResult.of(
            Gate.DEPTH, Verdict.RED, reason("depth.too_shallow", depth_m=depth_m, limit_m=asset.min_depth_m)
        )
    least_m = assumptions["limit.least_depth_m"].mode
    if isinstance(asset, RescueSystem) and asset.min_depth_m is None and depth_m < least_m:
        why = reason("depth.least_unknown", depth_m=depth_m, limit_m=least_m, nation=asset.nations[0])
        return GateResult.of(Gate.DEPTH, Verdict.AMBER, why)
    if depth_m > assumptions["limit.depth_margin"].mode * reach_m:
        return GateResult.of(Gate.DEPTH, Verdict.AMBER, reason("depth.near_limit", depth_m=depth_m, limit_m=reach_m))
    return GateResult.of(Gate.DEPTH, Verdict.GREEN, reason("depth.within", depth_m=depth_m, limit_m=reach_m))


def _unknown_limit(asset: MovingAsset, depth_m: float) -> GateResult:
    """Nobody knows how deep it works: to be asked, but where nothing of its kind has ever worked so deep."""
    deepest_m = deepest_of_kind_m(asset)
    if deepest_m is None or depth_m <= deepest_m:
        return GateResult.of(Gate.DEPTH, Verdict.UNKNOWN, reason("depth.limit_unknown", nation=asset.nations[0]))
    why = reason("depth.beyond_kind", depth_m=depth_m, limit_m=deepest_m, nation=asset.nations[0])
    return GateResult.of(Gate.DEPTH, Verdict.RED, why)


def _beyond(asset: MovingAsset, depth_m: float, limit_m: float) -> GateResult:
    """Too deep for the limit that is taken. Where another source has one that would do, the owner is to be asked.

    It forbids nothing while the least of several limits is taken of which none is well known.
    """
    told = asset.evidence.get("max_depth_m", ())
    others = [one.value for one in told if isinstance(one.value, float) and one.value >= depth_m]
    if not others:
        return GateResult.of(Gate.DEPTH, Verdict.RED, _too_deep(depth_m, limit_m))
    asks = reason("depth.other_source", other_m=max(others), nation=asset.nations[0])
    if all(one.confidence is Confidence.LOW for one in told if one.value is None):
        why = reason("depth.limit_doubted", remedy=asks, depth_m=depth_m, limit_m=limit_m)
        return GateResult.of(Gate.DEPTH, Verdict.UNKNOWN, why)
    return GateResult.of(Gate.DEPTH, Verdict.RED, _too_deep(depth_m, limit_m, asks))


def _too_deep(depth_m: float, limit_m: float, asks: Reason | None = None) -> Reason:
    remedy = reason("depth.would_reach", limit_m=limit_m, remedy=asks)
    return reason("depth.too_deep", remedy=remedy, depth_m=depth_m, limit_m=limit_m)


def _works_on_surface(asset: MovingAsset) -> bool:
    return isinstance(asset, InterventionSystem) and asset.intervention_kind in (
        InterventionKind.PARACHUTE_GROUP,
        InterventionKind.LIFE_SUPPORT_STORES,
    )


def _on_the_surface(
    asset: MovingAsset, case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions
) -> GateResult:
    """A parachute group helps those who come up: where nobody can, it has nothing to do. Pods go down by others."""
    if isinstance(asset, InterventionSystem) and asset.intervention_kind is InterventionKind.PARACHUTE_GROUP:
        escape = escape_advice(case, submarine_class, assumptions)
        if escape.verdict is Verdict.RED:
            return GateResult.of(Gate.DEPTH, Verdict.RED, *(_comes_up(why) for why in escape.reasons))
    elif case.dissub.depth_m is not None:
        return GateResult.of(Gate.DEPTH, Verdict.AMBER, reason("depth.pods_need_hands", depth_m=case.dissub.depth_m))
    return GateResult.of(Gate.DEPTH, Verdict.GREEN, reason("depth.works_on_surface"))


def _comes_up(why: Reason) -> Reason:
    """The reason against escape as one against those who wait above; a crushed hull is its own."""
    if why.id != "escape.too_deep":
        return why
    remedy = reason("depth.would_help", limit_m=why.values["limit_m"])
    return Reason(id="depth.nobody_comes_up", values=why.values, remedy=remedy)


def _current(asset: MovingAsset, case: Case, assumptions: Assumptions) -> GateResult:
    current_kn = case.environment.current_kn
    if _works_on_surface(asset):
        return GateResult.of(Gate.CURRENT, Verdict.GREEN, reason("depth.works_on_surface"))
    if current_kn is None:
        return GateResult.of(Gate.CURRENT, Verdict.UNKNOWN, reason("current.unknown"))
    limit_kn = None if isinstance(asset, Ship) else asset.current_limit_kn
    assumed = limit_kn is None
    if limit_kn is None:
        limit_kn = assumptions[_current_key(asset)].mode
    if current_kn > limit_kn:
        verdict = Verdict.AMBER if assumed else Verdict.RED
        message = "current.over_assumed" if assumed else "current.over"
        return GateResult.of(Gate.CURRENT, verdict, reason(message, current_kn=current_kn, limit_kn=limit_kn))
    return GateResult.of(
        Gate.CURRENT, Verdict.GREEN, reason("current.within", current_kn=current_kn, limit_kn=limit_kn)
    )


def _current_key(asset: MovingAsset) -> str:
    if isinstance(asset, RescueSystem):
        return _CURRENT_KEYS[asset.vehicle_type]
    divers = InterventionKind.SATURATION_DIVERS
    by_divers = isinstance(asset, InterventionSystem) and asset.intervention_kind is divers
    return "limit.current_diver_kn" if by_divers else "limit.current_rov_kn"


def _sea(asset: MovingAsset, case: Case, assumptions: Assumptions) -> GateResult:
    wave_m = case.environment.wave_height_m
    if wave_m is None:
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, reason("sea.unknown"))
    limit_m = None if isinstance(asset, Ship) else asset.launch_wave_height_m
    if limit_m is None:
        doubt_m = assumptions["limit.wave_height_m"].mode
        if wave_m <= doubt_m:
            return GateResult.of(Gate.SEA, Verdict.GREEN, reason("sea.calm_enough", wave_m=wave_m, limit_m=doubt_m))
        nation = asset.nations[0]
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, reason("sea.limit_unknown", wave_m=wave_m, nation=nation))
    if wave_m > limit_m:
        remedy = reason("sea.wait_for_window", limit_m=limit_m)
        # The timetable waits for a window in the forecast, or without one for as long as rough seas last.
        return GateResult.of(Gate.SEA, Verdict.AMBER, reason("sea.over", remedy=remedy, wave_m=wave_m, limit_m=limit_m))
    return GateResult.of(Gate.SEA, Verdict.GREEN, reason("sea.within", wave_m=wave_m, limit_m=limit_m))


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
        return GateResult.of(Gate.HAZARDS, Verdict.AMBER, *reasons)
    measured = case.dissub.radiation is not None or (submarine_class is not None and submarine_class.nuclear is False)
    if not measured or None in (case.environment.ice, case.dissub.entangled, case.dissub.weapons_damaged):
        return GateResult.of(Gate.HAZARDS, Verdict.GREEN, reason("hazards.none_known"))
    return GateResult.of(Gate.HAZARDS, Verdict.GREEN, reason("hazards.none"))
