"""Why no aircraft brings a system: no fleet that may or can, or nations that refuse it a landing or their airspace."""

from __future__ import annotations

from dataclasses import replace

from subrescue.domain.assets import System
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.airlift.clearances import refusing, refusing_overflight
from subrescue.planning.airlift.lifts import Carrier, carriers_for
from subrescue.planning.basis.recall import recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.ways.by_air import fly_away_chains
from subrescue.planning.ways.meetings import Search


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
    if not nations:
        return None
    free = replace(sit, case=sit.case.model_copy(update={"clearances": ()}), memory={})
    if not fly_away_chains(system, free, Search(1)):
        return None
    why = reason("lift.no_way_cleared", nations=", ".join(nations))
    return GateResult.of(Gate.LIFT, Verdict.RED, why)
