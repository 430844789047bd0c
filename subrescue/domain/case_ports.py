"""What a case knows of single ports: their quays, cranes and hours of a fit-out, and ports that no list has."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.base import Model, fact, quantity
from subrescue.domain.position import Position
from subrescue.domain.quantities import Hours


class QuayAnswer(StrEnum):
    """What a harbour master answers who is asked whether a ship can be fitted out there."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PortFact(Model):
    """What is known of a port in this case; it goes before the tables that travel with the program.

    One with a position is a port that the gazetteer does not know; `port` is then its name in this case.
    """

    port: str = Field(
        title="Port", description="Name, UN/LOCODE or id of a port, or the name of a new one", min_length=1
    )
    position: Position | None = fact("Position", "Of the quay: makes a port that the gazetteer does not know")
    nation: str | None = Field(
        default=None, title="Nation", description="Whose port it is, two letters", pattern="^[A-Z]{2}$"
    )
    closed: bool | None = fact("Closed", "No ship is let in, or it is refused to those who come to help")
    fit_out: QuayAnswer | None = fact(
        "Fit-out there",
        "Whether a ship can be fitted out with a rescue system: yes, no or unknown; goes before the numbers below",
    )
    quay_length_m: float | None = quantity("Quay", "m", "Length of the quay that can be had", gt=0, le=10_000)
    depth_alongside_m: float | None = quantity("Depth alongside", "m", "Least depth at that quay", gt=0, le=50)
    crane_t: float | None = quantity("Crane", "t", "Largest crane to be had at the quay; 0 for none", ge=0, le=5000)
    ro_ro: bool | None = fact("Ro-ro", "A ro-ro berth: mobile cranes and heavy lorries come by ship and roll ashore")
    fit_out_h: Hours | None = fact(
        "Hours of fit-out", "Hours to bring a rescue system aboard there, instead of those that are assumed"
    )
    source: str | None = fact("Source", "Id of a source, or who says so")
    note: str | None = fact("Note", "Anything else")
