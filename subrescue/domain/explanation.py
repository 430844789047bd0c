"""Why an option takes as long as it does: slack and weight of each phase, of each assumption, of each unknown fact."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.airlift import Place
from subrescue.domain.base import Model
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, PhaseName, Verdict


class PhaseWeight(Model):
    """What one phase does to the hour of the first rescue, or of the first intervention."""

    phase: PhaseName = Field(title="Phase")
    number: int = Field(title="Number", ge=1, description="Counted from 1 where a phase comes several times")
    origin: Place | None = Field(default=None, title="From")
    destination: Place | None = Field(default=None, title="To")
    carrier: str | None = Field(default=None, title="Carrier", description="Aircraft, lorries or ship, by name")
    length_h: Band = Field(title="Length", json_schema_extra={"unit": "h"})
    slack_h: float = Field(
        title="Slack", description="Hours that it may last longer by the medians without being felt", ge=0
    )
    critical_share: float = Field(title="Critical", description="Share of the draws in which all wait for it", ge=0)
    gain_h: float = Field(
        title="An hour less", description="Hours by which the median comes sooner when it lasts an hour less"
    )
    doubt_h: float = Field(title="Doubt", description="Hours between its P10 and P90, as far as they are felt")


class AssumptionWeight(Model):
    """What one planning number does: the median hour with the number known at its P10, and at its P90."""

    key: str = Field(title="Assumption")
    title: str = Field(title="Title")
    unit: str = Field(title="Unit")
    value: Pert = Field(title="Value")
    low: float = Field(title="Low", description="P10 of the number")
    high: float = Field(title="High", description="P90 of the number")
    at_low_h: float | None = Field(title="At low", description="Median hour; None where no way is left")
    at_high_h: float | None = Field(title="At high", description="Median hour; None where no way is left")
    chance_at_low: float | None = Field(title="Chance at low", description="Chance in time")
    chance_at_high: float | None = Field(title="Chance at high", description="Chance in time")

    @property
    def swing_h(self) -> float:
        """Hours between the two medians; 0 where one is not known."""
        return 0.0 if self.at_low_h is None or self.at_high_h is None else abs(self.at_high_h - self.at_low_h)

    @property
    def swing_chance(self) -> float:
        """Difference of the two chances; 0 where one is not known."""
        if self.chance_at_low is None or self.chance_at_high is None:
            return 0.0
        return abs(self.chance_at_high - self.chance_at_low)

    @property
    def rate_h(self) -> float | None:
        """Hours later for one unit more: the slope between P10 and P90; None where it is not known or nothing spans."""
        if self.at_low_h is None or self.at_high_h is None or self.high <= self.low:
            return None
        return (self.at_high_h - self.at_low_h) / (self.high - self.low)


class UnknownWeight(Model):
    """A fact that is not known: the gate that it holds up, what the verdict would be with it, and its hours."""

    reason: Reason = Field(title="Fact")
    gate: Gate = Field(title="Gate")
    forbids: bool = Field(title="Could forbid", description="The fact alone can make the option impossible")
    verdict_if_good: Verdict = Field(title="Verdict if good", description="Of the option, were the fact known and good")
    hours: float | None = Field(
        default=None, title="Hours", description="Median hours lost were the fact bad", json_schema_extra={"unit": "h"}
    )


class Explanation(Model):
    """Why one option takes as long as it does. Hours count from the alert of the case."""

    asset_id: str = Field(title="Asset id")
    name: str = Field(title="Asset")
    first_h: Band = Field(title="First", description="First rescue or intervention", json_schema_extra={"unit": "h"})
    chance: float | None = Field(default=None, title="Chance in time")
    limiting_factor: Reason | None = Field(default=None, title="Limiting factor")
    sentences: tuple[Reason, ...] = Field(default=(), title="In words", description="What an hour less would give")
    phases: tuple[PhaseWeight, ...] = Field(default=(), title="Phases")
    assumptions: tuple[AssumptionWeight, ...] = Field(default=(), title="Assumptions", description="Heaviest first")
    unknowns: tuple[UnknownWeight, ...] = Field(default=(), title="Unknown facts", description="Heaviest first")
