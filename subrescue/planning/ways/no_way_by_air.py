"""Why no aircraft brings a system: no fleet that may or can, or nations that refuse it a landing or their airspace."""

from __future__ import annotations

from dataclasses import replace

from subrescue.domain.assets import System
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, PhaseName, Verdict
from subrescue.planning.airlift.clearances import refusing, refusing_overflight
from subrescue.planning.airlift.lifts import Carrier, carriers_for
from subrescue.planning.basis.recall import recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.basis.timed import NOTHING_TIMED, is_timed
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ways.by_air import fly_away_chains
from subrescue.planning.ways.meetings import Search

_AT_ANY_TIME = {"closed_from": None, "closed_until": None, "closed_daily": None}


def nothing_by_air(system: System, sit: Situation) -> GateResult | None:
    """The lift gate of a system that no aircraft can bring, or None where fleets can; of unknown base, unknown."""
    recall, _ = recall_h(system, sit)
    carriers, refused = carriers_for(system, median(recall), sit)
    if carriers:
        return _no_way_cleared(system, carriers, sit)
    why = tuple(refused) or (reason("lift.no_airfield", name=system.name),)
    verdict = Verdict.RED if system.base is not None else Verdict.UNKNOWN
    return GateResult.of(Gate.LIFT, verdict, *why)


def _no_way_cleared(system: System, carriers: list[Carrier], sit: Situation) -> GateResult | None:
    """The lift gate of a system that nations keep from coming; None where it would not come by air in any case."""
    clearances = sit.case.clearances
    by_fleet = [(*refusing(one.fleet, clearances), *refusing_overflight(one.fleet, clearances)) for one in carriers]
    nations = dict.fromkeys(nation for some in by_fleet for nation in some)
    timed = _open_for_a_time(sit)
    if not nations and not timed:
        return None
    known = {field: fact.model_copy(update=_AT_ANY_TIME) for field, fact in sit.fields.items()}
    case = sit.case.model_copy(update={"clearances": ()})
    free = replace(sit, case=case, timed=NOTHING_TIMED, fields=known, memory={})
    chains = fly_away_chains(system, free, Search(1))
    if not chains:
        return None
    if timed:
        what = ", ".join((*nations, *timed))
        there_h = _landed_h(chains[0])
        remedy = reason("opens.would_be_longer", what=what, there_h=there_h)
        return GateResult.of(Gate.LIFT, Verdict.RED, reason("opens.no_way", what=what, remedy=remedy))
    why = reason("lift.no_way_cleared", nations=", ".join(nations))
    return GateResult.of(Gate.LIFT, Verdict.RED, why)


def _landed_h(chain: Chain) -> float:
    """Median hours from the alert until the first load has landed."""
    ends_h = median_ends(chain.steps)
    return next(end for step, end in zip(chain.steps, ends_h, strict=True) if step.phase is PhaseName.FLIGHT)


def _open_for_a_time(sit: Situation) -> list[str]:
    """Nations by their codes, and airfields, that are open for a time only."""
    nations = dict.fromkeys(one.nation for one in sit.timed.air if is_timed(one, sit.case.alert))
    return [*nations, *(fact.icao for fact in sit.fields.values() if fact.closed_at_times)]
