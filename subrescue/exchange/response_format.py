"""The shape of a response as a file for other programs; `resources/schemas/response.schema.json` is derived from it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from subrescue.domain.case import CaseKind, Plight
from subrescue.domain.choices import Confidence
from subrescue.domain.errors import Problem
from subrescue.domain.response import Gate, Mode, PhaseName, Verdict
from subrescue.exchange.format_parts import BandOut, OutModel, PlaceOut, ReasonOut

FORMAT_VERSION = 1


class DissubOut(OutModel):
    """The distressed submarine as planned for. null is not known."""

    name: str
    nation: str | None
    class_id: str | None
    plight: Plight
    lat_deg: float = Field(ge=-90, le=90)
    lon_deg: float = Field(ge=-180, le=180)
    error_radius_nm: float | None
    depth_m: float | None
    people_aboard: int | None
    survivors: int | None


class CaseOut(OutModel):
    """The case that the response answers."""

    id: str
    title: str
    kind: CaseKind = Field(title="Kind", description="exercise or real: the two never mix")
    alert: datetime = Field(title="Alert", description="UTC; all hours count from here")
    dissub: DissubOut


class TracePointOut(OutModel):
    """A corner of a line over time, straight between corners; hours from the alert."""

    at_h: float
    value: float


class LimitOut(OutModel):
    """When one cause ends life in a compartment, in hours from the alert; null where it would not."""

    name: str = Field(
        description="carbon_dioxide, oxygen, cold, wet_cold, heat, water, power, fire_gases, flooding, ..."
    )
    p10_h: float | None
    p50_h: float | None
    p90_h: float | None


class CompartmentOut(OutModel):
    """The survival window of one compartment."""

    name: str
    people: int | None
    p10_h: float
    p50_h: float
    p90_h: float
    limiting: str = Field(description="The limit with the least median")
    limits: tuple[LimitOut, ...] = Field(description="All that were worked out, shortest first")
    co2_percent: tuple[TracePointOut, ...] = Field(description="Surface-equivalent CO2 over time, to plot")
    o2_kpa: tuple[TracePointOut, ...] = Field(description="Partial pressure of oxygen over time, to plot")
    decompression_h: BandOut | None = Field(description="Of its people, once out; null where none is needed or known")
    reasons: tuple[ReasonOut, ...]


class SurvivalOut(OutModel):
    """When the crew can no longer live aboard, in hours from the alert; null where nothing has to be planned."""

    p10_h: float | None
    p50_h: float | None
    p90_h: float | None
    limiting: str = Field(description="carbon_dioxide, oxygen, cold, water, stated, hull_crushed, no_survivors, ...")
    hours_per_pod: float | None = Field(description="Hours that one pod of life-support stores buys for all")
    reasons: tuple[ReasonOut, ...]
    compartments: tuple[CompartmentOut, ...] = Field(description="Each by itself, the worst first")


class SurfaceOut(OutModel):
    """How long escapers live on the surface."""

    gear: str
    lives_h: BandOut
    probability_until_help: float | None = Field(ge=0, le=1, description="If out at the alert")


class EscapeOut(OutModel):
    """Whether escape from the submarine is possible at this depth, and what waits above."""

    verdict: Verdict
    reason: str
    reasons: tuple[ReasonOut, ...]
    all_out_h: BandOut | None = Field(description="Hours that the escape of all takes, through one tower")
    surface: tuple[SurfaceOut, ...]
    help_id: str | None = Field(description="Id of the asset that is first over the datum")
    help: str | None
    help_h: BandOut | None
    probability_help_first: float | None = Field(ge=0, le=1, description="Before the air below ends")


class StorePairOut(OutModel):
    """Stores that one asset posts, and the rescue by another that gains by them."""

    first_id: str
    first: str
    pods: int
    pods_assumed: bool = Field(description="Their number is not known: one sortie is counted")
    posted_h: BandOut
    bought_h: float = Field(description="Growth of the median of the compartment that gains most")
    survival_h: BandOut = Field(description="The survival window with them")
    second_id: str
    second: str
    probability_before: float = Field(ge=0, le=1)
    probability_after: float = Field(ge=0, le=1)
    rescued_before: float | None
    rescued_after: float | None


class PeopleOutOut(OutModel):
    """One dive of the rescue."""

    dive: int
    people: int
    total: int = Field(description="Out by then")
    out_h: BandOut
    probability_in_time: float | None = Field(ge=0, le=1)


class GateOut(OutModel):
    """One check with its verdict: `reason` in words, `reasons` for programs."""

    gate: Gate
    verdict: Verdict
    reason: str
    reasons: tuple[ReasonOut, ...]


class SeaOut(OutModel):
    """How the hours of a sea passage come about."""

    speed_kn: float
    factor: float = Field(description="Most likely hours for one hour at that speed, canals left out")
    canal_h: float = Field(description="Most likely hours in canals and controlled straits")
    passages: tuple[str, ...] = Field(description="Ids of those that take these hours")
    closed: tuple[str, ...] = Field(description="Ids of passages not used: the ship is too large, or round is quicker")
    reasons: tuple[ReasonOut, ...]


class PhaseOut(OutModel):
    """One phase of the chain; hours from the alert."""

    phase: PhaseName
    start_h: BandOut
    end_h: BandOut
    origin: PlaceOut | None = Field(alias="from")
    destination: PlaceOut | None = Field(alias="to")
    carrier: str | None
    distance_nm: float | None
    critical: bool = Field(description="Lies on the critical path")
    assumption: str | None = Field(description="Key of the assumption that gives its length")
    sea: SeaOut | None = Field(description="For a sea passage: speed, weather and canals, each with its source")
    slack_h: float | None = Field(description="Hours that it may last longer; null after the first dive")
    critical_share: float | None = Field(
        description="Share of the draws in which all wait for it; an hour less brings so much of an hour"
    )
    length_h: BandOut | None = Field(description="Hours that it takes by itself, waiting for others left out")


class ViaOut(OutModel):
    """Airports of embarkation and debarkation, fuel stops, port of debarkation and ship."""

    apoe: PlaceOut | None
    stops: tuple[PlaceOut, ...]
    apod: PlaceOut | None
    spod: PlaceOut | None
    ship: str | None
    ship_id: str | None


class SortieOut(OutModel):
    """One loaded flight of an airlift by the medians: who flies what from where to where, and when."""

    number: int = Field(ge=1)
    fleet: str
    fleet_id: str
    aircraft: int = Field(ge=1, description="Number of the aircraft among those that fly")
    pieces: tuple[str, ...] = Field(description="Known pieces aboard, by name")
    loader: bool = Field(description="Brings a K-loader ahead of the load, which waits for it")
    load_t: float | None
    critical: bool = Field(description="Brings what no rescue can do without")
    origin: PlaceOut | None
    stops: tuple[PlaceOut, ...]
    destination: PlaceOut | None
    load_from_h: float
    airborne_h: float
    landed_h: float
    offload_from_h: float
    offloaded_h: float


class FleetOut(OutModel):
    """What one fleet flies in an airlift."""

    fleet_id: str
    fleet: str
    aircraft: str
    aircraft_count: int = Field(ge=1)
    sorties: int = Field(ge=1)
    payload_t: float


class AirliftOut(OutModel):
    """The airlift of the chain; where several fleets share it, the figures of the one that lands first."""

    aircraft: str
    fleet_id: str
    aircraft_count: int
    sorties: int
    payload_t: float | None
    flight_nm: float
    flight_h: float
    first_item_h: float | None = Field(description="First load on the ground at the APOD; of the chosen chain alone")
    critical_item_h: float | None = Field(description="Everything that no rescue can do without on the ground there")
    last_item_h: float | None = Field(description="Last load on the ground there")
    fleets: tuple[FleetOut, ...] = Field(description="Every fleet that flies, the one that lands first at the head")
    timetable: tuple[SortieOut, ...] = Field(description="Every sortie of the chosen chain; empty for an alternative")


class AlternativeOut(OutModel):
    """Another chain for the same asset."""

    mode: Mode
    verdict: Verdict
    via: ViaOut
    airlift: AirliftOut | None
    time_h: float | None = Field(description="Median hours to the same point as the chosen chain")
    costs_h: float = Field(description="Median hours more than the chosen chain")


class ChamberShipOut(OutModel):
    """A second ship with decompression chambers, where those beside the vehicle are too few."""

    ship: str
    ship_id: str
    places: int | None
    arrives_h: float
    needed: int | None


class OptionOut(OutModel):
    """The best chain of one asset."""

    rank: int = Field(ge=1)
    asset_id: str
    name: str
    nations: tuple[str, ...]
    kind: str
    mode: Mode | None = Field(description="null where no chain was found")
    verdict: Verdict
    gates: tuple[GateOut, ...]
    phases: tuple[PhaseOut, ...]
    via: ViaOut
    airlift: AirliftOut | None
    chamber_ship: ChamberShipOut | None
    sea_nm: float | None
    time_to_intervention_h: BandOut | None
    time_to_first_rescue_h: BandOut | None
    time_to_last_rescue_h: BandOut | None
    probability_in_time: float | None = Field(ge=0, le=1)
    probability_all_in_time: float | None = Field(ge=0, le=1)
    expected_rescued: float | None = Field(ge=0)
    limiting_factor: str | None
    limiting_factor_id: str | None
    critical_path: tuple[PhaseName, ...]
    unknowns: tuple[ReasonOut, ...]
    weakest_fact: str | None = Field(description="Field of the asset whose source is weakest among those used")
    weakest_confidence: Confidence | None = Field(description="How sure the surest source of that field is")
    weakest_source: str | None = Field(description="Id of that source, as the registry has it")
    people_out: tuple[PeopleOutOut, ...] = Field(description="People out against time, dive by dive")
    alternatives: tuple[AlternativeOut, ...]
    notes: tuple[ReasonOut, ...]


class DoubtOut(OutModel):
    """What is doubtful in the case itself, and forbids nothing."""

    field: str = Field(description="Field of the case: dissub.depth_m")
    found: str
    allowed: str = Field(description="What is expected there, or what to look at")

    @classmethod
    def of(cls, doubt: Problem) -> Self:
        """A doubt as files tell it: where it stands in the user's own file is nothing to them."""
        return cls(field=doubt.field, found=doubt.found, allowed=doubt.allowed)


