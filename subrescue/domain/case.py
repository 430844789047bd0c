"""A case: one event, real or exercise - the DISSUB, its environment, nations' offers, the assumptions changed."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from subrescue.domain.assets import AircraftFleet, AircraftType, InterventionSystem, RescueSystem, Ship
from subrescue.domain.base import Model, fact, identifier, quantity
from subrescue.domain.case_ports import PortFact
from subrescue.domain.evidence import Confidence, Source
from subrescue.domain.holding import DailyHours, holds_from, holds_until, in_order
from subrescue.domain.instants import UtcInstant
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Hours, Pert
from subrescue.domain.sea_clearances import Nation, SeaClearance
from subrescue.domain.stores import Compartment, Override, Stores
from subrescue.domain.submarines import SubmarineClass

MOST_COMPARTMENTS = 50
"""No submarine has as many spaces that can be shut off: a large one has some ten."""


class CaseKind(StrEnum):
    """Fixed when the case is made; the two never mix."""

    EXERCISE = "exercise"
    REAL = "real"


class Plight(StrEnum):
    """What is known of the submarine."""

    BOTTOMED = "bottomed"
    SURFACED = "surfaced"
    MISSING = "missing"


class EscapeGear(StrEnum):
    """What escapers wear on the surface."""

    SUIT_AND_RAFT = "suit_and_raft"
    LIFEJACKET = "lifejacket"


class Dissub(Model):
    """The distressed submarine. None means not known."""

    name: str = fact("Submarine", "Name", default=...)
    nation: str | None = fact("Flag", "ISO 3166 code of the owner, two letters")
    class_id: str | None = fact("Class", "Id of a submarine class")
    plight: Plight = fact("Plight", "bottomed, surfaced or missing", default=Plight.BOTTOMED)
    fix: Fix = fact("Datum", "Most probable position with its error", default=...)
    depth_m: float | None = quantity("Depth", "m", "Depth of the hull", ge=0, le=11_000)
    list_deg: float | None = quantity("List", "deg", "Angle of heel", ge=0, le=90)
    trim_deg: float | None = quantity("Trim", "deg", "Angle fore and aft", ge=0, le=90)
    pressure_bar: float | None = quantity("Pressure", "bar", "Absolute pressure where the survivors are", ge=0.5, le=61)
    people_aboard: int | None = quantity("Aboard", "1", "People aboard when it sank", ge=0, le=500)
    survivors: int | None = quantity(
        "Survivors", "1", "People believed alive; unknown plans for all aboard", ge=0, le=500
    )
    hull_crushed: bool | None = fact("Hull crushed", "The hull is known to have failed")
    seat_usable: bool | None = fact("Seat usable", "The rescue seat is clear and undamaged, as found by survey")
    entangled: bool | None = fact("Entangled", "Held by nets, ropes or cables: intervention frees it")
    radiation: bool | None = fact("Radiation", "Radiation above normal has been measured at the hull")
    weapons_damaged: bool | None = fact("Weapons damaged", "Weapons aboard are known or feared to be damaged")
    rescue_seat: str | None = fact("Rescue seat", "Seat of this boat where it differs from its class")
    last_proof_of_life: UtcInstant | None = fact(
        "Last proof of life", "Survival counts from here; from the sinking when there is none"
    )
    sunk_at: UtcInstant | None = fact("Sunk at", "When it sank")
    fire: bool | None = fact("Fire", "Fire or smoke aboard: its gases can end life before CO2 and oxygen do")
    escape_gear: EscapeGear | None = fact("Escape gear", "suit_and_raft or lifejacket; unknown shows both")
    compartments: tuple[Compartment, ...] = Field(
        default=(), title="Compartments", description="Where survivors are, if known", max_length=MOST_COMPARTMENTS
    )
    stores: Stores | None = fact("Stores", "Life-support stores of the boat, where not given by compartment")
    survival_override: Override | None = fact("Survival stated", "Replaces the computed survival window")

    @model_validator(mode="after")
    def _no_more_survivors_than_aboard(self) -> Self:
        if self.survivors is not None and self.people_aboard is not None and self.survivors > self.people_aboard:
            raise ValueError(f"survivors: found {self.survivors}; at most the {self.people_aboard} people aboard")
        return self

    def people_to_rescue(self, submarine_class: SubmarineClass | None) -> int | None:
        """Survivors; where unknown all aboard, where that is unknown the crew of the class; None where nobody knows."""
        if self.survivors is not None:
            return self.survivors
        if self.people_aboard is not None:
            return self.people_aboard
        return submarine_class.crew if submarine_class is not None else None


class ForecastHour(Model):
    """What is forecast for the datum from an hour on, until the next entry; the last for a step, at most six hours."""

    at: UtcInstant = fact(
        "Time",
        "UTC; holds until the next entry, the last as long as the one before it, at most 6 h; nothing is known after",
        default=...,
    )
    wave_height_m: float = quantity("Wave height", "m", "Significant wave height", ge=0, le=25, default=...)
    wind_kn: float | None = quantity("Wind", "kn", "Wind at 10 m", ge=0, le=150)


class Environment(Model):
    """Sea, air and bottom at the datum. None means not known."""

    wave_height_m: float | None = quantity("Wave height", "m", "Significant wave height", ge=0, le=25)
    wave_from_deg: float | None = quantity(
        "Waves from", "deg", "Direction that the waves come from, true; slows ships on their way", ge=0, le=360
    )
    wind_kn: float | None = quantity("Wind", "kn", "Wind at 10 m", ge=0, le=150)
    current_kn: float | None = quantity("Current", "kn", "Current at the seat", ge=0, le=10)
    visibility_m: float | None = quantity("Under-water visibility", "m", "At the seat", ge=0, le=200)
    water_temperature_c: float | None = quantity("Water", "C", "Surface temperature", ge=-2.5, le=40)
    bottom_temperature_c: float | None = quantity("Bottom water", "C", "Temperature at the hull", ge=-2.5, le=40)
    ice: bool | None = fact("Ice", "Ice at the datum")
    forecast: tuple[ForecastHour, ...] = fact(
        "Forecast",
        "Sea at the datum by hour, in order; work at the hull waits for a window that is long enough",
        default=(),
    )

    @model_validator(mode="after")
    def _forecast_in_order(self) -> Self:
        for number, (before, after) in enumerate(pairwise(self.forecast), start=2):
            if after.at <= before.at:
                raise ValueError(
                    f"forecast: found {after.at:%Y-%m-%dT%H:%M}Z as entry {number}; "
                    f"it must be later than {before.at:%Y-%m-%dT%H:%M}Z before it"
                )
        return self


class OfferState(StrEnum):
    """Where a nation's help stands."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    STOOD_DOWN = "stood_down"

    @property
    def is_refused(self) -> bool:
        """Whether it does not come by somebody's word."""
        return self in (OfferState.DECLINED, OfferState.STOOD_DOWN)


