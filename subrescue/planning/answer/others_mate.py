"""Where a vehicle cannot mate, those that can: named of the options of this very plan that may come, in their rank."""

from __future__ import annotations

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Option, Verdict
from subrescue.planning.answer.options import with_reasons

NAMED = 3
"""How many vehicles are named."""

_CANNOT = frozenset({"seat.no_match", "seat.does_not_mate"})


def with_others_that_mate(options: list[Option]) -> list[Option]:
    """The ranked options, each whose skirt does not fit with those whose skirt does; by itself it names none.

    What is too deep, too late or declined is no help, though it would mate.
    """
    names = [one.name for one in options if one.may_come and _mates(one)][:NAMED]
    if not names:
        return options
    remedy = reason("seat.others_mate", vehicles=", ".join(names))
    return [_named(option, remedy) for option in options]


def _mates(option: Option) -> bool:
    seat = _seat(option)
    return option.kind == "rescue_system" and seat is not None and seat.verdict in (Verdict.GREEN, Verdict.AMBER)


def _seat(option: Option) -> GateResult | None:
    return next((gate for gate in option.gates if gate.gate is Gate.SEAT), None)


def _named(option: Option, remedy: Reason) -> Option:
    seat = _seat(option)
    if seat is None or not any(why.id in _CANNOT for why in seat.reasons):
        return option
    told = (why.model_copy(update={"remedy": remedy}) if why.id in _CANNOT else why for why in seat.reasons)
    return with_reasons(option, Gate.SEAT, tuple(told))
