"""Intervention systems reach the hull or its people but take nobody off: ROVs, suits, parachute groups, stores."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from subrescue.domain.assets.base import AssetBase, Shipment
from subrescue.domain.base import fact, quantity


class InterventionKind(StrEnum):
    """What it is."""

    ROV = "rov"
    ATMOSPHERIC_SUIT = "ads"
    SATURATION_DIVERS = "saturation_divers"
    PARACHUTE_GROUP = "parachute_group"
    LIFE_SUPPORT_STORES = "life_support_stores"
    VENTILATION = "ventilation"


class InterventionSystem(AssetBase):
    """Gear for survey, cutting free, clearing the seat, posting life-support stores or helping escapers afloat."""

    kind: Literal["intervention_system"] = "intervention_system"
    intervention_kind: InterventionKind = fact(
        "Type",
        "rov, ads, saturation_divers, parachute_group, life_support_stores or ventilation",
        default=...,
    )
    max_depth_m: float | None = quantity("Greatest depth", "m", "Deepest depth at which it works", gt=0, le=12000)
    launch_wave_height_m: float | None = quantity(
        "Launch limit", "m", "Significant wave height for launch and recovery", gt=0, le=20
    )
    current_limit_kn: float | None = quantity("Current limit", "kn", "Greatest current in which it works", gt=0, le=10)
    can_cut: bool | None = fact("Can cut", "Carries cutters for ropes, nets or cables")
    elss_pods: int | None = quantity(
        "ELSS pods", "1", "Emergency life-support stores pods that it brings", ge=0, le=1000
    )
    air_drop: bool | None = fact("Air-drop", "Is dropped at the datum by parachute")
    fly_away: bool | None = fact("Fly-away", "Made to be flown to a ship of another port")
    shipment: Shipment | None = fact("Shipment", "What has to be moved")
    airfield_icao: str | None = fact("APOE", "Usual airport of embarkation, ICAO code")
    home_ships: tuple[str, ...] = fact("Home ships", "Ids of ships that carry it as their own", default=())
    needs_deck_area_m2: float | None = quantity("Deck area needed", "m2", "Clear deck that it needs", gt=0, le=5000)
    goal_h: float | None = quantity(
        "Goal",
        "h",
        "Hours from the order to work at the hull that its owners have published as their goal",
        gt=0,
        le=1000,
    )