class Offer(Model):
    """What is known of one asset in this case: offered, told to go when, at what notice, by which ship or field."""

    asset: str = fact("Asset", "Id of an asset", default=...)
    state: OfferState = fact(
        "State", "not_asked, asked, offered, accepted, declined or stood_down", default=OfferState.NOT_ASKED
    )
    told_to_go: UtcInstant | None = fact(
        "Told to go", "When it was ordered; its chain starts there, not before the alert, and needs no acceptance"
    )
    notice_h: Hours | None = fact("Notice", "Notice known in this case, instead of the asset's own")
    ship: str | None = fact("Ship", "Id of the ship assigned to it, where that is settled")
    apod: str | None = fact("APOD", "ICAO code of the airport of debarkation, where that is settled")
    spod: str | None = fact("SPOD", "Name of the port, where that is settled")
    note: str | None = fact("Note", "Anything else")


class FieldFact(Model):
    """What is known of an airfield in this case."""

    icao: str = fact("Airfield", "ICAO code", default=...)
    closed: bool | None = fact("Closed", "Cannot be used; in the hours stated below, where any are")
    closed_from: UtcInstant | None = fact("Closed from", "UTC; it is open before")
    closed_until: UtcInstant | None = fact("Closed until", "UTC, as when it is repaired; it is open after")
    closed_daily: DailyHours | None = fact(
        "Closed daily", "Hours of the day in UTC in which it is closed, as at night: 2100-0500Z"
    )
    has_loader: bool | None = fact("K-loader", "A K-loader or equal is on the field")
    loader_delay_h: Hours | None = fact("Loader delay", "Hours until one arrives, where it is known to be on its way")
    parking: int | None = quantity(
        "Ramp", "1", "Transport aircraft that may stand and be unloaded at a time", ge=1, le=50
    )
    source: str | None = fact("Source", "Id of a source, or who says so")
    note: str | None = fact("Note", "Anything else")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.closed_from, self.closed_until, "closed_until")
        return self

    @property
    def closed_at_times(self) -> bool:
        """Whether hours are stated in which it is closed, and so others in which it is open."""
        hours = self.closed_from, self.closed_until, self.closed_daily
        return self.closed is not False and any(one is not None for one in hours)

    @property
    def closed_for_good(self) -> bool:
        """Whether it is closed without an hour at which that begins or ends."""
        return bool(self.closed) and not self.closed_at_times


