"""The nearest thing that would change a gate: whom to ask for what, or the value at which the verdict turns.

Gates say what they compared; here each reason that is no yes gets its remedy, from its own values and the registry.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from subrescue.domain.assets import AircraftFleet, MovingAsset, System
from subrescue.domain.position import Position
from subrescue.domain.reasons import Reason, Value, reason
from subrescue.domain.response import GateResult, Verdict
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.planning.airlift.able_fleets import hold_misfit
from subrescue.planning.basis.owner import ask_owner
from subrescue.planning.basis.situation import Situation

Remedy = Callable[[Reason, MovingAsset, Situation], Reason | None]


def with_remedy(gate: GateResult, asset: MovingAsset, sit: Situation) -> GateResult:
    """A gate that is not green, each of its reasons with what would change it, where anything is known to."""
    if gate.verdict is Verdict.GREEN:
        return gate
    reasons = tuple(why if why.remedy is not None else _with(why, asset, sit) for why in gate.reasons)
    return GateResult.of(gate.gate, gate.verdict, *reasons)


def _with(why: Reason, asset: MovingAsset, sit: Situation) -> Reason:
    find = _REMEDIES.get(why.id)
    remedy = find(why, asset, sit) if find is not None else None
    # Parts that are valid already: nothing to check again.
    return why if remedy is None else Reason.model_construct(id=why.id, values=why.values, remedy=remedy)


def _ask(fact: str) -> Remedy:
    """Ask the nation that the reason names, or else the owner of the asset."""

    def remedy(why: Reason, asset: MovingAsset, _: Situation) -> Reason:
        return reason("ask.nation", nation=why.values.get("nation") or asset.nations[0], fact=fact)

    return remedy


def _ask_ship(fact: str) -> Remedy:
    """Ask the nation of the ship that the reason names, its owner where that is not known."""

    def remedy(why: Reason, _: MovingAsset, sit: Situation) -> Reason:
        name = why.values.get("ship")
        ship = next((one for one in sit.registry.ships.values() if one.name == name), None)
        if ship is None:
            return reason("ask.ship", ship=name, fact=fact)
        return reason("ask.nation", nation=ship.nations[0], fact=fact)

    return remedy


def _ask_field(fact: str) -> Remedy:
    def remedy(why: Reason, _: MovingAsset, __: Situation) -> Reason:
        return reason("ask.airfield", airfield=why.values.get("airfield"), fact=fact)

    return remedy


def _say(message: str, *names: str) -> Remedy:
    """A message of its own with values of the reason."""

    def remedy(why: Reason, _: MovingAsset, __: Situation) -> Reason:
        values: dict[str, Value] = {name: why.values.get(name) for name in names}
        return Reason(id=message, values=values)

    return remedy


def _owner(message: str) -> Remedy:
    def remedy(_: Reason, asset: MovingAsset, __: Situation) -> Reason:
        return Reason(id=message, values={"nation": asset.nations[0]})

    return remedy


def _accept(_: Reason, __: MovingAsset, sit: Situation) -> Reason:
    dissub = sit.case.dissub
    if dissub.nation is None:
        return reason("permission.owner_would_accept", ship=dissub.name)
    return reason("permission.would_accept", nation=dissub.nation)


def _margin(why: Reason, _: MovingAsset, sit: Situation) -> Reason | None:
    limit_m = why.values.get("limit_m")
    if not isinstance(limit_m, int | float):
        return None
    return reason("depth.no_doubt_above", limit_m=sit.assumptions["limit.depth_margin"].mode * limit_m)


def _free_pressure(_: Reason, __: MovingAsset, sit: Situation) -> Reason:
    return reason("pressure.none_needed_below", limit_bar=sit.assumptions["limit.pressure_no_deco_bar"].mode)


def _other_fleet(_why: Reason, asset: MovingAsset, sit: Situation) -> Reason | None:
    """The fleet nearest to the store of the system into whose aircraft it goes, whoever would have to lend it."""
    if not isinstance(asset, System) or asset.base is None:
        return None
    here = asset.base.position
    found: list[tuple[AircraftFleet, str, Position]] = []
    for fleet in sit.registry.aircraft_fleets.values():
        aircraft = sit.registry.aircraft_types.get(fleet.aircraft_type)
        usable = not fleet.status.is_out and not fleet.sanctioned
        if aircraft is None or not usable or fleet.base is None or hold_misfit(aircraft, asset) is not None:
            continue
        found.append((fleet, aircraft.name, fleet.base.position))
    if not found:
        return None
    ends = np.array([(there.lat_deg, there.lon_deg) for _, _, there in found])
    nm = np.asarray(distance_nm(here.lat_deg, here.lon_deg, ends[:, 0], ends[:, 1])).tolist()
    fleet, name, _ = found[min(range(len(found)), key=lambda k: (nm[k], found[k][0].id))]
    return reason("lift.would_fit", aircraft=name, fleet=fleet.name, nation=fleet.nations[0])


_SURVEY = _say("find.by_survey")

_REMEDIES: dict[str, Remedy] = {
    # G1, G2
    "permission.not_asked": _owner("permission.would_ask"),
    "permission.asked": _owner("permission.would_offer"),
    "permission.offered": _accept,
    "permission.declined": _owner("permission.would_offer"),
    "permission.stood_down": _owner("permission.would_offer"),
    "availability.unknown": _ask("state"),
    "availability.limited": _ask("state"),
    "availability.undated": _ask("state"),
    "availability.old": _ask("state"),
    "availability.building": _owner("availability.when_in_service"),
    "availability.withdrawn": _owner("availability.would_return"),
    # G3 to G9
    "depth.dissub_unknown": _say("find.depth"),
    "depth.beyond_kind": _ask("depth_limit"),
    "depth.limit_unknown": _ask("depth_limit"),
    "depth.least_unknown": _ask("least_depth"),
    "depth.too_shallow": _say("depth.would_reach_below", "limit_m"),
    "depth.near_limit": _margin,
    "depth.pods_need_hands": _say("depth.hands"),
    "survival.beyond_collapse_depth": _say("find.hull"),
    "survival.beyond_any_collapse_depth": _say("find.hull"),
    "seat.dissub_unknown": lambda _, __, sit: ask_owner(sit.case.dissub, "rescue_seat"),
    "seat.vehicle_unknown": _ask("seats_of_vehicle"),
    "seat.by_drawing": _say("seat.would_show"),
    "seat.not_surveyed": _SURVEY,
    "seat.no_match": _say("seat.intervention_instead"),
    "seat.does_not_mate": _say("seat.intervention_instead"),
    "attitude.dissub_unknown": _SURVEY,
    "attitude.half_known": _SURVEY,
    "attitude.half_known_limit_unknown": _ask("mating_angle"),
    "attitude.limit_unknown": _ask("mating_angle"),
    "attitude.too_steep": _say("attitude.would_mate", "limit_deg"),
    "current.unknown": _say("find.current"),
    "current.over": _say("current.slack", "limit_kn"),
    "current.over_assumed": _say("current.slack", "limit_kn"),
    "sea.unknown": _say("find.wave_height"),
    "sea.limit_unknown": _ask("launch_limit"),
    "sea.wind_unknown": _say("find.wave_height"),
    "sea.wind_over": _say("sea.calmer_wind", "limit_kn"),
    "sea.usual": _say("find.wave_height"),
    "sea.rough_now": _say("find.wave_height"),
    "sea.beyond_forecast": _say("find.wave_height"),
    "pressure.dissub_unknown": _say("find.pressure"),
    "pressure.elsewhere_unknown": _say("find.pressure"),
    "pressure.limit_unknown": _ask("pressure_limit"),
    "pressure.over": _say("pressure.would_do", "limit_bar"),
    "pressure.no_tup": _free_pressure,
    "visibility.unknown": _SURVEY,
    "visibility.poor": _SURVEY,
    # G10
    "lift.base_unknown": _ask("base"),
    "lift.no_fleet": _other_fleet,
    "lift.no_airfield": _other_fleet,
    "lift.piece_too_large": _other_fleet,
    "lift.piece_too_heavy": _other_fleet,
    "lift.no_outsize": _other_fleet,
    "lift.foreign_fleet": _ask("loan_of_fleet"),
    "lift.charter": _say("lift.charter_now", "fleet"),
    "lift.tanker_clearance_unknown": _say("lift.would_clear_tanker", "nations"),
    "lift.clearance_refused": _say("lift.would_clear", "nations"),
    "lift.landing_unknown": _say("lift.would_clear_landing", "nations"),
    "lift.overflight_refused": _say("lift.would_clear_overflight", "nations"),
    "ship.pack_ice": _say("ship.ask_icebreaker"),
    "ship.ice_not_stated": _say("ship.ask_icebreaker"),
    "lift.airspace_closed": _say("lift.would_open"),
    "lift.overflight_at_odds": _say("lift.would_clear_overflight", "nations"),
    "lift.overflight_unknown": _say("lift.would_clear_overflight", "nations"),
    "lift.flies_round": _say("lift.would_clear_overflight", "nations"),
    "lift.no_way_cleared": _say("lift.would_let_through", "nations"),
    "lift.loader_unknown": _ask_field("k_loader"),
    "lift.apoe_without_loader": _say("lift.bring_loader", "airfield"),
    "lift.strength_unknown": _ask_field("pavement"),
    "lift.width_unknown": _ask_field("runway_width"),
    "lift.runway_narrow": _ask_field("runway_width"),
    "lift.mass_unknown": _ask("shipment_mass"),
    "lift.fly_away_unknown": _ask("fly_away"),
    # G11
    "ship.not_screened": _ask_ship("deck_plan"),
    "ship.deck_unknown": _ask_ship("deck_area"),
    "ship.deck_strength_unknown": _ask_ship("deck_strength"),
    "ship.dp_unknown": _ask_ship("dp_class"),
    "ship.crane_unknown": _ask_ship("crane"),
    "ship.crane_doubt": _ask("launch_gear"),
    "ship.piece_unknown": _ask("piece_mass"),
    "ship.crane_short": _say("ship.needs_crane", "need"),
    "ship.ice_class_unknown": _ask_ship("ice_class"),
    "ship.ice_class_none": _say("ship.needs_ice_class"),
    "ship.charter_for_ice": _say("ship.needs_ice_class"),
    "ship.deck_load_unknown": _ask_ship("deck_load"),
    "ship.state_unknown": _ask_ship("state"),
    "ship.speed_unknown": _ask_ship("speed"),
    "ship.position_unknown": _ask("position"),
    "ship.home_unknown": _ask("home_ship"),
    "ship.berths_short": _say("ship.needs_berths", "need"),
    "ship.range_short": _say("ship.needs_fuel"),
    "ship.deck_short": _say("ship.needs_deck_like", "need"),
    "ship.deck_strength_short": _say("ship.needs_deck_strength", "need"),
    "ship.dp_short": _say("ship.needs_dp", "need"),
    "ship.deck_load_short": _say("ship.needs_deck_load", "need"),
    "ship.not_offered": _ask_ship("offer"),
    "ship.of_third_nation": _ask_ship("loan_of_ship"),
    "ship.straits": _say("ship.ask_straits"),
    "ship.port_may_freeze": _say("ship.ask_ice", "port"),
    "ship.straits_at_war": _say("ship.ask_straits"),
    "ship.behind_icebreaker": _say("ship.ask_ice_report", "nations"),
    "ship.escorted": _say("ship.ask_escort", "nations"),
    "ship.escorted_then": _say("ship.ask_escort_place", "nations"),
    "ship.port_refused": _say("ship.would_let_in", "nations"),
    "ship.port_perhaps_refused": _say("ship.would_let_in", "nations"),
    "ship.through_ice": _say("ship.ask_leave", "nations"),
    "ship.leave_unasked": _say("ship.ask_leave", "nations"),
    "ship.may_be_warship": _ask_ship("warship"),
    "lift.road_abroad": _say("lift.would_let_convoy", "nations"),
    "ship.withdrawn": _say("ship.another"),
    "ship.building": _say("ship.another"),
    "ship.to_be_chartered": _say("ship.name_one"),
    # G12, G13
    "time.survival_unknown": _say("find.survival"),
    "time.by_prior": _say("find.survival"),
    "capacity.people_unknown": _say("find.survivors"),
    "capacity.vehicle_unknown": _ask("capacity"),
    "capacity.survival_unknown": _say("find.survival"),
    # G14
    "hazards.ice": _say("hazards.icebreaker"),
    "hazards.entangled": _say("hazards.cut_free"),
    "hazards.radiation": _say("hazards.measure"),
    "hazards.reactor": _say("hazards.measure"),
    "hazards.weapons": _say("hazards.make_safe"),
}
