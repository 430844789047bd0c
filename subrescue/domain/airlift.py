"""An airlift as a timetable: what each sortie carries from where to where, and when it is on the ground."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.base import Model
from subrescue.domain.position import Position


class Place(Model):
    """A named place of a chain."""

    name: str = Field(title="Name")
    position: Position = Field(title="Position")
    code: str | None = Field(default=None, title="Code", description="ICAO code of an airfield")


class Sortie(Model):
    """One loaded flight of an airlift: which aircraft flies what from where to where, by the medians."""

    number: int = Field(title="Sortie", description="In the order in which they are loaded")
    fleet_id: str = Field(title="Fleet id")
    fleet: str = Field(title="Fleet")
    aircraft: int = Field(title="Aircraft", description="Number of the aircraft among those that fly")
    pieces: tuple[str, ...] = Field(default=(), title="Pieces", description="Known pieces aboard, by name")
    loader: bool = Field(default=False, title="K-loader", description="Brings a K-loader ahead of the load")
    load_t: float | None = Field(default=None, title="Load", json_schema_extra={"unit": "t"})
    critical: bool = Field(default=False, title="Critical item", description="Brings what no rescue can do without")
    origin: Place = Field(title="APOE")
    stops: tuple[Place, ...] = Field(default=(), title="Fuel stops")
    tanker: str | None = Field(
        default=None, title="Tanker", description="Fleet that gives fuel in flight on the way there"
    )
    destination: Place = Field(title="APOD")
    load_from_h: float = Field(title="Loading begins", json_schema_extra={"unit": "h"})
    airborne_h: float = Field(title="Take-off", json_schema_extra={"unit": "h"})
    landed_h: float = Field(title="Landing", json_schema_extra={"unit": "h"})
    offload_from_h: float = Field(title="Unloading begins", json_schema_extra={"unit": "h"})
    offloaded_h: float = Field(title="Unloaded", json_schema_extra={"unit": "h"})


class FleetShare(Model):
    """What one fleet flies in an airlift."""

    fleet_id: str = Field(title="Fleet id")
    fleet: str = Field(title="Fleet")
    aircraft: str = Field(title="Aircraft type")
    aircraft_count: int = Field(title="Aircraft used")
    sorties: int = Field(title="Sorties")
    payload_t: float = Field(title="Load a sortie", json_schema_extra={"unit": "t"})


class Airlift(Model):
    """The airlift of a chain; where several fleets share it, the figures of the one that lands first stand here."""

    fleet_id: str = Field(title="Fleet id")
    aircraft: str = Field(title="Aircraft", description="Type and operator")
    aircraft_count: int = Field(title="Aircraft used", description="Aircraft flying at one time")
    sorties: int = Field(title="Sorties", description="Loaded flights in all")
    payload_t: float | None = Field(default=None, title="Load a sortie", json_schema_extra={"unit": "t"})
    flight_nm: float = Field(title="Distance flown", json_schema_extra={"unit": "nm"})
    flight_h: float = Field(
        title="Flight time", description="One way, stops not counted", json_schema_extra={"unit": "h"}
    )
    fleets: tuple[FleetShare, ...] = Field(
        default=(), title="Fleets", description="Every fleet that flies a sortie, the one that lands first at the head"
    )
    timetable: tuple[Sortie, ...] = Field(
        default=(),
        title="Timetable",
        description="Every sortie by the medians, hours from the alert; of the chosen chain alone",
    )

    @property
    def first_item_h(self) -> float | None:
        """When the first load is on the ground at the APOD; None without a timetable."""
        return next((one.offloaded_h for one in self.timetable if not one.loader), None)

    @property
    def critical_item_h(self) -> float | None:
        """When everything that no rescue can do without is on the ground there; None without a timetable."""
        return max((one.offloaded_h for one in self.timetable if one.critical), default=None)

    @property
    def last_item_h(self) -> float | None:
        """When the last load is on the ground there; None without a timetable."""
        return max((one.offloaded_h for one in self.timetable), default=None)
