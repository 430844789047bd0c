"""The answer to a case: for each asset its best chain, gates, times with their doubt, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field

from subrescue.domain.airlift import Airlift, Place
from subrescue.domain.base import Model
from subrescue.domain.evidence import Evidence
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import Reason
from subrescue.domain.sent import Sent
from subrescue.domain.store_pair import StorePair
from subrescue.domain.treatment import Treatment


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
    CREW_CHANGE = "crew_change"
    AIR_REFUELLING = "air_refuelling"
    OFFLOAD = "offload"
    LOADER = "loader"
    FURTHER_SORTIES = "further_sorties"
    CLEARANCE = "clearance"
    OVERFLIGHT = "overflight"
    ROAD_TO_PORT = "road_to_port"
    SHIP_CHARTER = "ship_charter"
    SHIP_SEEN = "ship_seen"
    SHIP_TO_PORT = "ship_to_port"
    WAIT_FOR_QUAY = "wait_for_quay"
    PREPARE_SHIP = "prepare_ship"
    FIT_OUT = "fit_out"
    TRANSIT = "transit"
    OPENING_WAIT = "opening_wait"
    WEATHER_WAIT = "weather_wait"
    SURVEY = "survey"
    SEAT_CLEARING = "seat_clearing"
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


class GateResult(Model):
    """The verdict of one gate with its reasons."""

    gate: Gate = Field(title="Gate")
    verdict: Verdict = Field(title="Verdict")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")

    @classmethod
    def of(cls, gate: Gate, verdict: Verdict, *reasons: Reason) -> Self:
        """The verdict of a gate for these reasons."""
        return cls.of_checked(gate=gate, verdict=verdict, reasons=reasons)


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
    critical_share: float | None = Field(
        default=None,
        title="Felt",
        description="Share of the draws in which all wait for it: an hour less brings so much of an hour",
    )
    slack_h: float | None = Field(
        default=None,
        title="Slack",
        description="Hours that it may last longer by the medians without moving the first rescue or intervention",
        json_schema_extra={"unit": "h"},
    )
    length_h: Band | None = Field(
        default=None, title="Length", description="Without waiting for others", json_schema_extra={"unit": "h"}
    )


class Via(Model):
    """The places and the ship that a chain goes through."""

    apoe: Place | None = Field(default=None, title="APOE")
    stops: tuple[Place, ...] = Field(default=(), title="Fuel stops")
    apod: Place | None = Field(default=None, title="APOD")
    spod: Place | None = Field(default=None, title="SPOD")
    ship_id: str | None = Field(default=None, title="Ship id")
    ship: str | None = Field(default=None, title="Ship")


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
    costs_h: float = Field(
        title="Costs", description="Median hours more than the chosen chain", json_schema_extra={"unit": "h"}
    )


class PeopleOut(Model):
    """One dive of a rescue: how many it brings up, how many are out by then, and when. Hours from the alert."""

    dive: int = Field(title="Dive", description="Counted from 1")
    people: int = Field(title="People", description="Brought up by this dive")
    total: int = Field(title="Out by then")
    out_h: Band = Field(title="Out", description="Aboard the mother ship", json_schema_extra={"unit": "h"})
    probability_in_time: float | None = Field(default=None, title="In time", description="Chance that they still live")


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
        default=None, title="In time", description="Chance that somebody still lives when the first dive is back"
    )
    probability_all_in_time: float | None = Field(
        default=None, title="All in time", description="Chance that all come out alive, whatever their compartment"
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
    weakest_evidence: Evidence | None = Field(
        default=None, title="Its evidence", description="The surest statement on the weakest fact"
    )
    people_out: tuple[PeopleOut, ...] = Field(
        default=(), title="People out", description="Each dive of the rescue: whom it brings up, and when"
    )
    chamber_ship: ChamberShip | None = Field(default=None, title="Second ship with chambers")
    alternatives: tuple[Alternative, ...] = Field(default=(), title="Alternatives")
    notes: tuple[Reason, ...] = Field(default=(), title="Notes", description="Warnings that are no verdict")

    @property
    def first_h(self) -> Band | None:
        """Hours to the first rescue, else to the first intervention; None without a way."""
        return self.time_to_first_rescue_h or self.time_to_intervention_h

    def hours_by(self, other: Alternative) -> float | None:
        """Median hours to the same point by another way: its cost on top of those that are told of the chosen one."""
        return None if self.first_h is None else self.first_h.p50 + other.costs_h

    @property
    def may_come(self) -> bool:
        """Whether it can or may come: no gate forbids it, and a way is known."""
        return self.verdict is not Verdict.RED and self.mode is not None

    @property
    def is_only_late(self) -> bool:
        """Whether nothing but the hours that the crew has left forbids it."""
        red = {gate.gate for gate in self.gates if gate.verdict is Verdict.RED}
        return self.verdict is Verdict.RED and red == {Gate.TIME}


class TracePoint(Model):
    """A corner of a line over time; between corners the line is straight. Hours from the alert."""

    at_h: float = Field(title="Time", json_schema_extra={"unit": "h"})
    value: float = Field(title="Value")


class Limit(Model):
    """When one cause ends life in a compartment, in hours from the alert; None where it would not."""

    name: str = Field(title="Limit", description="carbon_dioxide, oxygen, cold, water, power, fire_gases, ...")
    p10_h: float | None = Field(default=None, title="P10", json_schema_extra={"unit": "h"})
    p50_h: float | None = Field(default=None, title="P50", json_schema_extra={"unit": "h"})
    p90_h: float | None = Field(default=None, title="P90", json_schema_extra={"unit": "h"})


class CompartmentWindow(Model):
    """The survival window of one compartment: what ends it, each limit by itself, and its air over time."""

    name: str = Field(title="Compartment")
    people: int | None = Field(default=None, title="People")
    p10_h: float = Field(title="P10", json_schema_extra={"unit": "h"})
    p50_h: float = Field(title="P50", json_schema_extra={"unit": "h"})
    p90_h: float = Field(title="P90", json_schema_extra={"unit": "h"})
    limiting: str = Field(title="Limiting", description="The limit with the least median")
    limits: tuple[Limit, ...] = Field(
        default=(), title="Limits", description="All that were worked out, shortest first"
    )
    co2_percent: tuple[TracePoint, ...] = Field(
        default=(), title="CO2", description="Surface-equivalent CO2 over time at the most likely values"
    )
    o2_kpa: tuple[TracePoint, ...] = Field(
        default=(), title="Oxygen", description="Partial pressure of oxygen over time at the most likely values"
    )
    decompression_h: Band | None = Field(
        default=None, title="Decompression", description="Of its people, once out", json_schema_extra={"unit": "h"}
    )
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")


class SurvivalWindow(Model):
    """When the crew can no longer live aboard. Hours count from the alert of the case; None where nothing is known."""

    p10_h: float | None = Field(default=None, title="P10", json_schema_extra={"unit": "h"})
    p50_h: float | None = Field(default=None, title="P50", json_schema_extra={"unit": "h"})
    p90_h: float | None = Field(default=None, title="P90", json_schema_extra={"unit": "h"})
    limiting: str = Field(
        title="Limiting",
        description="carbon_dioxide, oxygen, cold, wet_cold, heat, water, power, fire_gases, pressure, flooding, "
        "stated, hull_crushed, no_survivors, surfaced or prior",
    )
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")
    hours_per_pod: float | None = Field(
        default=None, title="Hours bought by an ELSS pod", json_schema_extra={"unit": "h"}
    )
    compartments: tuple[CompartmentWindow, ...] = Field(
        default=(), title="Compartments", description="Each by itself, the worst first; the worst rules the window"
    )


class SurfaceSurvival(Model):
    """How long escapers live on the surface with this gear, in hours from the start of their escape."""

    gear: str = Field(title="Gear", description="suit_and_raft or lifejacket")
    lives_h: Band = Field(title="Lives", json_schema_extra={"unit": "h"})
    probability_until_help: float | None = Field(
        default=None, title="Until help", description="Chance to live until help is there, if out at the alert"
    )


class EscapeAdvice(Model):
    """Whether escape from the submarine is possible at this depth, and what waits above; before any rescue asset."""

    verdict: Verdict = Field(title="Verdict")
    reasons: tuple[Reason, ...] = Field(default=(), title="Reasons")
    all_out_h: Band | None = Field(
        default=None, title="All out", description="Hours that the escape of all takes", json_schema_extra={"unit": "h"}
    )
    surface: tuple[SurfaceSurvival, ...] = Field(default=(), title="On the surface")
    help_id: str | None = Field(default=None, title="First help", description="Id of the asset first over the datum")
    help: str | None = Field(default=None, title="First help by name")
    help_h: Band | None = Field(default=None, title="Help over the datum", json_schema_extra={"unit": "h"})
    probability_help_first: float | None = Field(
        default=None, title="Help first", description="Chance that help is over the datum before the air below ends"
    )


class Response(Model):
    """The whole answer, ranked: options that can first, by time; those that cannot last, with the reason."""

    case_id: str = Field(title="Case")
    survival: SurvivalWindow = Field(title="Survival window")
    escape: EscapeAdvice | None = Field(default=None, title="Escape")
    store_pairs: tuple[StorePair, ...] = Field(
        default=(), title="Stores before rescue", description="Who brings stores so that another comes in time"
    )
    treatment: Treatment | None = Field(default=None, title="Treatment", description="Where survivors can be treated")
    together: tuple[Sent, ...] = Field(
        default=(), title="Together", description="The best, each with the ships and aircraft that those before leave"
    )
    first_orders: tuple[FirstOrder, ...] = Field(
        default=(), title="Order now", description="For the best options together, what is due first"
    )
    options: tuple[Option, ...] = Field(default=(), title="Options")
    findings: tuple[Reason, ...] = Field(
        default=(),
        title="Findings",
        description="What holds for the whole case: nothing to plan, no asset can reach ...",
    )
