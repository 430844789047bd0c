"""What the registry does not know and the gates need, and which office of which nation to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from subrescue.domain.assets import AssetStatus
from subrescue.domain.offices import office_of
from subrescue.domain.registry import Registry
from subrescue.exchange.registry_table.facts import fact_of, value_at
from subrescue.store.registry import KINDS
from subrescue.store.workspace.fields import Key

NEEDED: dict[str, dict[str, str]] = {
    "rescue_system": {
        "max_depth_m": "depth",
        "rescue_seats": "seat",
        "mating_angle_deg": "attitude",
        "current_limit_kn": "current",
        "launch_wave_height_m": "sea",
        "pressure_limit_bar": "pressure",
        "capacity_persons": "capacity",
        "shipment.mass_t": "lift",
        "needs_deck_area_m2": "ship",
        "needs_dp_class": "ship",
        "own_launch_gear": "ship",
        "notice_h": "time",
    },
    "intervention_system": {
        "max_depth_m": "depth",
        "current_limit_kn": "current",
        "launch_wave_height_m": "sea",
        "notice_h": "time",
    },
    "ship": {"speed_kn": "time", "deck_area_m2": "ship", "dp_class": "ship", "notice_h": "time"},
    "aircraft_fleet": {"usable_count": "lift", "notice_h": "time"},
    "medical_unit": {"chamber_places": "capacity", "pressure_limit_bar": "pressure", "beds": "capacity"},
}
"""For each kind of asset the facts that gates read, with the gate."""


@dataclass(frozen=True)
class Unknown:
    """One fact that a gate needs and nobody has stated; `ask` names the office, the nation where none is known."""

    key: Key
    name: str
    path: str
    title: str
    gate: str
    nations: tuple[str, ...]
    ask: str


def unknown_facts(registry: Registry, kinds: Iterable[str] = tuple(NEEDED)) -> tuple[Unknown, ...]:
    """Every unknown fact that a gate needs, asset by asset; assets that are withdrawn are not asked about.

    A rescue ship's own vehicle has no shipment to fly, and a chamber carried by its ship needs no other's deck: facts
    of the way by air are asked only of what is made to be flown, or not known to be otherwise.
    """
    found = []
    offices: dict[str, str] = {}
    for kind in kinds:
        for asset in getattr(registry, KINDS[kind][0]).values():
            if asset.status is AssetStatus.WITHDRAWN:
                continue
            for path, gate in NEEDED.get(kind, {}).items():
                by_air = gate in ("lift", "ship") and kind == "rescue_system"
                if value_at(asset, path) is not None or (by_air and asset.fly_away is False):
                    continue
                title = fact_of(kind, path).title
                if asset.id not in offices:
                    offices[asset.id] = office_of(registry, asset.nations, asset)
                office = offices[asset.id]
                found.append(Unknown((kind, asset.id), asset.name, path, title, gate, asset.nations, office))
    return tuple(found)
