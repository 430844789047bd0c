"""The planner's door: a case, a registry, assumptions and a world in, the ranked response out."""

from __future__ import annotations

from collections.abc import Collection
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.assets.intervention import InterventionKind
from subrescue.domain.case import Case, Plight
from subrescue.domain.collector import collector_at_rest
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.registry import Registry
from subrescue.domain.response import EscapeAdvice, Gate, GateResult, Mode, Option, Response, Verdict
from subrescue.domain.samples import SAMPLES
from subrescue.planning.answer.asked_first import questions, sooner_if_told
from subrescue.planning.answer.escape import escape_answer
from subrescue.planning.answer.first_orders import first_orders
from subrescue.planning.answer.options import option_and_done, option_of, with_reasons
from subrescue.planning.answer.others_mate import NAMED, with_others_that_mate
from subrescue.planning.answer.paths import with_paths
from subrescue.planning.answer.pods import store_pairs
from subrescue.planning.answer.ranks import ranked
from subrescue.planning.answer.sent_together import Sending
from subrescue.planning.answer.shared_ships import counted_on, with_shared_ships
from subrescue.planning.answer.ships_of_several import ships_of_several
from subrescue.planning.answer.treatment import treatment
from subrescue.planning.basis.another_day import years_after_registry
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.moving_assets import moving_assets
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.gates.unstated_ice import unstated_ice
from subrescue.planning.survival.coming_up import escape_perils
from subrescue.planning.survival.survival import survival_window

if TYPE_CHECKING:
    from subrescue.earth.world import World


@collector_at_rest()
def plan(
    case: Case,
    registry: Registry,
    assumptions: Assumptions,
    world: World,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
    paths: bool = True,
    brief: bool = False,
) -> Response:
    """Every asset's best chain to the DISSUB, ranked: those that can first, by time, those that cannot last.

    Pure: the same inputs and seed give the same response. Hours count from the alert of the case. `samples` is the
    number of draws behind each P10, P50 and P90. Without `paths` the phases have no points for drawing, which is
    faster; `planning.answer.paths.with_paths` gives them to a single option. In `brief` the options have no
    alternatives, which is faster again: their other ways are not looked for, nor another order of what is sent
    together.

    Raises InputError for an assumption of the case that does not exist or is out of its range, and GivenUpError where
    it is given up (`planning.basis.giving_up`).
    """
    go_on()
    sit = situation_of(case, registry, assumptions, world, seed, samples)
    survival = survival_window(case, sit.submarine_class, sit.assumptions, seed=seed, samples=samples)
    if case.dissub.plight is Plight.SURFACED:
        return Response(case_id=case.id, survival=survival.window, findings=(reason("finding.surfaced"),))
    found, done = [], {}
    for asset in moving_assets(sit):
        go_on()
        option, achieved = option_and_done(asset, sit, survival.lives, brief=brief)
        found.append(option)
        if achieved is not None:
            done[asset.id] = achieved
    go_on()
    sending = Sending(survival.lives, sit, brief=brief)
    owner = case.dissub.nation
    found = ranked(sending.commit(ranked(found, owner), done), owner)
    found = with_others_that_mate(with_shared_ships(found, sit))
    together, sent = sending.best(found, done)
    escape = escape_answer(found, done, survival.samples_h, sit)
    told = findings(found, escape, sit)
    go_on()
    if any(finding.id == "finding.rov_only" for finding in told):
        found = [_to_identify(option, sit) for option in found]
    options = [_drawn(option, sit) for option in found] if paths else found
    return Response(
        case_id=case.id,
        survival=survival.window,
        escape=escape,
        store_pairs=store_pairs(found, done, survival, sit),
        treatment=treatment(found, survival.lives, sit),
        together=together,
        first_orders=first_orders(sent, sit, together),
        options=tuple(options),
        findings=told,
    )


