"""The framework's asset registry as one value: assets by kind, types and classes, who mates with whom, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from subrescue.domain.agreements import Agreement
from subrescue.domain.assets import (
    AircraftFleet,
    AircraftType,
    AssetBase,
    InterventionSystem,
    MedicalUnit,
    RescueSystem,
    Ship,
)
from subrescue.domain.base import Model, fact
from subrescue.domain.case import Case
from subrescue.domain.contacts import PointOfContact
from subrescue.domain.evidence import Source
from subrescue.domain.mates import Mate
from subrescue.domain.submarines import SubmarineClass


class Registry(Model):
    """All declared assets, by id within each kind; ids are unique over all kinds of asset."""

    rescue_systems: dict[str, RescueSystem] = fact("Rescue systems", "By id", default={})
    intervention_systems: dict[str, InterventionSystem] = fact("Intervention systems", "By id", default={})
    ships: dict[str, Ship] = fact("Ships", "By id", default={})
    aircraft_fleets: dict[str, AircraftFleet] = fact("Aircraft fleets", "By id", default={})
    medical_units: dict[str, MedicalUnit] = fact("Medical units", "By id", default={})
    aircraft_types: dict[str, AircraftType] = fact("Aircraft types", "By id", default={})
    submarine_classes: dict[str, SubmarineClass] = fact("Submarine classes", "By id", default={})
    mates: dict[str, Mate] = fact("Mate matrix", "By id; at most one row for a vehicle and a class", default={})
    agreements: dict[str, Agreement] = fact("Agreements", "By id", default={})
    points_of_contact: dict[str, PointOfContact] = fact("Points of contact", "By id", default={})
    sources: dict[str, Source] = fact("Sources", "By id", default={})

    def assets(self) -> Iterator[AssetBase]:
        """All assets, kind by kind, in the order of the registry."""
        yield from self.rescue_systems.values()
        yield from self.intervention_systems.values()
        yield from self.ships.values()
        yield from self.aircraft_fleets.values()
        yield from self.medical_units.values()

    def find(self, asset_id: str) -> AssetBase | None:
        """The asset with this id, of any kind, or None."""
        for group in (
            self.rescue_systems,
            self.intervention_systems,
            self.ships,
            self.aircraft_fleets,
            self.medical_units,
        ):
            if asset_id in group:
                return group[asset_id]
        return None

    def mate(self, system_id: str, class_id: str | None) -> Mate | None:
        """What the matrix says of this vehicle and this class; None where it says nothing."""
        pairs = ((mate.rescue_system, mate.submarine_class, mate) for mate in self.mates.values())
        return next((mate for system, boat, mate in pairs if (system, boat) == (system_id, class_id)), None)

    def agreements_with(self, nations: tuple[str, ...], other: str | None) -> tuple[Agreement, ...]:
        """The agreements that bind any of these nations and another one, the newest first."""
        found = [
            agreement
            for agreement in self.agreements.values()
            if other is not None and any(agreement.binds(nation, other) for nation in nations if nation != other)
        ]
        return tuple(sorted(found, key=lambda agreement: agreement.signed or "", reverse=True))

    def contacts_of(self, nation: str) -> tuple[PointOfContact, ...]:
        """The offices to ask for a nation, those that serve all among them, in the order of the registry."""
        found = self.points_of_contact.values()
        return tuple(contact for contact in found if not contact.nations or nation in contact.nations)

    def of_the_day(self, case: Case) -> Registry:
        """The registry with which a case is planned: today's less `without`, plus the case's own assets, which win."""
        base = (
            self
            if case.assets.use_registry
            else Registry(
                aircraft_types=self.aircraft_types,
                submarine_classes=self.submarine_classes,
                mates=self.mates,
                agreements=self.agreements,
                points_of_contact=self.points_of_contact,
                sources=self.sources,
            )
        )
        out = set(case.assets.without)
        own = case.assets
        return self.model_copy(
            update={
                "rescue_systems": {k: v for k, v in base.rescue_systems.items() if k not in out}
                | {a.id: a for a in own.rescue_systems},
                "intervention_systems": {k: v for k, v in base.intervention_systems.items() if k not in out}
                | {a.id: a for a in own.intervention_systems},
                "ships": {k: v for k, v in base.ships.items() if k not in out} | {a.id: a for a in own.ships},
                "aircraft_fleets": {k: v for k, v in base.aircraft_fleets.items() if k not in out}
                | {a.id: a for a in own.aircraft_fleets},
                "medical_units": {k: v for k, v in base.medical_units.items() if k not in out},
                "aircraft_types": base.aircraft_types | {a.id: a for a in own.aircraft_types},
                "submarine_classes": base.submarine_classes | {a.id: a for a in own.submarine_classes},
                "sources": base.sources | {s.id: s for s in case.sources},
            }
        )
