"""Vehicles of which nobody knows whether they can: they stand after those that can, and one may be the sooner."""

from __future__ import annotations

from collections.abc import Sequence

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, Option, Verdict
from subrescue.planning.gates.gates_chain import in_time_verdict

_ASKED = {Gate.AVAILABILITY: "availability.unknown", Gate.DEPTH: "depth.limit_doubted"}


def all_but_late(option: Option) -> bool:
    """Whether the hours would forbid it, if they did not hang on a general estimate of life aboard."""
    chance = option.probability_in_time
    return chance is not None and in_time_verdict(chance) is Verdict.RED


def questions(option: Option) -> list[Reason]:
    """What is to be answered before anybody begins with an asset: is it in service, does it dive so deep as it must."""
    asking = [(gate.reasons, _ASKED[gate.gate]) for gate in option.gates if gate.gate in _ASKED]
    return [why for reasons, asked in asking for why in reasons if why.id == asked]


def may_be_sooner(options: Sequence[Option]) -> tuple[Option, Option] | None:
    """The vehicle that would be the first, by more than hours are told to, if its question got a good answer; and the
    first that surely can.

    options: in the order of their ranks. None where nothing is known to be able: then the ranks begin with what to ask.
    """
    rescue = [one for one in options if one.kind == "rescue_system" and one.may_come and not all_but_late(one)]
    first = next((one for one in rescue if not questions(one)), None)
    before = None if first is None else first.time_to_first_rescue_h
    if first is None or before is None:
        return None
    for one in rescue:
        band = one.time_to_first_rescue_h
        if questions(one) and band is not None and before.p50 - band.p50 > max(band.step, before.step):
            return one, first
    return None


def sooner_if_told(options: Sequence[Option]) -> Reason | None:
    """What `may_be_sooner` finds, and the question, before the ranks are read."""
    found = may_be_sooner(options)
    band = None if found is None else found[0].time_to_first_rescue_h
    if found is None or band is None:
        return None
    asked, first = found
    hours = round(band.p50 / band.step) * band.step
    return reason("finding.sooner_if_told", remedy=questions(asked)[0], name=asked.name, first=first.name, hours=hours)
