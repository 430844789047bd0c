"""Ports at which ships are fitted out, and vessels chartered, for several that are sent together.

A port has room, cranes and welders for a few ships at a time: a further one waits until one of them has sailed. Of the
vessels that lie there the first to ask has the first; each further one takes longer to find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median, plus, scaled
from subrescue.planning.doubt.schedule import Step, median_ends
from subrescue.planning.ships.chains import Chain

Span = tuple[float, float]
"""Median hours from the alert at which something begins and ends."""

_SAME_H = 1e-6
_ALONGSIDE = (PhaseName.PREPARE_SHIP, PhaseName.FIT_OUT)


@dataclass(frozen=True)
class PortPlaces:
    """What those who were sent before have of each port, by its number.

    fitting: from when until when each of their ships is fitted out there, median hours from the alert; fitting_for: for
    whom, each as often as it has one. chartered_for: those for whom a vessel is found there.
    """

    fitting: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    fitting_for: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    chartered_for: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return tuple(sorted(self.fitting.items())), tuple(
            (n, len(who)) for n, who in sorted(self.chartered_for.items())
        )

    def taking(self, name: str, chain: Chain) -> PortPlaces:
        """These and what a chain takes of its port."""
        span = alongside_h(chain)
        if span is None or chain.meeting is None:
            return self
        port = chain.meeting.port
        chartered = {**self.chartered_for}
        if chain.host_ship is None:
            chartered[port] = (*chartered.get(port, ()), name)
        return PortPlaces(
            {**self.fitting, port: (*self.fitting.get(port, ()), span)},
            {**self.fitting_for, port: (*self.fitting_for.get(port, ()), name)},
            chartered,
        )

    def later(self, chain: Chain, sit: Situation) -> tuple[Chain, bool, bool]:
        """A chain with what is left of its port, whether it waits for a vessel, and whether for a place.

        The same chain where it waits for neither.
        """
        if chain.meeting is None or chain.meeting.port not in self.fitting:
            return chain, False, False
        port, found = chain.meeting.port, chain
        before = len(self.chartered_for.get(port, ())) if chain.host_ship is None else 0
        if before:
            found = _with_vessel_later(found, scaled(sit.assumptions["ship.charter_next_h"], before))
        places = max(round(median(sit.assumptions["fit_out.port_places"])), 1)
        alongside = self._alongside(found, self.fitting[port], places)
        return alongside, found is not chain, alongside is not found

    def _alongside(self, chain: Chain, held: Sequence[Span], places: int) -> Chain:
        """The chain as it is fitted out as soon as one of the places is free for all of it."""
        if _has_place(chain, held, places):
            return chain
        ends = sorted({end for _, end in held})
        return next(one for end in ends if _has_place(one := waiting_until(chain, end), held, places))

    def held_until_h(self, port: int, chain: Chain) -> float | None:
        """Until when a chain waits to be fitted out, hours from the alert; None where it does not."""
        waits = (step for step in chain.steps if step.phase is PhaseName.WAIT_FOR_QUAY)
        return next((median(step.duration_h) for step in waits), None) if port in self.fitting else None


def alongside_h(chain: Chain) -> Span | None:
    """From when until when its ship is fitted out, median hours from the alert; None for one that is not."""
    ends_h = median_ends(chain.steps)
    numbers = [number for number, step in enumerate(chain.steps) if step.phase in _ALONGSIDE]
    if not numbers:
        return None
    return ends_h[numbers[0]] - median(chain.steps[numbers[0]].duration_h), ends_h[numbers[-1]]


def _has_place(chain: Chain, held: Sequence[Span], places: int) -> bool:
    span = alongside_h(chain)
    if span is None:
        return True
    begin, end = span
    moments = [begin, *(start for start, _ in held if begin < start < end - _SAME_H)]
    return all(sum(a - _SAME_H <= moment < b - _SAME_H for a, b in held) < places for moment in moments)


def waiting_until(chain: Chain, hours: float) -> Chain:
    """A chain whose ship goes alongside to be fitted out no sooner than these hours from the alert."""
    at = next(number for number, step in enumerate(chain.steps) if step.phase in _ALONGSIDE)
    first = chain.steps[at]
    wait = Step(
        PhaseName.WAIT_FOR_QUAY,
        Pert.exactly(hours),
        "quay",
        (),
        destination=first.destination,
        carrier=first.carrier,
        assumption="fit_out.port_places",
    )
    later = [replace(step, after=tuple(n + (n >= at) for n in step.after)) for step in chain.steps[at:]]
    later[0] = replace(later[0], after=(*later[0].after, at))
    return _of_steps(chain, (*chain.steps[:at], wait, *later))


def _with_vessel_later(chain: Chain, hours: Pert) -> Chain:
    steps = (
        replace(step, duration_h=plus(step.duration_h, hours)) if step.phase is PhaseName.SHIP_CHARTER else step
        for step in chain.steps
    )
    return _of_steps(chain, tuple(steps))


def _of_steps(chain: Chain, steps: tuple[Step, ...]) -> Chain:
    return replace(chain, steps=steps, hours=median_ends(steps)[-1])
