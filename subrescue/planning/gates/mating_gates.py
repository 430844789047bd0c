"""Gates of a vehicle that is to mate with the hull: seat, attitude, pressure inside, and what a pilot sees there."""

from __future__ import annotations

from subrescue.domain.assets import RescueSystem
from subrescue.domain.case import Case
from subrescue.domain.mates import Mate, MateState
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.domain.submarines import SubmarineClass, combined_angle_deg
from subrescue.planning.dives.cycles import pressure_bar

_NEARLY_LEVEL_DEG = 5.0
"""Below this angle any vehicle mates, whatever its limit (planning assumption)."""


def mating_gates(
    system: RescueSystem,
    case: Case,
    submarine_class: SubmarineClass | None,
    assumptions: Assumptions,
    mate: Mate | None,
) -> tuple[GateResult, ...]:
    """The gates of a rescue vehicle at this hull; `mate` is what the mate matrix says of it and of the class."""
    return (
        _seat(system, case, submarine_class, mate),
        _attitude(system, case),
        _pressure(system, case, assumptions),
        _visibility(case, assumptions),
    )


def _seat(asset: RescueSystem, case: Case, submarine_class: SubmarineClass | None, mate: Mate | None) -> GateResult:
    dissub = case.dissub
    seat = dissub.rescue_seat or (submarine_class.rescue_seat if submarine_class else None)
    if dissub.seat_usable is False:
        return GateResult.of(Gate.SEAT, Verdict.RED, reason("seat.damaged", remedy=reason("seat.clear_it")))
    if seat == "none":
        remedy = reason("seat.intervention_instead")
        return GateResult.of(Gate.SEAT, Verdict.RED, reason("seat.none", remedy=remedy))
    as_class = dissub.rescue_seat is None or (submarine_class and dissub.rescue_seat == submarine_class.rescue_seat)
    if as_class and mate is not None and mate.state is not MateState.UNKNOWN:
        return _by_matrix(mate, dissub.seat_usable)
    if seat is None:
        return GateResult.of(Gate.SEAT, Verdict.UNKNOWN, reason("seat.dissub_unknown", nation=dissub.nation))
    if asset.rescue_seats is None:
        return GateResult.of(
            Gate.SEAT, Verdict.UNKNOWN, reason("seat.vehicle_unknown", seat=seat, nation=asset.nations[0])
        )
    if seat not in asset.rescue_seats:
        fits = ", ".join(asset.rescue_seats)
        return GateResult.of(Gate.SEAT, Verdict.RED, reason("seat.no_match", seat=seat, fits=fits))
    if dissub.seat_usable is None:
        return GateResult.of(Gate.SEAT, Verdict.GREEN, reason("seat.match_not_surveyed", seat=seat))
    return GateResult.of(Gate.SEAT, Verdict.GREEN, reason("seat.match", seat=seat))


def _by_matrix(mate: Mate, seat_usable: bool | None) -> GateResult:
    """The gate of the seat by what has been shown at sea, or drawn, for this vehicle and class; a drawing doubts."""
    if mate.state is MateState.NO:
        return GateResult.of(Gate.SEAT, Verdict.RED, reason("seat.does_not_mate"))
    verdict = Verdict.GREEN
    if mate.state is MateState.BY_DRAWING:
        verdict, reasons = Verdict.AMBER, [reason("seat.by_drawing")]
    else:
        shown = ", ".join(part for part in (mate.submarine, mate.date) if part is not None)
        reasons = [reason("seat.demonstrated", shown=shown) if shown else reason("seat.demonstrated_once")]
    if seat_usable is None:
        reasons.append(reason("seat.not_surveyed"))
    return GateResult.of(Gate.SEAT, verdict, *reasons)


