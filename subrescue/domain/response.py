"""The answer to a case: for each asset its best chain, gates, times with their doubt, and why."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.base import Model
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason


class Verdict(StrEnum):
    """Can it be done: yes, with doubt, no, or not known."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"


class Gate(StrEnum):
    """Checks that can forbid or doubt a chain."""

    PERMISSION = "permission"
    AVAILABILITY = "availability"
    DEPTH = "depth"
    SEAT = "seat"
    ATTITUDE = "attitude"
    CURRENT = "current"
    SEA = "sea"
    VISIBILITY = "visibility"
    PRESSURE = "pressure"
    LIFT = "lift"
    SHIP = "ship"
    TIME = "time"
    CAPACITY = "capacity"
    HAZARDS = "hazards"
    ROUTE = "route"


class PhaseName(StrEnum):
    """The steps of a chain, in the order in which they are usually taken."""

    ALERT = "alert"
    ACCEPT = "accept"
    RECALL = "recall"
    NOTICE = "notice"
    ROAD_TO_APOE = "road_to_apoe"
    WAIT_FOR_AIRCRAFT = "wait_for_aircraft"
    LOAD_AIRCRAFT = "load_aircraft"
    FLIGHT = "flight"
    FUEL_STOP = "fuel_stop"
    OFFLOAD = "offload"
    FURTHER_SORTIES = "further_sorties"
    CLEARANCE = "clearance"
    ROAD_TO_PORT = "road_to_port"
    SHIP_CHARTER = "ship_charter"
    SHIP_TO_PORT = "ship_to_port"
    FIT_OUT = "fit_out"
    TRANSIT = "transit"
    SURVEY = "survey"
    FIRST_DIVE = "first_dive"
    CYCLES = "cycles"
    DECOMPRESSION = "decompression"
    INTERVENTION = "intervention"
    AIR_DROP = "air_drop"


class Mode(StrEnum):
    """How an asset gets to the datum."""

    OWN_SHIP = "own_ship"
    ROAD = "road"
    FLY_AWAY = "fly_away"
    AIR_DROP = "air_drop"


class Place(Model):
    """A named place of a chain."""

    name: str = Field(title="Name")
    position: Position = Field(title="Position")
    code: str | None = Field(default=None, title="Code", description="ICAO code of an airfield")


class GateResult(Model):
    """The verdict of one gate with its reasons."""

    gate: Gate = Field(title="Gate")
    verdict: Verdict = Field(title="Verdict")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")


class SeaWay(Model):
    """How the hours of a sea passage come about: speed, factor of the sea, canals, and what is not used."""

    speed_kn: float = Field(title="Speed", json_schema_extra={"unit": "kn"})
    factor: float = Field(title="Factor", description="Most likely hours for one hour at that speed, canals left out")
    canal_h: float = Field(
        title="Canals",
        description="Most likely hours in canals and controlled straits",
        json_schema_extra={"unit": "h"},
    )
    passages: tuple[str, ...] = Field(default=(), title="Passages", description="Ids of those that take these hours")
    closed: tuple[str, ...] = Field(
        default=(),
        title="Not used",
        description="Ids of passages beside those closed in the case: the ship is too large, or going round is quicker",
    )
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons", description="Each number with its source")


class PhaseSpan(Model):
    """One phase of a chain: when, from where to where, carried by what. Hours count from the alert of the case."""

    phase: PhaseName = Field(title="Phase")
    start_h: Band = Field(title="Start", json_schema_extra={"unit": "h"})
    end_h: Band = Field(title="End", json_schema_extra={"unit": "h"})
    origin: Place | None = Field(default=None, title="From")
    destination: Place | None = Field(default=None, title="To")
    carrier: str | None = Field(default=None, title="Carrier", description="Aircraft, lorries or ship, by name")
    distance_nm: float | None = Field(default=None, title="Distance", json_schema_extra={"unit": "nm"})
    path: tuple[Position, ...] = Field(
        default=(), title="Path", description="Points for drawing: great circle, road or sea route"
    )
    critical: bool = Field(default=False, title="Critical", description="Lies on the critical path of the median")
    assumption: str | None = Field(
        default=None, title="Assumption", description="Key of the assumption that gives its length"
    )
    sea: SeaWay | None = Field(default=None, title="Sea passage", description="How the hours at sea come about")


class Via(Model):
    """The places and the ship that a chain goes through."""

    apoe: Place | None = Field(default=None, title="APOE")
    stops: tuple[Place, ...] = Field(default=(), title="Fuel stops")
    apod: Place | None = Field(default=None, title="APOD")
    spod: Place | None = Field(default=None, title="SPOD")
    ship_id: str | None = Field(default=None, title="Ship id")
    ship: str | None = Field(default=None, title="Ship")


