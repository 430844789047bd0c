"""Holds two responses, or two options, against one another: what came sooner, what turned, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from subrescue.domain.difference import Difference, GateDifference, OptionDifference, PhaseDifference
from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, Option, PhaseName, PhaseSpan, Response
from subrescue.domain.what_if import WhatIf


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


def _beside(those: Iterable[Reason], others: Iterable[Reason]) -> tuple[Reason, ...]:
    known = list(others)
    return tuple(one for one in those if one not in known)


def _gates(old: Option | None, new: Option | None) -> tuple[GateDifference, ...]:
    one = {} if old is None else {result.gate: result for result in old.gates}
    other = {} if new is None else {result.gate: result for result in new.gates}
    found = (GateDifference(gate=gate, before=one.get(gate), after=other.get(gate)) for gate in Gate)
    return tuple(pair for pair in found if pair.before != pair.after)


def _phases(old: Option | None, new: Option | None) -> tuple[PhaseDifference, ...]:
    """Phases of both, paired by name and by how many of that name came before; in the order of the chains."""
    one, other = _numbered(old), _numbered(new)
    keys = list(other)
    for place, key in enumerate(one):
        if key not in other:
            keys.insert(_after(list(one)[:place], keys), key)
    return tuple(
        PhaseDifference(phase=phase, number=number, before=one.get((phase, number)), after=other.get((phase, number)))
        for phase, number in keys
    )


def _numbered(option: Option | None) -> dict[tuple[PhaseName, int], PhaseSpan]:
    seen: Counter[PhaseName] = Counter()
    found = {}
    for span in () if option is None else option.phases:
        seen[span.phase] += 1
        found[span.phase, seen[span.phase]] = span
    return found


def _after(earlier: list[tuple[PhaseName, int]], keys: list[tuple[PhaseName, int]]) -> int:
    """Where a phase goes that only one side has: behind the last of those that come before it there."""
    return max((keys.index(key) + 1 for key in earlier if key in keys), default=0)
