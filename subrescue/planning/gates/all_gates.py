"""Every option answers every gate: what does not apply is told to be so, and what no way reaches is not known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Mode, Verdict

NO_WAY = "gate.no_way"
"""Message of gates that cannot be judged because nothing arrives."""

_OF_THE_WAY = {Gate.LIFT, Gate.SHIP}
_OF_THE_HOUR = {Gate.TIME, Gate.CAPACITY}
_OPTIONAL = {Gate.ROUTE}
_ORDER = {gate: number for number, gate in enumerate(Gate)}


def all_gates(gates: Iterable[GateResult], kind: str, mode: Mode | None, arrives: bool) -> tuple[GateResult, ...]:
    """The gates of an option in their order, those that it lacks filled in: green where they do not apply.

    `arrives` says whether the chain comes to the datum. None of what is added is worse than what keeps it away.
    """
    found = {result.gate: result for result in gates}
    for gate in Gate:
        if gate in found or gate in _OPTIONAL:
            continue
        nowhere = not arrives and (gate in _OF_THE_HOUR or (gate in _OF_THE_WAY and mode is None))
        if nowhere and (gate is not Gate.CAPACITY or kind == "rescue_system"):
            found[gate] = GateResult.of(gate, Verdict.UNKNOWN, reason(NO_WAY))
        else:
            found[gate] = _not_needed(gate, kind, mode)
    return in_order(found.values())


def in_order(gates: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """Gates in the order in which they are asked: of those that forbid an option the first is what limits it."""
    return tuple(sorted(gates, key=lambda result: _ORDER[result.gate]))


@cache
def _not_needed(gate: Gate, kind: str, mode: Mode | None) -> GateResult:
    by_way = gate in _OF_THE_WAY and mode is not None
    why = reason("gate.not_needed_by", mode=mode) if by_way else reason("gate.not_needed_for", kind=kind)
    return GateResult.of(gate, Verdict.GREEN, why)