def plan_some(
    asked: Collection[str],
    before: Response,
    case: Case,
    registry: Registry,
    assumptions: Assumptions,
    world: World,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Response:
    """The survival window and the options of these assets in brief as `plan` has them; all else as in `before`.

    The options are ranked together, those of `before` by what they were then. Raises as `plan` does.
    """
    with collector_at_rest():
        go_on()
        sit = situation_of(case, registry, assumptions, world, seed, samples)
        survival = survival_window(case, sit.submarine_class, sit.assumptions, seed=seed, samples=samples)
        known = {option.asset_id: option for option in before.options}
        # Those that the case counts on wait for one another.
        counted = {asset_id for asset_id, option in known.items() if counted_on(option, sit)}
        together = counted if counted.intersection(asked) else set()
        found = []
        for asset in moving_assets(sit):
            if asset.id in asked or asset.id in together:
                go_on()
                found.append(option_of(asset, sit, survival.lives, brief=True))
        if together:
            found = Sending(survival.lives, sit, brief=True).commit(ranked(found, case.dissub.nation), {})
        go_on()
    new = {option.asset_id: option for option in found if option.asset_id in asked}
    options = ranked(list({**known, **new}.values()), case.dissub.nation)
    options = with_others_that_mate(with_shared_ships(options, sit))
    return before.model_copy(update={"survival": survival.window, "options": tuple(options)})


def _drawn(option: Option, sit: Situation) -> Option:
    go_on()
    return with_paths(option, sit.world, sit.closed_passages)


def findings(options: list[Option], escape: EscapeAdvice, sit: Situation) -> tuple[Reason, ...]:
    """What holds for the whole case: escape comes first, nothing can rescue, only an ROV can look, no water."""
    found: list[Reason] = []
    dissub = sit.case.dissub
    if escape.verdict in (Verdict.GREEN, Verdict.AMBER):
        perils = [peril.id for peril in escape_perils(sit.case, sit.assumptions)]
        told = _BEFORE_ESCAPE[perils[0]] if perils else "finding.escape_first"
        found.append(escape.reasons[0].model_copy(update={"id": told}))
    if (ice := unstated_ice(sit)) is not None:
        found.append(ice)
    elif sit.case.environment.ice:
        found.append(reason("finding.ice"))
    if dissub.plight is Plight.MISSING or (dissub.fix.error_radius_nm or 0.0) > _SEARCHED_NM:
        found.append(reason("finding.to_be_found", radius_nm=dissub.fix.error_radius_nm))
    found += ships_of_several(options)
    years = years_after_registry(sit.case, sit.registry)
    if years is not None:
        other = "finding.assets_of_earlier_day" if years > 0 else "finding.assets_of_later_day"
        found.append(reason(other, years=abs(years)))
    if dissub.depth_m is None and (charted := _charted_depth(sit)) is not None:
        found.append(charted)
    if sit.datum_dry is not None:
        found.append(sit.datum_dry)
    elif sit.world.router.is_closed_sea(sit.datum):
        found.append(reason("finding.closed_sea"))
    elif _nobody_sails(options, sit):
        found.append(reason("finding.no_way_by_sea"))
    rescue = [option for option in options if option.kind == "rescue_system"]
    hopeful = [option for option in rescue if option.verdict is not Verdict.RED and not _late_as_others(option, rescue)]
    if not hopeful:
        found.append(reason("finding.no_feasible_rescue", remedy=_soonest_too_late(rescue)))
        if rescue and all(_red(option, Gate.DEPTH) for option in rescue):
            found.append(reason("finding.rov_only", remedy=_first_to_look(options, sit), depth_m=dissub.depth_m))
        elif rescue and all(_red(option, Gate.SEAT) for option in rescue):
            found.append(reason("finding.intervention_instead"))
    elif not any(option.may_come for option in rescue):
        names = ", ".join([option.name for option in hopeful][:NAMED])
        found.append(reason("finding.no_known_rescue", names=names))
    else:
        found += [why for why in (_unlikely(options), sooner_if_told(options)) if why is not None]
    return tuple(found)


def _soonest_too_late(rescue: list[Option]) -> Reason | None:
    """The vehicle that would be the first, where nothing but the hours that the crew has left forbids it."""
    late = [one for one in rescue if one.is_only_late]
    first = min(late, key=lambda one: one.first_h.p50 if one.first_h is not None else inf, default=None)
    if first is None or first.first_h is None:
        return None
    step = first.first_h.step
    return reason("finding.soonest_too_late", name=first.name, hours=round(first.first_h.p50 / step) * step)


def _late_as_others(option: Option, rescue: list[Option]) -> bool:
    """Whether no way is known of a vehicle, and those of its nations whose way is known are too late.

    Who asks China for a bell whose ship nobody knows, for a boat off Portugal that has a day to live, loses the day.
    """
    if option.first_h is not None:
        return False
    known = [other for other in rescue if other.first_h is not None and set(other.nations) & set(option.nations)]
    return bool(known) and all(_red(other, Gate.TIME) for other in known)


_LIKELY = 0.5
"""A chance to be in time below which being late is likelier."""


def _unlikely(options: list[Option]) -> Reason | None:
    """That every vehicle that may come is likelier late than in time, with help at the hull that is likelier in time.

    Vehicles stand before such help in the ranks whatever their chance, since they alone bring people up: where it is
    poor, that is told before the ranks are read.
    """
    work = [option for option in options if option.may_come and option.mode is not Mode.AIR_DROP]
    best = _likeliest([option for option in work if option.kind == "rescue_system"])
    if best is None or best[0] >= _LIKELY:
        return None
    others = [option for option in work if option.kind != "rescue_system"]
    helps = _likeliest([option for option in others if not questions(option)]) or _likeliest(others)
    sooner = helps is not None and helps[0] > best[0]
    remedy = reason("finding.help_at_hull", name=helps[1], chance=helps[0]) if helps and sooner else None
    return reason("finding.rescue_unlikely", name=best[1], chance=best[0], remedy=remedy)


def _likeliest(options: list[Option]) -> tuple[float, str] | None:
    """The chance and name of the option that is likeliest to be in time, the first in rank of equals."""
    known = [(one.probability_in_time, one.name) for one in options if one.probability_in_time is not None]
    return max(known, key=lambda found: found[0], default=None)


def _first_to_look(options: list[Option], sit: Situation) -> Reason | None:
    """The ROV that comes first of those that are known to dive so deep and to be in service; None without one."""
    for option in options:
        if _is_rov(option, sit) and all(_only_late(gate) for gate in option.gates) and option.first_h is not None:
            step = option.first_h.step
            return reason("finding.first_to_look", name=option.name, hours=round(option.first_h.p50 / step) * step)
    return None


def _only_late(gate: GateResult) -> bool:
    """Whether it forbids nothing but to come for the crew, and leaves nobody to ask whether the asset can."""
    if gate.gate is Gate.TIME:
        return True
    asked = gate.verdict is Verdict.UNKNOWN and gate.gate in (Gate.DEPTH, Gate.AVAILABILITY)
    return gate.verdict is not Verdict.RED and not asked


_SEARCHED_NM = 5.0
"""A hull in a circle no wider than this is found with the survey; in a wider one it has to be searched for."""


def _nobody_sails(options: list[Option], sit: Situation) -> bool:
    """Whether no ship reaches the datum, none of those to be chartered at a port either."""
    by_sea = any(option.mode is not Mode.AIR_DROP and option.first_h is not None for option in options)
    return bool(sit.ship_sea_nm) and not by_sea and not np.isfinite(list(sit.ship_sea_nm.values())).any()


_BEFORE_ESCAPE = {
    "escape.under_ice": "finding.escape_under_ice",
    "escape.saturated": "finding.escape_saturated",
    "escape.beyond_air": "finding.escape_beyond_air",
}
"""What is told of a case in which rescue goes before escape, by the first peril of those who come up."""


def _charted_depth(sit: Situation) -> Reason | None:
    """What the sources of depths say at the datum where nobody has said how deep the hull lies; gates do not use it."""
    estimate = sit.world.depth.estimate(sit.datum)
    if estimate is None or estimate.high_m is None:
        return None
    return reason("finding.depth_by_chart", low_m=estimate.low_m, high_m=estimate.high_m, source=estimate.source.name)


def _to_identify(option: Option, sit: Situation) -> Option:
    """An ROV that comes too late for the crew says what it can still do."""
    if not _is_rov(option, sit) or not _red(option, Gate.TIME):
        return option
    return with_reasons(option, Gate.TIME, (reason("time.identification_only"),))


def _is_rov(option: Option, sit: Situation) -> bool:
    system = sit.registry.intervention_systems.get(option.asset_id)
    return system is not None and system.intervention_kind is InterventionKind.ROV


def _red(option: Option, gate: Gate) -> bool:
    return any(result.gate is gate and result.verdict is Verdict.RED for result in option.gates)
