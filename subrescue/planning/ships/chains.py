"""A chain: one concrete way for one asset to the datum, as steps with places, and the steps that all chains share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from subrescue.domain.airlift import Place
from subrescue.domain.assets import InterventionSystem, MovingAsset, RescueSystem, RescueVehicleType, Ship
from subrescue.domain.assets.intervention import InterventionKind
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import GateResult, Mode, PhaseName, SeaWay, Verdict, Via
from subrescue.planning.basis.ground import PACK_ICE_DEG
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import Rare, median, plus, scaled
from subrescue.planning.doubt.opening_doubts import opening_doubts
from subrescue.planning.doubt.openings import Openings
from subrescue.planning.doubt.schedule import Step, median_end, median_ends
from subrescue.planning.doubt.usual_sea import UsualSea, usual_waves
from subrescue.planning.doubt.weather import Windows, waves_below
from subrescue.planning.ships.ice_ways import LEAVE, Opening
from subrescue.planning.ships.sea_ways import sea_way

if TYPE_CHECKING:
    from subrescue.planning.airlift.lifts import Lift
    from subrescue.planning.ways.meetings import Meeting

# Alternatives that differ in airfield, port, ship or mode.
ALTERNATIVES = 5


@dataclass(frozen=True, eq=False)
class Chain:
    """One way to the datum. `hours` is the median time to its last step; `gates` are those of the way itself."""

    mode: Mode
    steps: tuple[Step, ...]
    hours: float
    via: Via
    gates: tuple[GateResult, ...]
    lift: Lift | None = None
    meeting: Meeting | None = None
    sea_nm: float | None = None
    host_ship: Ship | None = None

    @cached_property
    def verdict(self) -> Verdict:
        """Worst of the gates of the way itself."""
        return worst(gate.verdict for gate in self.gates)

    @cached_property
    def arrives(self) -> bool:
        """Whether it reaches the datum; one that the sea does not open ends before."""
        return any(step.phase in (PhaseName.TRANSIT, PhaseName.AIR_DROP) for step in self.steps)

    @cached_property
    def places(self) -> tuple[str | None, str | None, str | None, str]:
        """Airfield, port, ship and mode: what an alternative differs in."""
        via = self.via
        apod = via.apod.code if via.apod is not None else None
        return apod, via.spod.name if via.spod is not None else None, via.ship_id, self.mode.value


_ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3}


def rank(verdict: Verdict) -> int:
    """How bad a verdict is: 0 for green, then amber, unknown, red."""
    return _ORDER[verdict]


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst verdict of an iterable: red before unknown before amber before green; green for none.

    Unknown is worse than amber: an amber gate has been looked at and can be lived with, an unknown one has not.
    """
    result = Verdict.GREEN
    for verdict in verdicts:
        if _ORDER[verdict] > _ORDER[result]:
            result = verdict
    return result


class StepList:
    """Steps in the making: each new one says after which earlier ones it starts.

    `ends_h` are their ends in hours from the alert when every step takes its median.
    """

    def __init__(self, first: list[Step]) -> None:
        self.steps = list(first)
        self.ends_h = median_ends(first)

    def copy(self) -> StepList:
        """The same steps, to go on from."""
        found = StepList([])
        found.steps, found.ends_h = list(self.steps), list(self.ends_h)
        return found

    @property
    def last(self) -> int:
        """Index of the step added last."""
        return len(self.steps) - 1

    def add(
        self,
        phase: PhaseName,
        duration_h: Pert,
        cause: str,
        after: tuple[int, ...],
        *,
        origin: Place | None = None,
        destination: Place | None = None,
        carrier: str | None = None,
        distance_nm: float | None = None,
        path: tuple[Position, ...] = (),
        assumption: str | None = None,
        sea: SeaWay | None = None,
        weather: Windows | UsualSea | Openings | None = None,
        rare: Rare | None = None,
    ) -> int:
        """Append a step and return its index."""
        step = Step(
            phase,
            duration_h,
            cause,
            after,
            origin,
            destination,
            carrier,
            distance_nm,
            path,
            assumption,
            sea,
            weather,
            rare,
        )
        self.steps.append(step)
        self.ends_h.append(median_end(step, self.ends_h))
        return self.last


