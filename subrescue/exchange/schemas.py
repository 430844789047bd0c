"""Derives the JSON Schemas of our files from the models, for editors and other programs to hold to."""

from __future__ import annotations

from typing import Any

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import (
    AircraftFleet,
    AircraftType,
    InterventionSystem,
    MedicalUnit,
    RescueSystem,
    Ship,
)
from subrescue.domain.base import Model
from subrescue.domain.case import Case
from subrescue.domain.contacts import PointOfContact
from subrescue.domain.evidence import Source
from subrescue.domain.mates import Mate
from subrescue.domain.quantities import Assumption
from subrescue.domain.submarines import SubmarineClass
from subrescue.exchange.difference_format import DifferenceOut
from subrescue.exchange.explanation_format import ExplanationOut
from subrescue.exchange.response_format import ResponseOut

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER = {"type": "number"}
_PERT_FORMS: list[dict[str, Any]] = [
    {**_NUMBER, "description": "Known exactly"},
    {"type": "array", "items": _NUMBER, "minItems": 3, "maxItems": 3, "description": "[min, mode, max]"},
]
_POSITION_TEXT = {
    "type": "string",
    "description": "Degrees, degrees and minutes, degrees minutes and seconds, MGRS or UTM: 69°37.0'N 37°33.6'E",
}


class RegistryFile(Model):
    """A file of the registry: any of these lists of tables."""

    source: tuple[Source, ...] = ()
    rescue_system: tuple[RescueSystem, ...] = ()
    intervention_system: tuple[InterventionSystem, ...] = ()
    ship: tuple[Ship, ...] = ()
    aircraft_type: tuple[AircraftType, ...] = ()
    aircraft_fleet: tuple[AircraftFleet, ...] = ()
    medical_unit: tuple[MedicalUnit, ...] = ()
    submarine_class: tuple[SubmarineClass, ...] = ()
    mate: tuple[Mate, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    point_of_contact: tuple[PointOfContact, ...] = ()


class AssumptionsFile(Model):
    """The file of planning numbers."""

    assumption: tuple[Assumption, ...]


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas by the name of their file."""
    return {
        "case.schema.json": _input_schema(Case, "A Subrescue case file"),
        "registry.schema.json": _input_schema(RegistryFile, "A Subrescue registry file"),
        "assumptions.schema.json": _input_schema(AssumptionsFile, "The planning numbers of Subrescue"),
        "response.schema.json": _output_schema(ResponseOut),
        "difference.schema.json": _output_schema(DifferenceOut),
        "explanation.schema.json": _output_schema(ExplanationOut),
    }


def _output_schema(model: type[Model]) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(mode="serialization", by_alias=True)}


def _input_schema(model: type[Model], title: str) -> dict[str, Any]:
    """The schema of a file made by people: numbers with doubt and positions may be written in their short forms."""
    schema = model.model_json_schema(mode="validation")
    definitions = schema.get("$defs", {})
    if "Pert" in definitions:
        definitions["Pert"] = {"anyOf": [*_PERT_FORMS, definitions["Pert"]]}
    if "Position" in definitions:
        definitions["Position"] = {"anyOf": [_POSITION_TEXT, definitions["Position"]]}
    return {"$schema": DIALECT, **schema, "title": title}
