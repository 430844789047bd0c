"""Closed sets of words that models and the command line share; nothing heavy is loaded for them."""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    """Kinds of entries of the registry."""

    RESCUE_SYSTEM = "rescue_system"
    INTERVENTION_SYSTEM = "intervention_system"
    SHIP = "ship"
    AIRCRAFT_FLEET = "aircraft_fleet"
    MEDICAL_UNIT = "medical_unit"
    AIRCRAFT_TYPE = "aircraft_type"
    SUBMARINE_CLASS = "submarine_class"
    MATE = "mate"
    AGREEMENT = "agreement"
    POINT_OF_CONTACT = "point_of_contact"
    SOURCE = "source"


class Confidence(StrEnum):
    """How far a public figure can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
