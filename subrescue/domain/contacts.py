"""National points of contact for submarine rescue, as offices and roles; never as persons."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.base import Model, fact, identifier
from subrescue.domain.evidence import FieldEvidence


class ContactRole(StrEnum):
    """What the office is to a rescue."""

    LIAISON_OFFICE = "liaison_office"
    SUBMARINE_AUTHORITY = "submarine_authority"
    RESCUE_FORCE = "rescue_force"
    RESCUE_COORDINATION_CENTRE = "rescue_coordination_centre"
    MEDICAL_ADVICE = "medical_advice"


class PointOfContact(Model):
    """An office to ask. It has no field for a person: names, numbers and mailboxes stay in a nation's own files."""

    id: str = identifier("Stable name: no-submarine-authority")
    name: str = fact("Office", "Name of the office", default=...)
    nations: tuple[str, ...] = fact(
        "Nations", "Nations for which it speaks, two letters; empty where it serves all", default=()
    )
    role: ContactRole = fact(
        "Role",
        "liaison_office, submarine_authority, rescue_force, rescue_coordination_centre or medical_advice",
        default=...,
    )
    place: str | None = fact("Place", "Town or base")
    always_manned: bool | None = fact("Always manned", "Answers by day and night")
    languages: tuple[str, ...] = fact("Languages", "Languages in which it answers, two letters", default=())
    url: str | None = fact("Address", "Public page of the office")
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)
