"""What an option does not know: only what would matter on the way that it takes."""

from __future__ import annotations

from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.answer.options import unknowns

MASS = reason("lift.mass_unknown", nation="IT")


def test_the_mass_of_a_shipment_matters_to_who_flies_and_to_nobody_else() -> None:
    flown = GateResult(gate=Gate.LIFT, verdict=Verdict.AMBER, reasons=(MASS,))
    by_ship = GateResult(
        gate=Gate.LIFT, verdict=Verdict.GREEN, reasons=(reason("gate.not_needed_by", mode="own_ship"),)
    )
    assert unknowns([flown]) == (MASS,)
    assert unknowns([by_ship]) == ()