class HeldOut(OutModel):
    """An aircraft until it is back, a place on a ramp or at a port that one that is sent has for itself."""

    kind: str = Field(pattern="^(aircraft|ramp|port)$")
    of: str = Field(description="Id of the fleet, code or name of the airfield, name of the port")
    name: str
    number: int = Field(ge=1, description="Which of its aircraft or places, over all that are sent together")
    from_h: float
    until_h: float


class SentOut(OutModel):
    """One of those that are sent together, with the ships and aircraft that those before it leave."""

    asset_id: str
    name: str
    goes: bool = Field(description="false where a gate then forbids it or no way is left")
    rescues: bool = Field(description="It brings people up; else it helps at the hull")
    fleets: tuple[str, ...] = Field(description="Those that fly it, by name")
    apod: PlaceOut | None
    spod: PlaceOut | None
    ship_id: str | None
    ship: str | None = Field(description="null for a vessel to be chartered at the SPOD")
    chambers: tuple[str, ...] = Field(description="Ids of other ships that come for their chambers")
    first_h: BandOut | None = Field(description="First rescue, else first intervention")
    later_h: float = Field(ge=0, description="Median hours more than if it were sent alone")
    reasons: tuple[ReasonOut, ...] = Field(description="Whose ship, aircraft, ramp or port it has not, or has later")
    timetable: tuple[SortieOut, ...] = Field(description="Its sorties, aircraft counted over all that are sent")
    held: tuple[HeldOut, ...] = Field(description="What it has for itself, from when until when")
    probability_in_time: float | None = Field(ge=0, le=1)
    probability_any: float | None = Field(ge=0, le=1, description="That it or a rescue before it is in time")
    rescued_any: float | None = Field(ge=0, description="People out alive by that of these that brings the most")