def datum_place(sit: Situation) -> Place:
    """The datum as the last place of a chain."""
    return sit.once("datum_place", None, lambda: Place(name=sit.case.dissub.name, position=sit.datum))


def add_passage(
    steps: StepList,
    phase: PhaseName,
    nm: float,
    ship: Ship | None,
    after: tuple[int, ...],
    ends: tuple[Place | None, Place],
    sit: Situation,
) -> int:
    """Append a sea passage of a ship, or of a vessel to be chartered; the sea state is one cause for all ships."""
    known = ship is not None and ship.id in sit.case_ships and sit.case_ships[ship.id].speed_kn is not None
    to_datum = phase is PhaseName.TRANSIT
    ready_h = max((steps.ends_h[one] for one in after), default=0.0)
    way = sea_way(sit, ship, nm, ends[0], ends[1], to_datum=to_datum, ready_h=ready_h)
    ice_h, of_ice = in_ice(sit, way.nm, way.shown) if to_datum else (Pert.exactly(0.0), ())
    lasts = plus(way.hours, ice_h, sit.assumptions["ship.harbour_h"])
    return steps.add(
        phase,
        lasts,
        "sea",
        after,
        origin=ends[0],
        destination=ends[1],
        carrier=ship.name if ship is not None else None,
        distance_nm=way.nm,
        assumption="ship.known_speed_factor" if known else "ship.speed_made_good",
        sea=way.shown.model_copy(update={"reasons": (*way.shown.reasons, *of_ice)}) if of_ice else way.shown,
        weather=None if way.opening is None else _opens(way.opening, lasts, ship, sit),
    )


def _opens(opening: Opening, lasts: Pert, ship: Ship | None, sit: Situation) -> Openings:
    """The wait of a passage that lasts so long until what is on its way is open when she comes there."""
    what = (("passages", opening.passages), ("nations", opening.nations), ("ship", ship.name if ship else ""))
    share = min(opening.sailed_h / max(median(lasts), 1e-6), 1.0)
    return Openings(opening.spans, sit.assumptions[LEAVE], "passages", what, share, later_h=(0.0, opening.last_h))


def in_ice(sit: Situation, nm: float, way: SeaWay) -> tuple[Pert, tuple[Reason, ...]]:
    """Hours that ice at the datum costs on the last miles to it, where the case states ice, and why.

    How far the ice reaches nobody states: as far as the sea of the datum does, and near the poles as far from where
    pack ice begins.
    """
    if not sit.case.environment.ice:
        return Pert.exactly(0.0), ()
    packed_nm = 60.0 * max(abs(sit.datum.lat_deg) - PACK_ICE_DEG, 0.0)
    near_nm = min(nm, sit.assumptions["ship.sea_reach_nm"].mode + packed_nm)
    slow = sit.assumptions["ship.ice_factor"]
    more = Pert(min=slow.min - 1.0, mode=slow.mode - 1.0, max=slow.max - 1.0)
    told = reason("passage.ice", nm=near_nm, factor=slow.mode)
    return scaled(more, near_nm * way.factor / way.speed_kn), (told,)


def add_seen(steps: StepList, ship: Ship, sit: Situation) -> tuple[int, ...]:
    """Append the hours until the ship was seen where she is, if that was after the alert: her way begins there."""
    seen_h = sit.seen_after_h(ship)
    if seen_h is None:
        return ()
    return (steps.add(PhaseName.SHIP_SEEN, Pert.exactly(seen_h), "known", (), carrier=ship.name),)


# The hours from on scene to work at the hull by what does it; None: all else.
_WORK_H = {
    None: "scene.intervention_h",
    InterventionKind.LIFE_SUPPORT_STORES: "scene.elss_sortie_h",
    InterventionKind.SATURATION_DIVERS: "scene.saturation_h",
}


