"""Why an option takes as long as it does: its phases, the assumptions and the unknown facts that matter most.

Each assumption is set to its P10 and to its P90 in turn and the asset planned anew, with the same luck for all else:
where another way becomes the best one, that is part of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.assets import MovingAsset
from subrescue.domain.case import Case, FieldFact
from subrescue.domain.difference import first_of
from subrescue.domain.explanation import AssumptionWeight, Explanation, PhaseWeight, UnknownWeight
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, GateResult, Option, PhaseName, Verdict
from subrescue.domain.samples import SAMPLES
from subrescue.planning.answer.options import option_of
from subrescue.planning.answer.phase_weights import phase_weights
from subrescue.planning.basis.moving_assets import moving_assets, moving_assets_of
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.doubt.durations import FloatArray, band, length
from subrescue.planning.doubt.schedule import Step, timetable
from subrescue.planning.ships.chains import worst
from subrescue.planning.survival.survival import Survival, survival_window
from subrescue.planning.ways.asset_chains import chains_of

if TYPE_CHECKING:
    from subrescue.earth.world import World

_TOLD_CHANCE = 0.01
"""A chance is told in per cent: what moves it less does not count before the hours."""

_NOT_OF_TIME = ("limit.", "decompression.", "escape.", "surface.")
"""Assumptions that turn gates or come after the first rescue: they move neither its hour nor the crew's."""

_LAST = (PhaseName.FIRST_DIVE, PhaseName.INTERVENTION, PhaseName.AIR_DROP)
"""Steps with which a chain that arrives ends."""

_FORBIDDING = frozenset(Gate) - {Gate.VISIBILITY, Gate.CAPACITY, Gate.HAZARDS}
"""Gates that can be red for a fact of asset, boat or sea."""


def asset_names(case: Case, registry: Registry) -> list[tuple[str, str]]:
    """Ids and names of the assets that a plan of this case holds."""
    return [(asset.id, asset.name) for asset in moving_assets_of(registry.of_the_day(case), case)]