class Sortie(Model):
    """One loaded flight of an airlift: which aircraft flies what from where to where, by the medians."""

    number: int = Field(title="Sortie", description="In the order in which they are loaded")
    fleet_id: str = Field(title="Fleet id")
    fleet: str = Field(title="Fleet")
    aircraft: int = Field(title="Aircraft", description="Number of the aircraft among those that fly")
    pieces: tuple[str, ...] = Field(default=(), title="Pieces", description="Known pieces aboard, by name")
    load_t: float | None = Field(default=None, title="Load", json_schema_extra={"unit": "t"})
    critical: bool = Field(default=False, title="Critical item", description="Brings what no rescue can do without")
    origin: Place = Field(title="APOE")
    stops: tuple[Place, ...] = Field(default=(), title="Fuel stops")
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
        return self.timetable[0].offloaded_h if self.timetable else None

    @property
    def critical_item_h(self) -> float | None:
        """When everything that no rescue can do without is on the ground there; None without a timetable."""
        return max((one.offloaded_h for one in self.timetable if one.critical), default=None)

    @property
    def last_item_h(self) -> float | None:
        """When the last load is on the ground there; None without a timetable."""
        return max((one.offloaded_h for one in self.timetable), default=None)


class ChamberShip(Model):
    """A second ship with decompression chambers, where those beside the vehicle are too few for all survivors."""

    ship_id: str = Field(title="Ship id")
    ship: str = Field(title="Ship")
    places: int | None = Field(default=None, title="Places", description="People in her chambers at one time")
    arrives_h: float = Field(title="Arrives", description="Median hours at the datum", json_schema_extra={"unit": "h"})
    needed: int | None = Field(default=None, title="Survivors", description="People to be treated; None: not known")


class Alternative(Model):
    """Another chain for the same asset and what it costs."""

    mode: Mode = Field(title="Mode")
    via: Via = Field(title="Via")
    airlift: Airlift | None = Field(default=None, title="Airlift")
    verdict: Verdict = Field(title="Verdict")
    time_h: float = Field(
        title="Time",
        description="Median hours to the same point as the chosen chain",
        json_schema_extra={"unit": "h"},
    )
    costs_h: float = Field(
        title="Costs", description="Median hours more than the chosen chain", json_schema_extra={"unit": "h"}
    )


class Option(Model):
    """The best chain for one asset; a red gate never hides it."""

    asset_id: str = Field(title="Asset id")
    name: str = Field(title="Asset")
    nations: tuple[str, ...] = Field(title="Nations")
    kind: str = Field(title="Kind", description="rescue_system, intervention_system or ship")
    mode: Mode | None = Field(default=None, title="Mode", description="None where no chain was found")
    verdict: Verdict = Field(title="Verdict")
    gates: tuple[GateResult, ...] = Field(default=(), title="Gates")
    phases: tuple[PhaseSpan, ...] = Field(default=(), title="Phases")
    via: Via = Field(default=Via(), title="Via")
    airlift: Airlift | None = Field(default=None, title="Airlift")
    sea_nm: float | None = Field(default=None, title="Sea passage", json_schema_extra={"unit": "nm"})
    time_to_intervention_h: Band | None = Field(default=None, title="TTFI", json_schema_extra={"unit": "h"})
    time_to_first_rescue_h: Band | None = Field(default=None, title="TTFR", json_schema_extra={"unit": "h"})
    time_to_last_rescue_h: Band | None = Field(default=None, title="TLR", json_schema_extra={"unit": "h"})
    probability_in_time: float | None = Field(
        default=None, title="In time", description="Chance that the first survivor is out in time"
    )
    probability_all_in_time: float | None = Field(
        default=None, title="All in time", description="Chance that the last survivor is out in time"
    )
    expected_rescued: float | None = Field(default=None, title="Expected rescued")
    limiting_factor: Reason | None = Field(default=None, title="Limiting factor")
    critical_path: tuple[PhaseName, ...] = Field(default=(), title="Critical path")
    unknowns: tuple[Reason, ...] = Field(
        default=(), title="Unknowns", description="Facts not known that would matter, most important first"
    )
    weakest_fact: str | None = Field(
        default=None,
        title="Weakest fact",
        description="Field of the asset whose source is weakest among those used",
    )
    chamber_ship: ChamberShip | None = Field(default=None, title="Second ship with chambers")
    alternatives: tuple[Alternative, ...] = Field(default=(), title="Alternatives")
    notes: tuple[Reason, ...] = Field(default=(), title="Notes", description="Warnings that are no verdict")


class SurvivalWindow(Model):
    """When the crew can no longer live aboard. Hours count from the alert of the case; None where nothing is known."""

    p10_h: float | None = Field(default=None, title="P10", json_schema_extra={"unit": "h"})
    p50_h: float | None = Field(default=None, title="P50", json_schema_extra={"unit": "h"})
    p90_h: float | None = Field(default=None, title="P90", json_schema_extra={"unit": "h"})
    limiting: str = Field(
        title="Limiting",
        description="carbon_dioxide, oxygen, cold, water, stated, hull_crushed, no_survivors, prior or unknown",
    )
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")
    hours_per_pod: float | None = Field(
        default=None, title="Hours bought by an ELSS pod", json_schema_extra={"unit": "h"}
    )


class EscapeAdvice(Model):
    """Whether escape from the submarine is possible at this depth; shown before any rescue asset."""

    verdict: Verdict = Field(title="Verdict")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")


class Response(Model):
    """The whole answer, ranked: options that can first, by time; those that cannot last, with the reason."""

    case_id: str = Field(title="Case")
    survival: SurvivalWindow = Field(title="Survival window")
    escape: EscapeAdvice | None = Field(default=None, title="Escape")
    options: tuple[Option, ...] = Field(default=(), title="Options")
    findings: tuple[Reason, ...] = Field(
        default=(),
        title="Findings",
        description="What holds for the whole case: nothing to plan, no asset can reach ...",
    )
