"""What is sent together: each system with the ships and aircraft that those before it leave."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.airlift import Place, Sortie
from subrescue.domain.base import Model
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason


class HeldKind(StrEnum):
    """What one that is sent has for itself for some hours."""

    AIRCRAFT = "aircraft"
    RAMP = "ramp"
    PORT = "port"


class Held(Model):
    """An aircraft from its loading until it is back, a place on a ramp, or one where a ship is fitted out."""

    kind: HeldKind = Field(title="Kind")
    of: str = Field(title="Of", description="Id of the fleet, code or name of the airfield, name of the port")
    name: str = Field(title="Name", description="Of the fleet, airfield or port")
    number: int = Field(title="Number", description="Which of its aircraft or places, over all that are sent", ge=1)
    from_h: float = Field(title="From", description="By the medians, from the alert", json_schema_extra={"unit": "h"})
    until_h: float = Field(title="Until", description="By the medians, from the alert", json_schema_extra={"unit": "h"})


class Sent(Model):
    """One of the options that are sent together: none makes one before it later, by more than its doubt hides, but
    where that brings more people out in time or the first of them sooner."""

    asset_id: str = Field(title="Asset id")
    name: str = Field(title="Asset")
    goes: bool = Field(title="Goes", description="False where a gate then forbids it or no way is left")
    rescues: bool = Field(title="Rescues", description="Brings people up; else it helps at the hull")
    fleets: tuple[str, ...] = Field(default=(), title="Fleets", description="Those that fly it, by name")
    apod: Place | None = Field(default=None, title="APOD")
    spod: Place | None = Field(default=None, title="SPOD", description="Where it goes aboard a ship; None for its own")
    ship_id: str | None = Field(default=None, title="Ship id", description="None for a vessel to be chartered")
    ship: str | None = Field(default=None, title="Ship")
    chambers: tuple[str, ...] = Field(
        default=(), title="Chambers", description="Ids of other ships that come for their chambers"
    )
    first_h: Band | None = Field(
        default=None,
        title="First",
        description="First rescue, else first intervention, from the alert; None without a way",
        json_schema_extra={"unit": "h"},
    )
    later_h: float = Field(
        default=0.0,
        title="Later",
        description="Median hours more than if it were sent alone",
        json_schema_extra={"unit": "h"},
    )
    reasons: tuple[Reason, ...] = Field(
        default=(), title="Reasons", description="Whose ship, aircraft, ramp or port it has not, or has later"
    )
    timetable: tuple[Sortie, ...] = Field(
        default=(),
        title="Timetable",
        description="Its sorties by the medians; aircraft of a fleet are counted over all that are sent",
    )
    held: tuple[Held, ...] = Field(default=(), title="Held", description="What it has for itself, from when until when")
    probability_in_time: float | None = Field(default=None, title="In time")
    probability_any: float | None = Field(
        default=None, title="Any in time", description="Chance that it or a rescue before it is in time"
    )
    rescued_any: float | None = Field(
        default=None,
        title="Rescued so far",
        description="People out alive by it or a vehicle before it, whichever brings the most: the mean over the draws",
    )
