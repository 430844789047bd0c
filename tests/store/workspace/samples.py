"""A registry of a few entries, and short ways to make commands on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from subrescue.domain.assets import RescueSystem, Ship, ShipRole
from subrescue.domain.assets.rescue import RescueVehicleType
from subrescue.domain.change import EntryChange
from subrescue.domain.evidence import Confidence, Evidence, Source
from subrescue.domain.registry import Registry
from subrescue.store.workspace.command import Command, Stamp
from subrescue.store.workspace.workspace import Workspace

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SHIP = ("ship", "no-bergen")
VEHICLE = ("rescue_system", "nsrs")


def small_registry() -> Registry:
    """Two sources, a vehicle that works to 610 m, and a ship of 20 kn certified for it."""
    seen = (Evidence(source="S1", confidence=Confidence.HIGH),)
    vehicle = RescueSystem(
        id="nsrs",
        name="NSRS",
        nations=("GB", "FR", "NO"),
        vehicle_type=RescueVehicleType.FREE_SRV,
        max_depth_m=610,
        ship_classes_certified=("no-bergen",),
        evidence={"max_depth_m": seen},
    )
    ship = Ship(
        id="no-bergen",
        name="KV Bergen",
        nations=("NO",),
        role=ShipRole.MOTHER_SHIP,
        speed_kn=20,
        certified_for=("nsrs",),
        evidence={"speed_kn": seen},
    )
    return Registry(
        sources={key: Source(id=key, title=f"Document {key}") for key in ("S1", "S2")},
        rescue_systems={vehicle.id: vehicle},
        ships={ship.id: ship},
    )


def minutes(count: float) -> datetime:
    """So many minutes after the workspace was made."""
    return MORNING + timedelta(minutes=count)


def stamp(at: datetime = MORNING, *, desk: str = "north", who: str = "Anna", why: str = "a letter") -> Stamp:
    """Who, when, where and why."""
    return Stamp(who=who, at=at, desk=desk, why=why)


def command(*changes: EntryChange, at: datetime = MORNING, desk: str = "north", who: str = "Anna") -> Command:
    """A command of these changes."""
    return Command(who=who, at=at, desk=desk, why="a letter", changes=changes)


def setting(workspace: Workspace, key: tuple[str, str], **fields: Any) -> EntryChange:
    """The change that sets fields of an entry as it stands; None takes a field out."""
    before = workspace.entry(*key)
    assert before is not None
    after = {name: value for name, value in {**before, **fields}.items() if value is not None}
    return EntryChange(kind=key[0], entry_id=key[1], before=before, after=after)


def retiring(workspace: Workspace, key: tuple[str, str]) -> EntryChange:
    """The change that retires an entry."""
    return EntryChange(kind=key[0], entry_id=key[1], before=workspace.entry(*key), after=None)


def making(kind: str, entry_id: str, **fields: Any) -> EntryChange:
    """The change that makes an entry."""
    return EntryChange(kind=kind, entry_id=entry_id, after={"id": entry_id, **fields})


def new_ship(entry_id: str, **fields: Any) -> EntryChange:
    """The change that makes a ship of Poland."""
    return making("ship", entry_id, name=entry_id, nations=["PL"], role="rescue_ship", **fields)
