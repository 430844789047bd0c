"""What comes of a chain in the draws: hours, chances, the gates of time and capacity, and all dives but the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.domain.assets import MovingAsset, RescueSystem
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason
from subrescue.domain.response import ChamberShip, GateResult, PeopleOut, PhaseName, PhaseSpan
from subrescue.planning.answer.chamber_ship import chamber_ship, chambers_beside, in_use
from subrescue.planning.answer.goals import goal_notes
from subrescue.planning.answer.later_spans import later_spans
from subrescue.planning.answer.sampled import Sampled
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import Group, MorePlaces, pressed
from subrescue.planning.dives.cycles import Cycles, decompression_h, run_cycles
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.planning.dives.people_out import Done, people_out, scene_notes
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.weather import waves_below
from subrescue.planning.gates.gates_chain import IN_TIME_GREEN, capacity_gate, how_late, time_gate
from subrescue.planning.ships.chains import Chain
from subrescue.planning.survival.pressure_groups import groups_for


@dataclass(frozen=True, eq=False)
class Outcome:
    """Times as bands, chances, gates of time and capacity, phases after the first dive; blank where none arrives."""

    intervention_h: Band | None = None
    first_h: Band | None = None
    last_h: Band | None = None
    in_time: float | None = None
    all_in_time: float | None = None
    rescued: float | None = None
    gates: tuple[GateResult, ...] = ()
    spans: tuple[PhaseSpan, ...] = ()
    people_out: tuple[PeopleOut, ...] = ()
    notes: tuple[Reason, ...] = ()
    chamber_ship: ChamberShip | None = None
    done: Done | None = None


def outcome_of(
    asset: MovingAsset,
    chain: Chain,
    plan: Sampled,
    lives: Lives | None,
    sit: Situation,
    away: frozenset[str] = frozenset(),
) -> Outcome:
    """What comes of an asset's chain; away: ids of ships with chambers that sail for others."""
    if isinstance(asset, RescueSystem):
        return _of_rescue(asset, chain, plan, lives, sit, away)
    return _of_intervention(asset, plan, lives, sit)


def _of_intervention(asset: MovingAsset, plan: Sampled, lives: Lives | None, sit: Situation) -> Outcome:
    there = plan.end_of(PhaseName.INTERVENTION, PhaseName.AIR_DROP)
    if there is None:
        return Outcome()
    chance = _chance(there, lives)
    there_band = plan.end_band(PhaseName.INTERVENTION, PhaseName.AIR_DROP)
    return Outcome(
        intervention_h=there_band,
        in_time=chance,
        gates=(_time_gate(chance, there, there_band, lives, plan),),
        notes=goal_notes(asset, there, sit),
        done=Done(_over_datum_h(plan), there),
    )


def _of_rescue(
    system: RescueSystem, chain: Chain, plan: Sampled, lives: Lives | None, sit: Situation, away: frozenset[str]
) -> Outcome:
    surveyed, first = plan.end_of(PhaseName.SURVEY), plan.end_of(PhaseName.FIRST_DIVE)
    people = sit.case.dissub.people_to_rescue(sit.submarine_class)
    groups = groups_for(people, lives, sit) if people else ()
    needed = pressed(groups) if people else None
    asked = needed if people else decompression_h(sit.case, sit.assumptions)
    more = chambers_beside(system, chain, needed, sit, away) if asked else ()
    if surveyed is None or first is None:
        return Outcome(chamber_ship=chamber_ship(more, needed))
    first_band, chance = plan.end_band(PhaseName.FIRST_DIVE), _chance(first, lives)
    cycles = _cycles(system, chain, people, first, groups, more, sit)
    if cycles is not None:
        more = in_use(more, cycles)
    alive = brought_out(cycles, lives) if cycles is not None and lives is not None else None
    saved = alive.sum(axis=0, dtype=np.int16) if alive is not None else None
    rescued = float(saved.mean()) if saved is not None else None
    late = how_late(cycles.last_h, cycles.out_bands[-1], lives, plan.spare_h) if cycles is not None else None
    notes = goal_notes(system, first, sit)
    if people and cycles is not None:
        notes += scene_notes(system, chain.host_ship, people, cycles, sit.case, sit.assumptions, groups, more)
    return Outcome(
        intervention_h=plan.end_band(PhaseName.SURVEY),
        first_h=first_band,
        last_h=cycles.out_bands[-1] if cycles is not None else None,
        in_time=chance,
        all_in_time=float(np.mean(saved >= people)) if saved is not None and people else None,
        rescued=rescued,
        gates=(
            _time_gate(chance, first, first_band, lives, plan),
            capacity_gate(people, system.capacity_persons, rescued, late),
        ),
        spans=later_spans(system, first, cycles, groups, sit),
        people_out=people_out(cycles, alive) if cycles is not None else (),
        notes=notes,
        chamber_ship=chamber_ship(more, needed),
        done=Done(_over_datum_h(plan), surveyed, first, cycles, saved, tuple(one.ship.id for one in more)),
    )


def _over_datum_h(plan: Sampled) -> FloatArray | None:
    return plan.end_of(PhaseName.TRANSIT, PhaseName.AIR_DROP)


def _cycles(
    system: RescueSystem,
    chain: Chain,
    people: int | None,
    first_h: FloatArray,
    groups: tuple[Group, ...],
    more: tuple[MorePlaces, ...],
    sit: Situation,
) -> Cycles | None:
    """All dives; None where nobody knows how many people there are to bring up, or how many the vehicle takes."""
    if not people or system.capacity_persons is None:
        return None
    weather = waves_below(system, sit.case, sit.assumptions)
    return run_cycles(
        system, chain.host_ship, people, first_h, sit.case, sit.assumptions, sit.draws, weather, groups, more
    )


def _time_gate(
    chance: float | None, done_h: FloatArray, done: Band | None, lives: Lives | None, plan: Sampled
) -> GateResult:
    is_late = chance is not None and chance < IN_TIME_GREEN
    late = how_late(done_h, done, lives, plan.spare_h) if is_late else None
    return time_gate(chance, late, by_prior=lives is not None and lives.by_prior)


def _chance(done_h: FloatArray, lives: Lives | None) -> float | None:
    """Chance that somebody still lives then, in whatever compartment."""
    return None if lives is None else float(np.count_nonzero(done_h < lives.last_end_h) / len(done_h))
