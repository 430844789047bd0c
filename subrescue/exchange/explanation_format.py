"""The shape of an explanation as a file; `resources/schemas/explanation.schema.json` is derived from it."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.response import Gate, PhaseName, Verdict
from subrescue.exchange.format_parts import BandOut, OutModel, ReasonOut

FORMAT_VERSION = 1


class PhaseWeightOut(OutModel):
    """What one phase does to the hour of the first rescue or intervention."""

    phase: PhaseName
    number: int = Field(description="Counted from 1 where a phase comes several times")
    length_h: BandOut
    slack_h: float = Field(description="Hours that it may last longer by the medians")
    critical_share: float = Field(description="Share of the draws in which all wait for it")
    gain_h: float = Field(description="Hours by which the median comes sooner when it lasts an hour less")
    doubt_h: float = Field(description="Hours between its P10 and P90, as far as they are felt")


class AssumptionWeightOut(OutModel):
    """One assumption at its P10 and P90; null where no way is left, or no chance is known."""

    key: str
    title: str
    unit: str
    low: float = Field(description="P10 of the number")
    high: float = Field(description="P90 of the number")
    at_low_h: float | None
    at_high_h: float | None
    rate_h: float | None = Field(description="Hours later for one unit more")
    chance_at_low: float | None
    chance_at_high: float | None


class UnknownWeightOut(OutModel):
    """A fact that is not known."""

    gate: Gate
    fact: ReasonOut
    forbids: bool = Field(description="It alone can make the option impossible")
    verdict_if_good: Verdict
    hours: float | None = Field(description="Median hours lost were it bad, where the planner can tell")


class ExplanationOut(OutModel):
    """Why an option takes as long as it does; hours from the alert."""

    format: str = Field(default="subrescue-explanation", pattern="^subrescue-explanation$")
    format_version: int = FORMAT_VERSION
    banner: str = Field(title="Banner", description="EXERCISE or REAL", pattern="^(EXERCISE|REAL)$")
    case_id: str
    what_if: tuple[str, ...]
    asset_id: str
    name: str
    first_h: BandOut
    chance: float | None
    limiting_factor: ReasonOut | None
    sentences: tuple[ReasonOut, ...]
    phases: tuple[PhaseWeightOut, ...]
    assumptions: tuple[AssumptionWeightOut, ...] = Field(description="Heaviest first")
    unknowns: tuple[UnknownWeightOut, ...] = Field(description="Heaviest first")