class LandingClearance(Model):
    """Whether and how soon a nation lets the transport aircraft of others land or fly over it, in this case."""

    nation: str = Field(title="Nation", description="Whose airfields and airspace, two letters", pattern="^[A-Z]{2}$")
    aircraft_of: tuple[Nation, ...] = fact(
        "Aircraft of", "Nations whose aircraft it is about; empty for all", default=()
    )
    fleets: tuple[str, ...] = fact("Fleets", "Ids of the fleets that it is about; empty for all", default=())
    airfields: tuple[str, ...] = fact(
        "Airfields", "ICAO codes of the nation's airfields that its landing is about; empty for all", default=()
    )
    refused: bool | None = fact("Landing refused", "They may not land, nor stop for fuel")
    lead_h: Hours | None = fact(
        "Landing lead time", "Hours from the order until they are cleared to land, [min, mode, max]"
    )
    overflight_refused: bool | None = fact("Overflight refused", "They may not fly over its land and 12 NM of sea")
    overflight_h: Hours | None = fact(
        "Overflight lead time", "Hours from the order until they are cleared to fly over, [min, mode, max]"
    )
    holds_from: UtcInstant | None = holds_from()
    holds_until: UtcInstant | None = holds_until()
    source: str | None = fact("Source", "Id of a source, or who says so")
    note: str | None = fact("Note", "Anything else")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.holds_from, self.holds_until, "holds_until")
        return self

    def concerns(self, nations: tuple[str, ...], fleet: str | None = None) -> bool:
        """Whether it is about aircraft of these nations, of the fleet with this id; a nation's own need none."""
        if self.nation in nations or (self.fleets and fleet not in self.fleets):
            return False
        return not self.aircraft_of or bool(set(nations) & set(self.aircraft_of))

    @property
    def lands(self) -> bool:
        """Whether it says that they may land, at once or later."""
        return self.refused is False or (self.lead_h is not None and self.refused is None)

    @property
    def narrowness(self) -> tuple[bool, bool, bool]:
        """Of two that are about a landing the one that names airfields counts, then fleets, then nations."""
        return bool(self.airfields), bool(self.fleets), bool(self.aircraft_of)


class CaseShip(Model):
    """What is known of a ship in this case: where it is and when it is free."""

    ship: str = fact("Ship", "Id of a ship", default=...)
    position: Position | None = fact("Position", "Where it is")
    available_after_h: Hours | None = fact(
        "Free after", "Hours from the alert until it is free to sail (charter, task in hand)"
    )
    speed_kn: float | None = quantity("Speed", "kn", "Speed in this sea", gt=0, le=60)
    prepared_for: tuple[str, ...] = fact(
        "Prepared for", "Ids of systems for which it was fitted beforehand", default=()
    )


class Annotation(Model):
    """A mark on the map."""

    text: str = fact("Text", "What it says", default=...)
    position: Position = fact("Position", "Where", default=...)


