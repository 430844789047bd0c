"""Ice of which the case says nothing, where the sea may be near freezing: hours go by open water, so it is told."""

from __future__ import annotations

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import EscapeAdvice, Gate, GateResult, Verdict
from subrescue.earth.sea_and_sky.freezing import may_freeze
from subrescue.planning.basis.ground import is_near_a_pole
from subrescue.planning.basis.situation import Situation
from subrescue.planning.ships.chains import worst


def unstated_ice(sit: Situation) -> Reason | None:
    """That nobody has said whether there is ice at the datum; None where the case does, or none ever forms. Kept."""
    return sit.once("unstated_ice", None, lambda: _unstated_ice(sit))


def _unstated_ice(sit: Situation) -> Reason | None:
    if sit.case.environment.ice is not None:
        return None
    near = is_near_a_pole(sit.case) or may_freeze(sit.datum, sit.case.alert, sit.world.climate)
    return reason("hazards.ice_not_stated", remedy=reason("find.ice")) if near else None


def with_unstated_ice(gate: GateResult, sit: Situation) -> GateResult:
    """The gate of hazards, doubted where ice may lie; any other as it is."""
    ice = unstated_ice(sit)
    if ice is None or gate.gate is not Gate.HAZARDS:
        return gate
    others = () if gate.verdict is Verdict.GREEN else gate.reasons
    return GateResult.of(gate.gate, worst((gate.verdict, Verdict.AMBER)), ice, *others)


def escape_with_unstated_ice(advice: EscapeAdvice, sit: Situation) -> EscapeAdvice:
    """The advice on an escape that is possible, doubted where those who come up may do so under ice."""
    if unstated_ice(sit) is None:
        return advice
    reasons = (*advice.reasons, reason("escape.ice_not_stated"))
    return advice.model_copy(update={"verdict": worst((advice.verdict, Verdict.AMBER)), "reasons": reasons})
