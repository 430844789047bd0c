"""The framework's asset registry as one value: assets by kind, aircraft types, submarine classes, sources."""

from __future__ import annotations

from collections.abc import Iterator

from subrescue.domain.assets import (
    AircraftFleet,
    AircraftType,
    AssetBase,
    InterventionSystem,
    RescueSystem,
    Ship,
)
from subrescue.domain.base import Model, fact
from subrescue.domain.case import Case
from subrescue.domain.evidence import Source
from subrescue.domain.submarines import SubmarineClass


class Registry(Model):
    """All declared assets, by id within each kind; ids are unique over all kinds of asset."""

    rescue_systems: dict[str, RescueSystem] = fact("Rescue systems", "By id", default={})
    intervention_systems: dict[str, InterventionSystem] = fact("Intervention systems", "By id", default={})
    ships: dict[str, Ship] = fact("Ships", "By id", default={})
    aircraft_fleets: dict[str, AircraftFleet] = fact("Aircraft fleets", "By id", default={})
    aircraft_types: dict[str, AircraftType] = fact("Aircraft types", "By id", default={})
    submarine_classes: dict[str, SubmarineClass] = fact("Submarine classes", "By id", default={})
    sources: dict[str, Source] = fact("Sources", "By id", default={})

    def assets(self) -> Iterator[AssetBase]:
        """All assets, kind by kind, in the order of the registry."""
        yield from self.rescue_systems.values()
        yield from self.intervention_systems.values()
        yield from self.ships.values()
        yield from self.aircraft_fleets.values()

    def find(self, asset_id: str) -> AssetBase | None:
        """The asset with this id, of any kind, or None."""
        for group in (self.rescue_systems, self.intervention_systems, self.ships, self.aircraft_fleets):
            if asset_id in group:
                return group[asset_id]
        return None

    def of_the_day(self, case: Case) -> Registry:
        """The registry with which a case is planned: today's less `without`, plus the case's own assets, which win."""
        base = (
            self
            if case.assets.use_registry
            else Registry(
                aircraft_types=self.aircraft_types,
                submarine_classes=self.submarine_classes,
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
                "aircraft_types": base.aircraft_types | {a.id: a for a in own.aircraft_types},
                "submarine_classes": base.submarine_classes | {a.id: a for a in own.submarine_classes},
                "sources": base.sources | {s.id: s for s in case.sources},
            }
        )