def why(
    case: Case,
    registry: Registry,
    assumptions: Assumptions,
    world: World,
    asset_id: str,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Explanation | None:
    """Why the option of this asset takes as long as it does; None for an asset without a way to the datum.

    Hours count from the alert of the case. Raises KeyError for an asset that the plan does not hold.
    """
    sit = situation_of(case, registry, assumptions, world, seed, samples)
    asset = {one.id: one for one in moving_assets(sit)}[asset_id]
    alone = replace(sit, memory={}, alone=True)
    survival = _survival(alone)
    option = option_of(asset, alone, survival.lives)
    steps = _steps(asset, alone)
    first_h = first_of(option)
    if first_h is None or steps is None:
        return None
    base = _Base(asset, sit, _end(steps, sit), _last_end_h(survival))
    phases = phase_weights(steps, sit.draws)
    # All of them are tried: what is kept from plan to plan hides which of them a way was made of.
    keys = sorted(key for key in sit.assumptions.items if not key.startswith(_NOT_OF_TIME))
    weights = [weight for key in keys if (weight := _assumption(key, base)) is not None]
    weights.sort(key=lambda one: (-round(one.swing_chance, 2), -one.swing_h, one.key))
    return Explanation(
        asset_id=asset.id,
        name=asset.name,
        first_h=first_h,
        chance=option.probability_in_time,
        limiting_factor=option.limiting_factor,
        sentences=_sentences(phases, weights),
        phases=phases,
        assumptions=tuple(weights),
        unknowns=unknown_weights(option, asset, sit),
    )


@dataclass(frozen=True, eq=False)
class _Base:
    """What each assumption is held against: the asset, and (samples,) hours of the first rescue and of survival."""

    asset: MovingAsset
    sit: Situation
    first_h: FloatArray
    survival_h: FloatArray | None


def _survival(sit: Situation) -> Survival:
    draws = sit.draws
    return survival_window(sit.case, sit.submarine_class, sit.assumptions, seed=draws.seed, samples=draws.samples)


def _last_end_h(survival: Survival) -> FloatArray | None:
    """(samples,) hours until which somebody lives, in whatever compartment: what a first rescue is held against."""
    return None if survival.lives is None else survival.lives.last_end_h


def _steps(asset: MovingAsset, sit: Situation) -> list[Step] | None:
    """The steps of the best chain; None where none arrives."""
    chains = chains_of(asset, sit, 1)
    return list(chains[0].steps) if chains and chains[0].steps[-1].phase in _LAST else None


def _end(steps: list[Step], sit: Situation) -> FloatArray:
    return np.asarray(timetable(steps, sit.draws).end_h[-1])


def _assumption(key: str, base: _Base) -> AssumptionWeight | None:
    """The weight of one assumption; None where it is known exactly or moves neither hour nor chance."""
    known = base.sit.assumptions.items[key]
    spread = length(known.value)
    if spread.p10 == spread.p90:
        return None
    sides: list[tuple[float | None, float | None]] = []
    for number in (spread.p10, spread.p90):
        numbers = base.sit.assumptions.replaced({key: Pert.exactly(number)})
        other = replace(base.sit, assumptions=numbers, memory={}, alone=True)
        first_h: FloatArray | None = base.first_h
        survival_h = base.survival_h
        if key.startswith("survival."):
            survival_h = _last_end_h(_survival(other))
        else:
            steps = _steps(base.asset, other)
            first_h = _end(steps, other) if steps is not None else None
        if first_h is None:
            sides.append((None, None))
        else:
            chance = None if survival_h is None else float(np.mean(first_h < survival_h))
            sides.append((band(first_h).p50, chance))
    weight = AssumptionWeight(
        key=key,
        title=known.title,
        unit=known.unit,
        value=known.value,
        low=spread.p10,
        high=spread.p90,
        at_low_h=sides[0][0],
        at_high_h=sides[1][0],
        chance_at_low=sides[0][1],
        chance_at_high=sides[1][1],
    )
    gone = weight.at_low_h is None or weight.at_high_h is None
    return weight if gone or weight.swing_h > 0 or weight.swing_chance > 0 else None


_WAITS = (PhaseName.WEATHER_WAIT, PhaseName.OPENING_WAIT)


def _sentences(phases: Sequence[PhaseWeight], weights: list[AssumptionWeight]) -> tuple[Reason, ...]:
    """What an hour less is worth where it is worth most, whose doubt decides, and which assumption."""
    felt = [one for one in phases if one.gain_h > 0]
    said = []
    if felt:
        work = [one for one in felt if one.phase not in _WAITS]
        best = max(work or felt, key=lambda one: (round(one.gain_h, 1), one.length_h.p50))
        said.append(reason("why.hour", phase=best.phase.value, hours=best.gain_h))
        doubt = max(phases, key=lambda one: one.doubt_h)
        if doubt.doubt_h > 0:
            said.append(reason("why.decides", phase=doubt.phase.value, hours=doubt.doubt_h))
    if weights:
        first = weights[0]
        if first.swing_chance >= _TOLD_CHANCE:
            low, high = first.chance_at_low, first.chance_at_high
            said.append(reason("why.assumption_chance", title=first.title, low=low, high=high))
        elif first.swing_h > 0:
            said.append(reason("why.assumption", title=first.title, hours=first.swing_h))
    return tuple(said)


def unknown_weights(option: Option, asset: MovingAsset, sit: Situation) -> tuple[UnknownWeight, ...]:
    """Facts that are not known, those that could forbid the option first, then by the hours that they may cost."""
    found = [
        UnknownWeight(
            reason=why,
            gate=gate.gate,
            forbids=gate.verdict is Verdict.UNKNOWN and gate.gate in _FORBIDDING,
            verdict_if_good=_without_doubt(option.gates, gate, why),
            hours=_hours(why, option, asset, sit),
        )
        for gate in option.gates
        for why in gate.reasons
        if gate.verdict in (Verdict.UNKNOWN, Verdict.AMBER) and _missing(why)
    ]
    return tuple(sorted(found, key=lambda one: (not one.forbids, -(one.hours or 0.0))))


def _missing(why: Reason) -> bool:
    """Whether the reason is a fact that is missing: its remedy is to ask, or to find out."""
    return why.remedy is not None and why.remedy.id.startswith(("ask.", "find."))


def _without_doubt(gates: Iterable[GateResult], doubted: GateResult, why: Reason) -> Verdict:
    """The verdict of the option were this one fact known and good."""
    others = [one for one in doubted.reasons if one.id != why.id and _missing(one)]
    rest = [gate.verdict for gate in gates if gate is not doubted]
    return worst([*rest, doubted.verdict] if others else rest)


def _hours(why: Reason, option: Option, asset: MovingAsset, sit: Situation) -> float | None:
    """Median hours lost were the fact bad, where the planner can tell: no K-loader on the field."""
    before = first_of(option)
    if why.id != "lift.loader_unknown" or before is None:
        return None
    code = str(why.values.get("airfield"))
    field = sit.places.field_index(code)
    if field is None:
        return None
    known = sit.fields.get(field) or FieldFact(icao=code)
    fields = {**sit.fields, field: known.model_copy(update={"has_loader": False})}
    after = first_of(option_of(asset, replace(sit, fields=fields, memory={}), None))
    # Ways are chosen by the medians of their steps: that of another may be sooner by its P50, and costs nothing.
    return None if after is None else max(after.p50 - before.p50, 0.0)
