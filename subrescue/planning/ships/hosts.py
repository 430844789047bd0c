"""Which ship can take a system, how long it takes to fit it out, and when the ship is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from subrescue.domain.assets import (
    InterventionSystem,
    MovingAsset,
    RescueSystem,
    RescueVehicleType,
    Ship,
    System,
)
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.basis.ground import on_ground, scene_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import Rare, median, plus, scaled
from subrescue.planning.geography.stances import at_odds_with
from subrescue.planning.ships.chains import worst
from subrescue.planning.ships.port_leave import leave_doubt
from subrescue.planning.ships.quays import quay_doubt
from subrescue.planning.ships.ship_gear import heaviest_piece_t, ice_doubt, launch
from subrescue.planning.ships.ship_state import state_doubt
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips


@dataclass(frozen=True, eq=False)
class Host:
    """One ship for one system, or, with no ship, a vessel still to be chartered at the port.

    `prepare_h` is what the ship needs alongside before the system comes aboard (welding, cutting, foundations), and
    needs no system there; `fit_out_h` needs both. `fit_out_key` is the assumption behind the two together.
    `free_h` counts from the order, or from the alert where `free_from_alert` says so. What is to be said
    of the ship is worked out by `ship_gate` for those that are chosen. `plain_quay_h` is the longer fit-out at a port
    of which nobody knows cranes and welders; None for gear that any quay takes. `heaviest_t` is what a crane lifts.
    """

    ship: Ship | None
    prepare_h: Pert | None
    fit_out_h: Pert
    fit_out_key: str
    free_h: Pert
    free_key: str | None
    free_from_alert: bool
    speed_kn: float
    passage_factor: Pert
    plain_quay_h: Pert | None = None
    heaviest_t: float | None = None

    @property
    def cause(self) -> str:
        """The cause of the luck with which the ship comes free."""
        return f"ship:{self.ship.id}" if self.ship is not None else "ship:charter"


def fit_out(system: System, ship: Ship | None, sit: Situation) -> tuple[Pert, str]:
    """Hours to fit a system on a ship and the assumption they come from, by how well the ship was prepared."""
    key = _fit_out_key(system, ship, sit)
    if isinstance(system, InterventionSystem):
        return scaled(sit.assumptions[key], _by_mass(system, sit)), key
    return sit.assumptions[key], key


def _fit_out_key(system: System, ship: Ship | None, sit: Situation) -> str:
    certified = ship is not None and is_certified(system, ship, sit)
    if isinstance(system, InterventionSystem):
        return "fit_out.intervention_certified_h" if certified else "fit_out.intervention_h"
    if certified:
        return "fit_out.certified_h"
    if system.vehicle_type is RescueVehicleType.CHAMBER:
        return "fit_out.chamber_h"
    if ship is not None and system.id in ship.screened_for:
        return "fit_out.screened_h"
    return "fit_out.unscreened_h"


def _parts(system: System, ship: Ship | None, sit: Situation) -> tuple[Pert | None, Pert, str]:
    """Preparing, bringing aboard, and the assumption behind both; kept: many ships need the same."""

    def made() -> tuple[Pert | None, Pert, str]:
        total, by = fit_out(system, ship, sit)
        return (*two_parts(total, by, sit), by)

    return sit.once("fit_out", (system.id, _fit_out_key(system, ship, sit)), made)


def two_parts(total_h: Pert, key: str, sit: Situation) -> tuple[Pert | None, Pert]:
    """Split a fit-out into preparing the ship and, as on a certified ship, bringing the system aboard."""
    if key not in ("fit_out.screened_h", "fit_out.unscreened_h", "fit_out.chamber_h"):
        return None, total_h
    aboard = sit.assumptions["fit_out.certified_h"]
    rest = sorted(max(a - b, 0.0) for a, b in zip(_three(total_h), _three(aboard), strict=True))
    loaded = [min(a, b) for a, b in zip(_three(total_h), _three(aboard), strict=True)]
    return Pert(min=rest[0], mode=rest[1], max=rest[2]), Pert(min=loaded[0], mode=loaded[1], max=loaded[2])


def rework(system: System, ship: Ship | None, sit: Situation) -> Rare | None:
    """That a ship does not take an ROV set as she is; None where she is certified or screened for it.

    The hours of rescue systems on unscreened ships have such work within.
    """
    screened = ship is not None and (system.id in ship.screened_for or is_certified(system, ship, sit))
    if screened or not isinstance(system, InterventionSystem):
        return None
    numbers, name = sit.assumptions, "charter" if ship is None else ship.id
    return Rare(numbers["fit_out.rework_chance"].mode, numbers["fit_out.rework_h"], f"rework:{name}")


def _three(value: Pert) -> tuple[float, float, float]:
    return value.min, value.mode, value.max


def _by_mass(system: InterventionSystem, sit: Situation) -> float:
    """More gear takes longer to secure and connect: as the root of its mass, between two thirds and one and a half."""
    mass_t = system.shipment.mass_t if system.shipment is not None else None
    if mass_t is None:
        return 1.0
    return min(max(sqrt(mass_t / sit.assumptions["fit_out.intervention_mass_t"].mode), 2.0 / 3.0), 1.5)


def is_certified(system: System, ship: Ship, sit: Situation) -> bool:
    """The ship is a certified mother ship of the system, carries it as its own, or was prepared for it in this case."""
    known = sit.case_ships.get(ship.id)
    certified = isinstance(system, RescueSystem) and ship.id in system.ship_classes_certified
    prepared = known is not None and system.id in known.prepared_for
    return certified or prepared or system.id in ship.certified_for or ship.id in system.home_ships


def hosts_for(system: System, sit: Situation, taken: TakenShips = NONE_TAKEN) -> list[Host]:
    """Every ship that could take the system, those that cannot at all left out, a vessel to be chartered at the end.

    Where the case says which ship, only that one, whatever its faults; else none that is taken. Kept from plan to plan:
    they are the same wherever the DISSUB lies.
    """
    scene = scene_of(sit)
    hosts = on_ground(scene, "hosts", system.id, (system,), lambda: _hosts_for(system, scene))
    if taken == NONE_TAKEN or stated_ship(system, sit) is not None:
        return hosts

    def left() -> list[Host]:
        return [host for host in hosts if host.ship is None or host.ship.id not in taken.all]

    return on_ground(scene, "hosts_left", (system.id, taken), (hosts,), left)


def stated_ship(asset: MovingAsset, sit: Situation) -> Ship | None:
    """The ship that the case says an asset goes with; None where it says none."""
    offer = sit.offers.get(asset.id)
    return None if offer is None or offer.ship is None else sit.registry.ships.get(offer.ship)


def _hosts_for(system: System, sit: Situation) -> list[Host]:
    stated = stated_ship(system, sit)
    if stated is not None:
        return [_host(system, stated, sit)]
    friends = frozenset((*system.nations, sit.case.dissub.nation))
    found = [
        _host(system, ship, sit)
        for ship in _at_hand(sit)
        if _may_host(system, ship, friends, sit) and not _falls_short(system, ship, sit)
    ]
    return [*found, _to_be_chartered(system, sit)]


def _at_hand(sit: Situation) -> tuple[Ship, ...]:
    """Ships that somebody may send and of which it is known where they are, kept for the plan."""

    def found() -> Iterator[Ship]:
        refused = {offer.asset for offer in sit.offers.values() if offer.state.is_refused}
        for ship in sit.registry.ships.values():
            is_out = ship.id in refused or ship.status.is_out
            if not is_out and sit.ship_position(ship) is not None:
                yield ship

    return sit.once("at_hand", None, lambda: tuple(found()))


def _may_host(system: System, ship: Ship, friends: frozenset[str | None], sit: Situation) -> bool:
    odds = at_odds_with(sit.case.dissub.nation, sit.case.alert)
    if odds and odds.issuperset(ship.nations) and odds.isdisjoint(system.nations) and ship.id not in sit.offers:
        return False  # of a third nation that would have to help an owner with whom it is at odds
    if is_certified(system, ship, sit) or system.id in ship.screened_for:
        return True
    if ship.id in _home_ships(sit):
        return False  # it has a vehicle of its own to bring
    return ship.civilian or not friends.isdisjoint(ship.nations)


def _home_ships(sit: Situation) -> frozenset[str]:
    systems = sit.registry.rescue_systems.values()
    return sit.once("home_ships", None, lambda: frozenset(ship for system in systems for ship in system.home_ships))


def _host(system: System, ship: Ship, sit: Situation) -> Host:
    prepare, aboard, key = _parts(system, ship, sit)
    free, free_key, free_from_alert = _free(ship, sit)
    return Host(
        ship=ship,
        prepare_h=prepare,
        fit_out_h=aboard,
        fit_out_key=key,
        free_h=free,
        free_key=free_key,
        free_from_alert=free_from_alert,
        speed_kn=sit.ship_speed_kn(ship)[0],
        passage_factor=sit.passage_factor(ship),
        plain_quay_h=plain_quay_h(system, aboard, sit),
        heaviest_t=heaviest_piece_t(system),
    )


def _judged(system: System, ship: Ship | None, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    """What is to be said of a ship for a system, kept for the plan: many chains have both."""
    return sit.once("judged", (system.id, None if ship is None else ship.id), lambda: _judge(system, ship, sit))


def _judge(system: System, ship: Ship | None, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    if ship is None:
        chartered = reason("ship.to_be_chartered", deck_m2=system.needs_deck_area_m2)
        iced, of_ice = ice_doubt(None, sit.case)
        return worst((Verdict.AMBER, iced)), (chartered, *of_ice)
    verdict, reasons = suitability(system, ship, sit)
    state = state_doubt(ship, sit)
    if state is not None:
        verdict, reasons = worst((verdict, state.verdict)), (*state.reasons, *reasons)
    doubt, of_place = sit.ship_place_doubt(ship)
    iced, of_ice = ice_doubt(ship, sit.case)
    return worst((verdict, doubt, iced)), (*reasons, *of_place, *of_ice)


def _free(ship: Ship, sit: Situation) -> tuple[Pert, str | None, bool]:
    """When the ship is free, the assumption behind it, and whether it counts from the alert; kept for the plan."""

    def made() -> tuple[Pert, str | None, bool]:
        known = sit.case_ships.get(ship.id)
        if known is not None and known.available_after_h is not None:
            return known.available_after_h, None, True
        return (*sit.ship_notice(ship), False)

    return sit.once("ship_free", ship.id, made)


def _to_be_chartered(system: System, sit: Situation) -> Host:
    prepare, aboard, key = _parts(system, None, sit)
    return Host(
        ship=None,
        prepare_h=prepare,
        fit_out_h=aboard,
        fit_out_key=key,
        free_h=sit.assumptions["ship.charter_h"],
        free_key="ship.charter_h",
        free_from_alert=False,
        speed_kn=sit.sails_kn(None),
        passage_factor=sit.passage_factor(None),
        plain_quay_h=plain_quay_h(system, aboard, sit),
        heaviest_t=heaviest_piece_t(system),
    )


def plain_quay_h(system: System, aboard_h: Pert, sit: Situation) -> Pert | None:
    """Hours to bring a rescue system aboard where mobile cranes and welders are fetched first; None where not needed.

    An intervention system is some containers: any quay with a mobile crane does.
    """
    return plus(aboard_h, sit.assumptions["fit_out.plain_quay_h"]) if isinstance(system, RescueSystem) else None


def _falls_short(system: System, ship: Ship, sit: Situation) -> bool:
    """Whether `suitability` is red: the ship is known to have too little of something."""
    too_little = any(need is not None and have is not None and have < need for _, have, need in _needs(system, ship))
    short = too_little or (isinstance(system, RescueSystem) and launch(system, ship)[0] is Verdict.RED)
    return short and not is_certified(system, ship, sit)


def suitability(system: System, ship: Ship, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    """The ship gate: deck, strength, load, DP and crane of the ship against what the system needs."""
    if is_certified(system, ship, sit):
        return Verdict.GREEN, (reason("ship.certified", ship=ship.name),)
    short: list[Reason] = []
    unknown: list[str] = []
    for what, have, need in _needs(system, ship):
        if need is None:
            continue
        if have is None:
            unknown.append(what)
        elif have < need:
            remedy = reason("ship.needs_deck", deck_m2=need) if what == "deck" else None
            short.append(reason(f"ship.{what}_short", ship=ship.name, have=have, need=need, remedy=remedy))
    lifted = launch(system, ship) if isinstance(system, RescueSystem) else None
    if lifted is not None and lifted[0] is Verdict.RED:
        short.append(lifted[1])
    if short:
        return Verdict.RED, tuple(short)
    if system.id in ship.screened_for:
        return Verdict.GREEN, (reason("ship.screened", ship=ship.name),)
    if isinstance(system, InterventionSystem):
        if unknown:
            return Verdict.AMBER, (reason("ship.not_screened", ship=ship.name),)
        return Verdict.GREEN, (reason("ship.suitable", ship=ship.name),)
    reasons = [reason("ship.not_screened", ship=ship.name)]
    reasons += [reason(f"ship.{what}_unknown", ship=ship.name) for what in unknown]
    if lifted is None:
        return Verdict.UNKNOWN if unknown else Verdict.AMBER, tuple(reasons)
    return worst((Verdict.UNKNOWN if unknown else Verdict.AMBER, lifted[0])), (*reasons, lifted[1])


def ship_gate(system: System, host: Host, port: int, sailed_nm: float, sit: Situation) -> GateResult:
    """The ship gate of a chain: what she is fit for, berths for the team, fuel for her miles, and the quay.

    Berths and fuel only doubt: people can be fewer, and she can take fuel at the port.
    """
    ship = host.ship
    judged, reasons = _judged(system, ship, sit)
    short: list[Reason] = []
    team = system.shipment.people if system.shipment is not None else None
    if ship is not None and ship.berths is not None and team is not None and ship.berths < team:
        short.append(reason("ship.berths_short", ship=ship.name, have=ship.berths, need=team))
    if ship is not None and ship.range_nm is not None and ship.range_nm < sailed_nm:
        short.append(reason("ship.range_short", ship=ship.name, have=ship.range_nm, need=sailed_nm))
    verdict = Verdict.AMBER if short and judged is Verdict.GREEN else judged
    quay, of_quay = quay_doubt(host, port, sit)
    leave, of_leave = leave_doubt(ship, sit.places.port_place(port).name, port, sit)
    return GateResult.of(Gate.SHIP, worst((verdict, quay, leave)), *reasons, *short, *of_quay, *of_leave)


def _needs(system: System, ship: Ship) -> tuple[tuple[str, float | None, float | None], ...]:
    """What the ship has and what the system needs."""
    deck = ("deck", ship.deck_area_m2, system.needs_deck_area_m2)
    if not isinstance(system, RescueSystem):
        return (deck,)
    mass_t = system.shipment.mass_t if system.shipment is not None else None
    return (
        deck,
        ("deck_strength", ship.deck_strength_t_m2, system.needs_deck_strength_t_m2),
        ("dp", ship.dp_class, system.needs_dp_class),
        ("deck_load", ship.deck_load_t, mass_t),
    )


def free_at_h(host: Host, go_h: float, sit: Situation) -> float:
    """Median hours from the alert at which the ship can set out for the port: free, and no sooner than she was seen."""
    seen_h = (sit.seen_after_h(host.ship) if host.ship is not None else None) or 0.0
    if host.free_from_alert:
        return max(median(host.free_h), seen_h)
    told = told_h(host, sit)
    return max((go_h if told is None else told) + median(host.free_h), seen_h)


def told_h(host: Host, sit: Situation) -> float | None:
    """Hours from the alert at which the ship itself was told to go, where the case knows."""
    if host.ship is None:
        return None
    offer = sit.offers.get(host.ship.id)
    if offer is None or offer.told_to_go is None:
        return None
    return max(hours_between(sit.case.alert, offer.told_to_go), 0.0)
