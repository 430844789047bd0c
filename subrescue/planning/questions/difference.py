"""Holds two responses, or two options, against one another: what came sooner, what turned, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from subrescue.domain.difference import (
    Difference,
    GateDifference,
    OptionDifference,
    OrderDifference,
    PhaseDifference,
    SentDifference,
    less_than_told,
)
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, Option, PhaseName, PhaseSpan, Response
from subrescue.domain.sent import Sent
from subrescue.domain.what_if import WhatIf

_SENT_BY = ("goes", "fleets", "apod", "spod", "ship_id")


def difference(before: Response, after: Response, what_if: WhatIf | None = None) -> Difference:
    """What differs between two responses, asset by asset.

    Both should be planned with the same seed and number of samples: equal causes then have equal luck, and no
    difference is one of chance.
    """
    old = {option.asset_id: (rank, option) for rank, option in enumerate(before.options, start=1)}
    new = {option.asset_id: (rank, option) for rank, option in enumerate(after.options, start=1)}
    assets = [*new, *(asset for asset in old if asset not in new)]
    return Difference(
        what_if=what_if,
        before=before,
        after=after,
        options=tuple(option_difference(old.get(asset), new.get(asset)) for asset in assets),
        findings_new=_beside(after.findings, before.findings),
        findings_gone=_beside(before.findings, after.findings),
        together=_together(before.together, after.together),
        orders=_orders(before.first_orders, after.first_orders),
    )


def option_difference(before: tuple[int, Option] | None, after: tuple[int, Option] | None) -> OptionDifference:
    """What differs between two options, each with its rank; None for one that is not there."""
    (rank_before, old), (rank_after, new) = before or (None, None), after or (None, None)
    return OptionDifference(
        before=old,
        after=new,
        rank_before=rank_before,
        rank_after=rank_after,
        gates=_gates(old, new),
        phases=_phases(old, new),
    )


def _orders(before: Sequence[FirstOrder], after: Sequence[FirstOrder]) -> tuple[OrderDifference, ...]:
    """Orders that came or went, and those that are due at another whole hour, as they are told."""
    old, new = ({one.order.model_dump_json(): one for one in orders} for orders in (before, after))
    found = [OrderDifference(before=old.get(order), after=one) for order, one in new.items()]
    told = [pair for pair in found if not _is_due_alike(pair.before, pair.after)]
    return (*told, *(OrderDifference(before=one) for order, one in old.items() if order not in new))


def _is_due_alike(before: FirstOrder | None, after: FirstOrder | None) -> bool:
    return before is not None and after is not None and before.due_h == after.due_h


def _together(before: Sequence[Sent], after: Sequence[Sent]) -> tuple[SentDifference, ...]:
    """Of what is sent together that which came or went, goes otherwise, or at hours that are told as others.

    One alone is not told as sent together: its option says the same.
    """
    if max(len(before), len(after)) < 2:
        return ()
    old, new = ({one.asset_id: one for one in sent} for sent in (before, after))
    found = [SentDifference(before=old.get(asset), after=one) for asset, one in new.items()]
    told = [pair for pair in found if not _goes_alike(pair.before, pair.after)]
    return (*told, *(SentDifference(before=one) for asset, one in old.items() if asset not in new))


def _goes_alike(before: Sent | None, after: Sent | None) -> bool:
    if before is None or after is None:
        return False
    if any(getattr(before, name) != getattr(after, name) for name in _SENT_BY):
        return False
    if before.first_h is None or after.first_h is None:
        return before.first_h is after.first_h
    waits_as_long = abs(before.later_h - after.later_h) < before.first_h.step
    return waits_as_long and less_than_told(before.first_h, after.first_h)


def _beside(those: Iterable[Reason], others: Iterable[Reason]) -> tuple[Reason, ...]:
    known = list(others)
    return tuple(one for one in those if one not in known)


def _gates(old: Option | None, new: Option | None) -> tuple[GateDifference, ...]:
    one = {} if old is None else {result.gate: result for result in old.gates}
    other = {} if new is None else {result.gate: result for result in new.gates}
    found = (GateDifference(gate=gate, before=one.get(gate), after=other.get(gate)) for gate in Gate)
    return tuple(pair for pair in found if pair.before != pair.after)


def _phases(old: Option | None, new: Option | None) -> tuple[PhaseDifference, ...]:
    """Phases of both in the order of the chains: paired by name and carrier, and those that are left by their order.

    So a fleet that both call is held against itself, and one that only one of them calls against none.
    """
    one, other = _spans(old), _spans(new)
    mates = _mates(one, other)
    pairs: list[tuple[int | None, int | None]] = [(mates.get(at), at) for at in range(len(other))]
    for at in sorted(set(range(len(one))) - set(mates.values())):
        # Behind the last of those that come before it there.
        place = max((n + 1 for n, (mine, _) in enumerate(pairs) if mine is not None and mine < at), default=0)
        pairs.insert(place, (at, None))
    seen: Counter[PhaseName] = Counter()
    found = []
    for mine, its in pairs:
        before = None if mine is None else one[mine]
        after = before if its is None else other[its]
        assert after is not None
        seen[after.phase] += 1
        found.append(
            PhaseDifference(
                phase=after.phase,
                number=seen[after.phase],
                before=before,
                after=None if its is None else after,
            )
        )
    return tuple(found)


def _spans(option: Option | None) -> tuple[PhaseSpan, ...]:
    return () if option is None else option.phases


def _mates(one: Sequence[PhaseSpan], other: Sequence[PhaseSpan]) -> dict[int, int]:
    """Which phase of one is which of the other, by their places: first those of the same carrier."""
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(one)))
    for same_carrier in (True, False):
        for at, span in enumerate(other):
            if at in found:
                continue
            alike = (n for n in free if one[n].phase is span.phase)
            mine = next((n for n in alike if not same_carrier or one[n].carrier == span.carrier), None)
            if mine is not None:
                found[at] = mine
                del free[mine]
    return found
