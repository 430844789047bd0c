"""Agreements between nations on submarine rescue: who has promised what to whom, since when, and on what terms."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.base import Model, fact, identifier
from subrescue.domain.evidence import FieldEvidence
from subrescue.domain.quantities import Hours


class AgreementState(StrEnum):
    """What the newest public source says of it."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Agreement(Model):
    """An instrument by which nations help each other's submarines. None means not known."""

    id: str = identifier("Stable name: sg-in-2021")
    name: str = fact("Name", "Title in use", default=...)
    nations: tuple[str, ...] = Field(
        title="Parties", description="ISO 3166 codes of the nations that are bound by it", min_length=2
    )
    state: AgreementState = fact("State", "in_force, suspended, ended or unknown", default=AgreementState.UNKNOWN)
    signed: str | None = fact("Signed", "2021, 2021-01 or 2021-01-20")
    ended: str | None = fact("Ended", "When it ended or was suspended")
    scope: str | None = fact("Scope", "What it is about")
    helpers: tuple[str, ...] = fact(
        "Helpers", "Nations that have promised to send rescue gear; empty when it is not known", default=()
    )
    shared_system: str | None = fact("Shared system", "Id of the rescue system that the parties own together")
    exercises: bool | None = fact("Exercises", "Provides for exercises together")
    who_pays: str | None = fact("Who pays", "Who bears the cost of a rescue")
    clearance_h: Hours | None = fact("Clearance", "Hours until ships and aircraft are cleared, [min, mode, max]")
    liability: str | None = fact("Liability", "Claims and damage")
    language: str | None = fact("Language", "Working language")
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)

    def binds(self, one: str, other: str) -> bool:
        """Whether both nations are parties."""
        return one in self.nations and other in self.nations