def add_scene(steps: StepList, asset: MovingAsset, sit: Situation) -> int:
    """Append what is done at the datum up to the first rescue, or up to the first intervention at the hull."""
    here = datum_place(sit)
    weather = waves_below(asset, sit.case, sit.assumptions)
    # Without a forecast the sea is waited for once, before anything is begun.
    first = weather or usual_waves(asset, sit.case, sit.assumptions, usual_wind_kn(sit))
    if isinstance(asset, RescueSystem):
        ready = steps.add(
            PhaseName.SURVEY,
            sit.assumptions["scene.survey_h"],
            "survey",
            (steps.last,),
            destination=here,
            assumption="scene.survey_h",
            weather=first,
        )
        if sit.case.dissub.entangled:
            ready = steps.add(
                PhaseName.SEAT_CLEARING,
                sit.assumptions["scene.clear_seat_h"],
                "clear_seat",
                (ready,),
                destination=here,
                assumption="scene.clear_seat_h",
                weather=weather,
            )
        # A chamber is hauled down its cable and up again: its first trip is as any other.
        own_h = asset.cycle_h if asset.vehicle_type is RescueVehicleType.CHAMBER else None
        return steps.add(
            PhaseName.FIRST_DIVE,
            own_h or sit.assumptions["scene.first_dive_h"],
            "first_dive",
            (ready,),
            destination=here,
            carrier=asset.name,
            assumption="scene.first_dive_h" if own_h is None else None,
            weather=weather,
        )
    key = (
        _WORK_H.get(asset.intervention_kind, _WORK_H[None]) if isinstance(asset, InterventionSystem) else _WORK_H[None]
    )
    return steps.add(
        PhaseName.INTERVENTION,
        sit.assumptions[key],
        "intervention",
        (steps.last,),
        destination=here,
        carrier=asset.name,
        assumption=key,
        weather=first,
    )


def usual_wind_kn(sit: Situation) -> float | None:
    """The usual wind at the datum at that time of year, the mean in knots; None where no ship has told it."""

    def told() -> float | None:
        found = sit.world.climate.wind(sit.datum, sit.case.alert)
        return None if found is None else found.speed_kn.value

    return sit.once("usual_wind_kn", None, told)


def scene_end_h(asset: MovingAsset, sit: Situation, arrival_h: float) -> float:
    """Median hours from the alert to the end of a chain that is at the datum after so many; later for none later."""
    steps = StepList([Step(PhaseName.ALERT, Pert.exactly(arrival_h), "known", after=())])
    add_scene(steps, asset, sit)
    return steps.ends_h[-1]


def _with_openings(gates: tuple[GateResult, ...], steps: StepList) -> tuple[GateResult, ...]:
    known = {gate.gate: gate for gate in gates}
    for name, verdict, why in opening_doubts(steps.steps, steps.ends_h):
        gate = known.get(name, GateResult.of(name, Verdict.GREEN))
        known[name] = GateResult.of(name, worst((gate.verdict, verdict)), *gate.reasons, why)
    return tuple(known.values())


def finished(
    mode: Mode,
    steps: StepList,
    gates: tuple[GateResult, ...],
    via: Via,
    sea_nm: float | None,
    *,
    lift: Lift | None = None,
    meeting: Meeting | None = None,
    host_ship: Ship | None = None,
) -> Chain:
    """The chain of these steps with its median time; its gates say too what on it is open for a time only."""
    if any(isinstance(step.weather, Openings) for step in steps.steps):
        gates = _with_openings(gates, steps)
    return Chain(
        mode=mode,
        steps=tuple(steps.steps),
        hours=steps.ends_h[-1],
        via=via,
        gates=gates,
        lift=lift,
        meeting=meeting,
        sea_nm=sea_nm,
        host_ship=host_ship,
    )
