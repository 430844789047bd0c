"""What differs between two responses, or between two options of one: rank, verdict, times, gates, phase by phase."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.base import Model
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, GateResult, Option, PhaseName, PhaseSpan, Response
from subrescue.domain.sent import Sent
from subrescue.domain.what_if import WhatIf

_OUTCOME = (
    "verdict",
    "mode",
    "via",
    "time_to_intervention_h",
    "time_to_first_rescue_h",
    "time_to_last_rescue_h",
    "probability_in_time",
    "probability_all_in_time",
    "expected_rescued",
)


class GateDifference(Model):
    """A gate that has another verdict, or other reasons; None where one side does not have it."""

    gate: Gate = Field(title="Gate")
    before: GateResult | None = Field(default=None, title="Before")
    after: GateResult | None = Field(default=None, title="After")

    @property
    def turned(self) -> bool:
        """Whether the verdict is another one."""
        return self.before is None or self.after is None or self.before.verdict is not self.after.verdict


class PhaseDifference(Model):
    """One phase on both sides; a phase that comes several times is counted from 1. None where a side has none."""

    phase: PhaseName = Field(title="Phase")
    number: int = Field(title="Number", ge=1)
    before: PhaseSpan | None = Field(default=None, title="Before")
    after: PhaseSpan | None = Field(default=None, title="After")

    @property
    def longer_h(self) -> float:
        """How many hours longer the phase is by its medians; all of it where the other side has none."""
        return span_h(self.after) - span_h(self.before)

    @property
    def later_h(self) -> float | None:
        """How many hours later it ends by its medians; None where a side has none."""
        if self.before is None or self.after is None:
            return None
        return self.after.end_h.p50 - self.before.end_h.p50


class OrderDifference(Model):
    """An order of what to do now that only one side has, or that is due at another hour; None where a side has none."""

    before: FirstOrder | None = Field(default=None, title="Before")
    after: FirstOrder | None = Field(default=None, title="After")


class SentDifference(Model):
    """One of those that are sent together, that goes on one side alone, otherwise or at other hours; None where a side
    does not have it."""

    before: Sent | None = Field(default=None, title="Before")
    after: Sent | None = Field(default=None, title="After")


class OptionDifference(Model):
    """An option on both sides: one asset in two responses, or two options of one response."""

    before: Option | None = Field(default=None, title="Before")
    after: Option | None = Field(default=None, title="After")
    rank_before: int | None = Field(default=None, title="Rank before")
    rank_after: int | None = Field(default=None, title="Rank after")
    gates: tuple[GateDifference, ...] = Field(default=(), title="Gates that differ")
    phases: tuple[PhaseDifference, ...] = Field(default=(), title="Phases", description="In the order of the chains")

    @property
    def changed(self) -> bool:
        """Whether a verdict, a gate's verdict, the way, an hour or a chance differs; not rank and wording alone."""
        if self.before is None or self.after is None:
            return True
        if any(gate.turned for gate in self.gates):
            return True
        return any(getattr(self.before, name) != getattr(self.after, name) for name in _OUTCOME)

    @property
    def first_later_h(self) -> float | None:
        """Hours by which the first rescue, or the first intervention, comes later by its median; None without both."""
        return later_h(first_of(self.before), first_of(self.after))


class Difference(Model):
    """Two responses and what differs between them; options in the order of the second, those that are gone last."""

    what_if: WhatIf | None = Field(default=None, title="What if", description="None where two cases are compared")
    before: Response = Field(title="Before")
    after: Response = Field(title="After")
    options: tuple[OptionDifference, ...] = Field(default=(), title="Options")
    findings_new: tuple[Reason, ...] = Field(default=(), title="New findings")
    findings_gone: tuple[Reason, ...] = Field(default=(), title="Findings gone")
    together: tuple[SentDifference, ...] = Field(
        default=(),
        title="Sent together that differ",
        description="In the order of the second, those that are gone last",
    )
    orders: tuple[OrderDifference, ...] = Field(
        default=(), title="Orders that differ", description="In the order of the second, those that are gone last"
    )


def first_of(option: Option | None) -> Band | None:
    """Hours to the first rescue, else to the first intervention; None where there is no way."""
    return None if option is None else option.first_h


def less_than_told(was: Band, now: Band) -> bool:
    """Whether a band moves by less than half the step to which it is told: to tens, 94.6 and 95.5 are ten apart."""
    most_h = max(abs(now.p10 - was.p10), abs(now.p50 - was.p50), abs(now.p90 - was.p90))
    return most_h < max(was.step, now.step) / 2.0


def later_h(before: Band | None, after: Band | None) -> float | None:
    """Hours by which a median comes later; None where a side has none."""
    return None if before is None or after is None else after.p50 - before.p50


def span_h(span: PhaseSpan | None) -> float:
    """Median hours of a phase; 0 without one."""
    if span is None:
        return 0.0
    return span.length_h.p50 if span.length_h is not None else span.end_h.p50 - span.start_h.p50