class FirstOrderOut(OutModel):
    """Something to be ordered, asked or called for now."""

    order: ReasonOut
    options: tuple[str, ...] = Field(description="Names of the options that wait for it, best first")
    latest_h: float | None = Field(description="Hours from the alert after which it moves the best of them")


class TreatmentPlaceOut(OutModel):
    """One medical unit and how survivors come there from the datum."""

    unit_id: str
    name: str
    nations: tuple[str, ...]
    place: PlaceOut
    distance_nm: float
    flight_h: BandOut | None = Field(description="By helicopter; null where it is out of reach")
    port: PlaceOut | None
    sea_nm: float | None
    sea_h: BandOut | None
    chamber_places: int | None
    beds: int | None
    reasons: tuple[ReasonOut, ...]


class TreatmentOut(OutModel):
    """Who has to be treated, and the medical units of the registry nearest to the datum."""

    people: int | None
    pressed: int | None = Field(description="How many of them need decompression")
    ship: str | None
    places: tuple[TreatmentPlaceOut, ...]
    reasons: tuple[ReasonOut, ...]


class ResponseOut(OutModel):
    """The response to a case: which assets can reach the distressed submarine, and in what time."""

    format: str = Field(default="subrescue-response", pattern="^subrescue-response$")
    format_version: int = FORMAT_VERSION
    banner: str = Field(title="Banner", description="EXERCISE or REAL", pattern="^(EXERCISE|REAL)$")
    case: CaseOut
    survival: SurvivalOut
    escape: EscapeOut | None
    doubts: tuple[DoubtOut, ...] = Field(description="What is doubtful in the case; empty where nothing looked for it")
    findings: tuple[ReasonOut, ...] = Field(description="What holds for the whole case")
    store_pairs: tuple[StorePairOut, ...] = Field(description="Who brings stores so that another comes in time")
    treatment: TreatmentOut | None = Field(description="Where survivors can be treated; null without any medical unit")
    together: tuple[SentOut, ...] = Field(description="The best sent together, each ship and aircraft once")
    first_orders: tuple[FirstOrderOut, ...] = Field(description="What to order now for these, due first first")
    options: tuple[OptionOut, ...] = Field(description="Ranked: those that can, by time; those that cannot, last")