class RangeRing(Model):
    """A ring on the map: about an asset, which it follows, about a position, or else about the DISSUB."""

    radius_nm: float = quantity("Radius", "nm", "Up to half a turn of the earth", gt=0, le=10_800, default=...)
    hours: float | None = quantity("Hours", "h", "Hours of sailing or flying that gave the radius", gt=0)
    speed_kn: float | None = quantity("Speed", "kn", "Speed that gave the radius", gt=0)
    asset: str | None = fact("Asset", "Id of the asset that it follows")
    position: Position | None = fact("Position", "Its middle, where that is a place of its own")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.hours is None) != (self.speed_kn is None):
            raise ValueError("hours and speed go together")
        if self.hours is not None and self.speed_kn is not None:
            product_nm = self.hours * self.speed_kn
            if abs(product_nm - self.radius_nm) > 0.001 * self.radius_nm:
                raise ValueError(f"radius {self.radius_nm:g} nm is not {self.hours:g} h x {self.speed_kn:g} kn")
        if self.asset is not None and self.position is not None:
            raise ValueError("a ring stands about an asset or a position, not about both")
        return self


class LogEntry(Model):
    """A line of the log."""

    at: UtcInstant = fact("Time", "UTC", default=...)
    text: str = fact("Text", "What happened", default=...)
    source: str | None = fact("Source", "Id of a source, or who says so")
    confidence: Confidence | None = fact("Confidence", "high, medium or low")


class CaseAssets(Model):
    """Assets of the day that are not in today's registry, and today's assets that did not exist."""

    use_registry: bool = Field(
        default=True,
        title="Use the registry",
        description="Plan with today's registry besides the assets given here",
    )
    without: tuple[str, ...] = fact("Without", "Ids of assets of the registry that are left out", default=())
    rescue_systems: tuple[RescueSystem, ...] = fact("Rescue systems", "Rescue systems of the day", default=())
    intervention_systems: tuple[InterventionSystem, ...] = fact(
        "Intervention systems", "Intervention systems of the day", default=()
    )
    ships: tuple[Ship, ...] = fact("Ships", "Ships of the day", default=())
    aircraft_types: tuple[AircraftType, ...] = fact("Aircraft types", "Aircraft types of the day", default=())
    aircraft_fleets: tuple[AircraftFleet, ...] = fact("Fleets", "Aircraft fleets of the day", default=())
    submarine_classes: tuple[SubmarineClass, ...] = fact("Submarine classes", "Classes of the day", default=())


class Case(Model):
    """One event, real or exercise. Hours of the response count from `alert`."""

    id: str = identifier("Stable name: kursk-2000")
    title: str = fact("Title", "Name of the case", default=...)
    kind: CaseKind = fact("Kind", "exercise or real", default=...)
    alert: UtcInstant = fact("Alert", "When help was, or is, asked for; hours count from here", default=...)
    summary: str | None = fact("Summary", "What happened, in a few sentences")
    dissub: Dissub = fact("DISSUB", "The distressed submarine", default=...)
    environment: Environment = fact("Environment", "Sea, air and bottom at the datum", default=Environment())
    offers: tuple[Offer, ...] = fact("Offers", "What is known of single assets", default=())
    airfields: tuple[FieldFact, ...] = fact("Airfields", "What is known of single airfields", default=())
    ports: tuple[PortFact, ...] = fact(
        "Ports", "What is known of single ports, and ports that the gazetteer does not know", default=()
    )
    clearances: tuple[LandingClearance, ...] = fact(
        "Clearances", "Nations that refuse landing or overflight, or take time to clear it", default=()
    )
    sea_clearances: tuple[SeaClearance, ...] = fact(
        "Sea clearances",
        "Nations that refuse ships of others their straits, take time to clear them, or lead them through ice",
        default=(),
    )
    ships: tuple[CaseShip, ...] = fact("Ships", "What is known of single ships", default=())
    closed_passages: tuple[str, ...] = fact(
        "Closed passages", "Ids of canals and straits that may not be used", default=()
    )
    assumptions: dict[str, Pert] = fact(
        "Assumptions", "Planning numbers changed for this case: key = value or [min, mode, max]", default={}
    )
    assets: CaseAssets = fact("Assets", "Assets of the day", default=CaseAssets())
    annotations: tuple[Annotation, ...] = fact("Annotations", "Marks on the map", default=())
    range_rings: tuple[RangeRing, ...] = fact("Range rings", "Rings on the map", default=())
    log: tuple[LogEntry, ...] = fact("Log", "What happened when", default=())
    sources: tuple[Source, ...] = fact("Sources", "Documents that this case relies on", default=())