def _attitude(asset: RescueSystem, case: Case) -> GateResult:
    list_deg, trim_deg = case.dissub.list_deg, case.dissub.trim_deg
    if list_deg is None and trim_deg is None:
        return GateResult.of(Gate.ATTITUDE, Verdict.UNKNOWN, reason("attitude.dissub_unknown"))
    angle_deg = combined_angle_deg(list_deg or 0.0, trim_deg or 0.0)
    half_known = list_deg is None or trim_deg is None
    if asset.mating_angle_deg is None:
        if half_known:
            why = reason("attitude.half_known_limit_unknown", angle_deg=angle_deg, nation=asset.nations[0])
            return GateResult.of(Gate.ATTITUDE, Verdict.UNKNOWN, why)
        if angle_deg < _NEARLY_LEVEL_DEG:
            return GateResult.of(Gate.ATTITUDE, Verdict.GREEN, reason("attitude.nearly_level", angle_deg=angle_deg))
        return GateResult.of(
            Gate.ATTITUDE,
            Verdict.UNKNOWN,
            reason("attitude.limit_unknown", angle_deg=angle_deg, nation=asset.nations[0]),
        )
    limit_deg = asset.mating_angle_deg
    if angle_deg > limit_deg:
        return GateResult.of(
            Gate.ATTITUDE, Verdict.RED, reason("attitude.too_steep", angle_deg=angle_deg, limit_deg=limit_deg)
        )
    if half_known:
        return GateResult.of(
            Gate.ATTITUDE, Verdict.AMBER, reason("attitude.half_known", angle_deg=angle_deg, limit_deg=limit_deg)
        )
    return GateResult.of(
        Gate.ATTITUDE, Verdict.GREEN, reason("attitude.within", angle_deg=angle_deg, limit_deg=limit_deg)
    )


def _pressure(asset: RescueSystem, case: Case, assumptions: Assumptions) -> GateResult:
    highest_bar = pressure_bar(case)
    if highest_bar is None:
        return GateResult.of(Gate.PRESSURE, Verdict.UNKNOWN, reason("pressure.dissub_unknown"))
    judged = _at_pressure(highest_bar, asset, assumptions)
    silent = [space.name for space in case.dissub.compartments if space.pressure_bar is None and space.people != 0]
    if judged.verdict is Verdict.RED or case.dissub.pressure_bar is not None or not silent:
        return judged
    why = reason("pressure.elsewhere_unknown", spaces=", ".join(silent))
    return GateResult.of(Gate.PRESSURE, Verdict.UNKNOWN, *judged.reasons, why)


def _at_pressure(bar: float, asset: RescueSystem, assumptions: Assumptions) -> GateResult:
    free_bar = assumptions["limit.pressure_no_deco_bar"].mode
    if bar <= free_bar:
        return GateResult.of(Gate.PRESSURE, Verdict.GREEN, reason("pressure.low", pressure_bar=bar))
    limit_bar = asset.pressure_limit_bar
    # Below the limit of its hull a vehicle without transfer under pressure would be no nearer.
    if asset.transfer_under_pressure is False:
        return GateResult.of(Gate.PRESSURE, Verdict.RED, reason("pressure.no_tup", pressure_bar=bar))
    if limit_bar is not None and bar > limit_bar:
        return GateResult.of(Gate.PRESSURE, Verdict.RED, reason("pressure.over", pressure_bar=bar, limit_bar=limit_bar))
    if asset.transfer_under_pressure is None or limit_bar is None:
        why = reason("pressure.limit_unknown", pressure_bar=bar, nation=asset.nations[0])
        return GateResult.of(Gate.PRESSURE, Verdict.UNKNOWN, why)
    return GateResult.of(Gate.PRESSURE, Verdict.GREEN, reason("pressure.tup", pressure_bar=bar, limit_bar=limit_bar))


def _visibility(case: Case, assumptions: Assumptions) -> GateResult:
    visibility_m = case.environment.visibility_m
    if visibility_m is None:
        return GateResult.of(Gate.VISIBILITY, Verdict.UNKNOWN, reason("visibility.unknown"))
    limit_m = assumptions["limit.visibility_m"].mode
    if visibility_m < limit_m:
        return GateResult.of(
            Gate.VISIBILITY, Verdict.AMBER, reason("visibility.poor", visibility_m=visibility_m, limit_m=limit_m)
        )
    return GateResult.of(Gate.VISIBILITY, Verdict.GREEN, reason("visibility.good", visibility_m=visibility_m))
