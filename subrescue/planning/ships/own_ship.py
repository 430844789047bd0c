"""Own ship: the vehicle lives on a ship, which casts off and steams to the datum."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from subrescue.domain.airlift import Place
from subrescue.domain.assets import MovingAsset, Ship
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Mode, PhaseName, Verdict, Via
from subrescue.earth.passages.ship_fit import limits_of
from subrescue.planning.basis.ground import berth_of, on_ground, passage_of
from subrescue.planning.basis.ship_places import Known
from subrescue.planning.basis.situation import Situation, fit_of
from subrescue.planning.ships.chains import (
    Chain,
    StepList,
    add_passage,
    add_scene,
    add_seen,
    datum_place,
    finished,
    worst,
)
from subrescue.planning.ships.ship_gear import ice_doubt
from subrescue.planning.ships.ship_state import state_doubt
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips


def own_ship_chains(asset: MovingAsset, sit: Situation, taken: TakenShips = NONE_TAKEN) -> list[Chain]:
    """One chain for each home ship of the asset, or for the ship itself when the asset is one; none where unknown, and
    for one that is fitted out for another."""
    if isinstance(asset, Ship):
        ships = [asset]
    else:
        ships = [sit.registry.ships[ship_id] for ship_id in asset.home_ships if ship_id in sit.registry.ships]
        offer = sit.offers.get(asset.id)
        if offer is not None and offer.ship is not None:
            ships = [ship for ship in ships if ship.id == offer.ship]
    chains = [_chain(asset, ship, sit) for ship in ships if ship.id not in taken.fitted_out]
    return [chain for chain in chains if chain is not None]


def _chain(asset: MovingAsset, ship: Ship, sit: Situation) -> Chain | None:
    passage = passage_of(sit)
    key = (asset.id, ship.id)
    there = on_ground(passage, "own_ship", key, (asset, ship), lambda: _to_datum(asset, ship, passage))
    if there is None:
        return None
    steps = there.steps.copy()
    if there.arrives:
        add_scene(steps, asset, sit)
    via = Via.of_checked(apoe=None, stops=(), apod=None, spod=None, ship_id=ship.id, ship=ship.name)
    return finished(Mode.OWN_SHIP, steps, there.gates, via, there.sailed_nm, host_ship=ship)


@dataclass(frozen=True, eq=False)
class _AtDatum:
    """A ship on her way to the datum: the steps, her miles and gates, and whether the sea lets her come there."""

    steps: StepList
    sailed_nm: float | None
    gates: tuple[GateResult, ...]
    arrives: bool = True


def _to_datum(asset: MovingAsset, ship: Ship, sit: Situation) -> _AtDatum | None:
    berth = berth_of(sit)
    cast_off = on_ground(berth, "cast_off", (asset.id, ship.id), (asset, ship), lambda: _cast_off(asset, ship, berth))
    nm = sit.ship_sea_nm.get(ship.id, math.nan)
    if cast_off is None:
        return None
    if math.isnan(nm):
        steps = StepList(sit.starts(asset.id, asset.nations, also=ship.id))
        return _AtDatum(steps, None, (cast_off.gate, no_route_gate(ship, sit)), arrives=False)
    steps = cast_off.steps.copy()
    ends = cast_off.berth, datum_place(sit)
    transit = add_passage(steps, PhaseName.TRANSIT, nm, ship, cast_off.after, ends, sit)
    return _AtDatum(steps, steps.steps[transit].distance_nm, (cast_off.gate,))


@dataclass(frozen=True, eq=False)
class _CastOff:
    """A ship that sails: where from, the steps up to there, those that her passage comes after, and her gate."""

    berth: Place
    steps: StepList
    after: tuple[int, ...]
    gate: GateResult


def _cast_off(asset: MovingAsset, ship: Ship, sit: Situation) -> _CastOff | None:
    """How the ship casts off, wherever the DISSUB lies; None where nobody knows where the ship is."""
    position = sit.ship_position(ship)
    if position is None:
        return None
    berth = Place(name=_berth_name(ship, sit), position=position)
    steps = StepList(sit.starts(asset.id, asset.nations, also=ship.id))
    free = add_notice(steps, asset, ship, sit)
    return _CastOff(berth, steps, (free, *add_seen(steps, ship, sit)), _ship_gate(asset, ship, sit))


def add_notice(steps: StepList, asset: MovingAsset, ship: Ship, sit: Situation) -> int:
    """Append the time from the order until the ship casts off; a ship that is busy waits until it is free."""
    offer = sit.offers.get(asset.id)
    known = sit.case_ships.get(ship.id)
    key: str | None = None
    if known is not None and known.available_after_h is not None:
        go = steps.last
        free = steps.add(PhaseName.SHIP_CHARTER, known.available_after_h, f"ship:{ship.id}", (), carrier=ship.name)
        notice = offer.notice_h if offer is not None and offer.notice_h is not None else Pert.exactly(0.0)
        return steps.add(PhaseName.NOTICE, notice, f"notice:{ship.id}", (go, free), carrier=ship.name)
    if offer is not None and offer.notice_h is not None:
        notice = offer.notice_h
    else:
        notice, key = sit.ship_notice(ship)
    return steps.add(PhaseName.NOTICE, notice, f"ship:{ship.id}", (steps.last,), carrier=ship.name, assumption=key)


def _berth_name(ship: Ship, sit: Situation) -> str:
    place = sit.ship_place(ship)
    if place is not None and place.known is Known.BASE and ship.base is not None:
        return ship.base.name
    return ship.name


def _ship_gate(asset: MovingAsset, ship: Ship, sit: Situation) -> GateResult:
    """Whether the ship can go, and how well it is known where she is."""
    gate = _state_gate(asset, ship, sit)
    verdict, reasons = sit.ship_place_doubt(ship)
    iced, of_ice = ice_doubt(ship, sit.case)
    return gate.model_copy(
        update={"verdict": worst((gate.verdict, verdict, iced)), "reasons": (*gate.reasons, *reasons, *of_ice)}
    )


def _state_gate(asset: MovingAsset, ship: Ship, sit: Situation) -> GateResult:
    offer = sit.offers.get(asset.id)
    told = offer is not None and offer.told_to_go is not None
    found = state_doubt(ship, sit, told=told)
    return found or GateResult.of(Gate.SHIP, Verdict.GREEN, reason("ship.own", ship=ship.name))


def no_route_gate(ship: Ship, sit: Situation) -> GateResult:
    """The route gate of a way that the sea does not open to this ship."""
    names = {passage.id: passage.name for passage in sit.world.router.passages}
    closed = ", ".join(sorted(names.get(one, one) for one in sit.rules(ship).closed)) or None
    small = [why for reasons in fit_of(sit.world, limits_of(ship)).too_small.values() for why in reasons]
    if _on_another_sea(ship, sit):
        why = reason("route.closed_sea", start=ship.name)
    elif closed is None:
        why = reason("route.none", start=ship.name)
    else:
        why = reason("route.closed", start=ship.name, passages=closed, remedy=reason("route.open", passages=closed))
    return GateResult.of(Gate.ROUTE, Verdict.RED, why, *small)


def shut_out_gate(asset: MovingAsset, sit: Situation) -> GateResult | None:
    """The route gate of an asset whose ship lies nobody knows where, or None: she is in no closed sea (the Caspian) on
    which none of her nations has a port."""
    if not sit.world.router.is_closed_sea(sit.datum):
        return None
    if not sit.once("nations_on_sea", None, lambda: _nations_on_sea(sit)).isdisjoint(asset.nations):
        return None
    return GateResult.of(Gate.ROUTE, Verdict.RED, reason("route.closed_sea", start=asset.name))


def _nations_on_sea(sit: Situation) -> frozenset[str]:
    """The nations with a port to which the sea leads from the datum."""
    places = sit.places
    nm = sit.world.router.distances_nm(sit.datum, places.port_lat, places.port_lon)
    return frozenset(places.port_country[np.isfinite(nm)].tolist())


def _on_another_sea(ship: Ship, sit: Situation) -> bool:
    """Whether either the ship or the datum lies in a closed sea, the Caspian, and the other does not."""
    position, router = sit.ship_position(ship), sit.world.router
    return position is not None and router.is_closed_sea(position) != router.is_closed_sea(sit.datum)
