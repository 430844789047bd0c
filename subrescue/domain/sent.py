"""What is sent together: each system with the ships and aircraft that those before it leave."""

from __future__ import annotations

from pydantic import Field

from subrescue.domain.airlift import Place
from subrescue.domain.base import Model
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason


class Sent(Model):
    """One of the options that are sent together: none makes one before it later, by more than its doubt hides."""

    asset_id: str = Field(title="Asset id")
    name: str = Field(title="Asset")
    goes: bool = Field(title="Goes", description="False where a gate then forbids it or no way is left")
    rescues: bool = Field(title="Rescues", description="Brings people up; else it helps at the hull")
    fleets: tuple[str, ...] = Field(default=(), title="Fleets", description="Those that fly it, by name")
    apod: Place | None = Field(default=None, title="APOD")
    spod: Place | None = Field(default=None, title="SPOD", description="Where it goes aboard a ship; None for its own")
    ship_id: str | None = Field(default=None, title="Ship id", description="None for a vessel to be chartered")
    ship: str | None = Field(default=None, title="Ship")
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
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons", description="Whose ship or aircraft it has not")
    probability_in_time: float | None = Field(default=None, title="In time")
    probability_any: float | None = Field(
        default=None, title="Any in time", description="Chance that it or a rescue before it is in time"
    )
