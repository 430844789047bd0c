"""The shape of a difference as a file for other programs; `resources/schemas/difference.schema.json` follows it."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.response import Gate, PhaseName, Verdict
from subrescue.exchange.format_parts import BandOut, OutModel, ReasonOut
from subrescue.exchange.response_format import (
    CaseOut,
    FirstOrderOut,
    GateOut,
    PhaseOut,
    SentOut,
    SurvivalOut,
    ViaOut,
)

FORMAT_VERSION = 1


class GateDifferenceOut(OutModel):
    """A gate with another verdict or other reasons; null where one side does not have it."""

    gate: Gate
    before: GateOut | None
    after: GateOut | None


class PhaseDifferenceOut(OutModel):
    """One phase on both sides, hours from the alert of each; null where a side does not have it."""

    phase: PhaseName
    number: int = Field(description="Counted from 1 where a phase comes several times: two fit-outs")
    before: PhaseOut | None
    after: PhaseOut | None
    longer_h: float = Field(description="Median hours by which it lasts longer")
    later_h: float | None = Field(description="Median hours by which it ends later")


class SideOut(OutModel):
    """One side of an option."""

    rank: int | None
    asset_id: str
    name: str
    verdict: Verdict
    via: ViaOut
    time_to_intervention_h: BandOut | None
    time_to_first_rescue_h: BandOut | None
    time_to_last_rescue_h: BandOut | None
    probability_in_time: float | None
    probability_all_in_time: float | None
    expected_rescued: float | None
    limiting_factor: str | None


class OrderDifferenceOut(OutModel):
    """An order that one side alone has, or that is due at another hour; null where a side does not have it."""

    before: FirstOrderOut | None
    after: FirstOrderOut | None


class SentDifferenceOut(OutModel):
    """One that is sent together with others on one side alone, otherwise or at other hours; null where it is not."""

    before: SentOut | None
    after: SentOut | None


class OptionDifferenceOut(OutModel):
    """An option on both sides; null where a side does not have it."""

    before: SideOut | None
    after: SideOut | None
    changed: bool
    first_later_h: float | None = Field(description="Median hours by which the first rescue or intervention is later")
    gates: tuple[GateDifferenceOut, ...]
    phases: tuple[PhaseDifferenceOut, ...]


class DifferenceOut(OutModel):
    """Two responses and what differs."""

    format: str = Field(default="subrescue-difference", pattern="^subrescue-difference$")
    format_version: int = FORMAT_VERSION
    banner: str = Field(title="Banner", description="EXERCISE or REAL", pattern="^(EXERCISE|REAL)$")
    before: CaseOut
    after: CaseOut
    alert_later_h: float = Field(description="Hours by which the alert of the second case is later")
    what_if: tuple[str, ...] = Field(description="Changes that make the second case from the first, one a line")
    survival_before: SurvivalOut
    survival_after: SurvivalOut
    findings_new: tuple[ReasonOut, ...]
    findings_gone: tuple[ReasonOut, ...]
    together: tuple[SentDifferenceOut, ...] = Field(description="What is sent together that differs")
    orders: tuple[OrderDifferenceOut, ...] = Field(description="Orders of what to do now that differ")
    options: tuple[OptionDifferenceOut, ...]
