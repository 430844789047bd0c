"""What the officer has to order now for the best options together: whom to call, which aircraft, ships, clearances.

Each order stands once, with all that wait for it: one ship may be wanted by several. What the case says was ordered is
left out. What is due first comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from subrescue.domain.case import OfferState
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.offices import office_of
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Mode, Option, PhaseName, PhaseSpan
from subrescue.domain.sent import Sent
from subrescue.planning.answer.merged_orders import merged
from subrescue.planning.basis.situation import Situation

# A fleet of more nations is asked by its own name: it has an office of its own (the Heavy Airlift Wing at Papa).
_FEW = 3
_ORDERED = (PhaseName.RECALL, PhaseName.NOTICE)
# Reasons of gates that ask a nation for leave, with the order that they make and the phase that waits for it.
_LEAVE = {
    "lift.overflight_unknown": ("order.overflight", PhaseName.OVERFLIGHT),
    "lift.overflight_at_odds": ("order.overflight", PhaseName.OVERFLIGHT),
    "lift.landing_unknown": ("order.landing", PhaseName.FLIGHT),
    "lift.loader_unknown": ("order.loader", PhaseName.OFFLOAD),
    "lift.loader_missing": ("order.loader", PhaseName.OFFLOAD),
    "ship.straits": ("order.straits", PhaseName.TRANSIT),
    "ship.straits_at_war": ("order.straits", PhaseName.TRANSIT),
    "ship.leave_unasked": ("order.passage", PhaseName.TRANSIT),
    "ship.escorted": ("order.escort", PhaseName.TRANSIT),
    "ship.escorted_then": ("order.escort", PhaseName.TRANSIT),
    "ship.port_lead": ("order.port_leave", PhaseName.FIT_OUT),
    "ship.behind_icebreaker": ("order.icebreaker", PhaseName.TRANSIT),
    "opens.airfield_waits": ("order.open_airfield", PhaseName.FLIGHT),
    "opens.airfield_closes": ("order.keep_airfield", PhaseName.FLIGHT),
    "opens.airspace_waits": ("order.open_airspace", PhaseName.FLIGHT),
    "opens.airspace_closes": ("order.keep_airspace", PhaseName.FLIGHT),
    "opens.passages_waits": ("order.open_passage", PhaseName.TRANSIT),
    "opens.passages_closes": ("order.keep_passage", PhaseName.TRANSIT),
    "opens.port_waits": ("order.open_port", PhaseName.FIT_OUT),
    "opens.port_closes": ("order.keep_port", PhaseName.FIT_OUT),
}

_OF_AIRCRAFT = ("order.aircraft", "order.charter_aircraft", "order.aircraft_of_many")
_OF_SHIP = ("order.ship", "order.charter_ship", "order.other_ship")
_KEPT = ("nations", "fleet", "ship", "airfield", "passages", "port")

_Order = tuple[Reason, float | None]


def first_orders(best: Sequence[Option], sit: Situation, together: Sequence[Sent] = ()) -> tuple[FirstOrder, ...]:
    """The orders for options that are sent together, each once, what is due first.

    together: what is told of them; an order for what others have first says so.
    """
    found: dict[str, FirstOrder] = {}
    bound, waits = _bound_ships(best), {one.asset_id: one.reasons for one in together}
    beside = {one.asset_id: one.chambers for one in together}
    for option in best:
        for bare, latest_h in (*_orders(option, bound, sit), *_of_chambers(beside.get(option.asset_id, ()), sit)):
            order = _after_others(bare, option, waits.get(option.asset_id, ()))
            remedy = "" if order.remedy is None else order.remedy.id
            key = f"{order.id} {sorted(order.values.items(), key=str)} {remedy}"
            known = found.get(key)
            if known is None:
                found[key] = FirstOrder(order=order, options=(option.name,), latest_h=latest_h)
            elif option.name not in known.options:
                due = [one for one in (known.latest_h, latest_h) if one is not None]
                changes = {"options": (*known.options, option.name), "latest_h": min(due, default=None)}
                found[key] = known.model_copy(update=changes)
    orders = merged([_each_its_own(order) for order in found.values()])
    return tuple(sorted(orders, key=lambda one: one.latest_h if one.latest_h is not None else 0.0))


def _after_others(order: Reason, option: Option, waits: Sequence[Reason]) -> Reason:
    """An order with what its asset waits for, where that is what is ordered and others have it first."""
    for why in waits:
        is_first = why.values.get("fleet") == order.values.get("fleet") and order.id in _OF_AIRCRAFT
        if why.id == "sent.charter":
            is_first = order.id.startswith("order.find_ship") and order.values.get("port") == why.values["port"]
        elif why.id == "sent.quay":
            is_ship = order.id in _OF_SHIP or order.id.startswith("order.find_ship")
            is_first = is_ship and order.values.get("port") == why.values["port"]
        elif why.id == "sent.ramp":
            apod = option.via.apod
            is_first = order.id in _OF_AIRCRAFT and apod is not None and why.values["field"] == (apod.code or apod.name)
        if is_first and order.remedy is None:
            return order.model_copy(update={"remedy": why})
    return order


def _each_its_own(order: FirstOrder) -> FirstOrder:
    """One who charters for several at one port needs a vessel for each."""
    count = len(order.options)
    if not order.order.id.startswith("order.find_ship") or count == 1 or order.order.remedy is not None:
        return order
    told = order.order.model_copy(update={"remedy": reason("order.one_for_each", count=count)})
    return order.model_copy(update={"order": told})


def _bound_ships(best: Sequence[Option]) -> dict[str, Option]:
    """Which of the best each ship serves: that whose own she is, for which she sails with what she carries, else the
    first that she is to fetch. She is ordered to one place alone.
    """
    own = [option for option in best if option.mode is Mode.OWN_SHIP]
    bound: dict[str, Option] = {}
    for option in (*own, *best):
        if option.via.ship_id is not None:
            bound.setdefault(option.via.ship_id, option)
    return bound


def _orders(option: Option, bound: dict[str, Option], sit: Situation) -> Iterator[_Order]:
    yield from _of_owner(option, sit)
    yield from _of_aircraft(option, sit)
    yield from _of_ship(option, bound, sit)
    yield from _of_leave(option)


def _of_owner(option: Option, sit: Situation) -> Iterator[_Order]:
    """Ask the owner, accept what is offered, or tell it to go."""
    offer = sit.offer(option.asset_id, option.via.ship_id)
    if offer is not None and offer.told_to_go is not None:
        return
    start = _phase(option, PhaseName.ACCEPT) or next((one for one in option.phases if one.phase in _ORDERED), None)
    own = sit.case.dissub.nation in option.nations
    match offer.state if offer is not None else OfferState.NOT_ASKED:
        case OfferState.ACCEPTED:
            name = "order.go"
        case OfferState.OFFERED:
            name = "order.accept"
        case _:
            name = "order.go" if own else "order.ask"
    office = office_of(sit.registry, option.nations, sit.registry.find(option.asset_id))
    if office == " ".join(option.nations):  # none is known
        yield reason(f"{name}_nation", asset=option.name, nation=option.nations[0]), _latest_h(start)
        return
    yield reason(name, asset=option.name, nation=option.nations[0], office=office), _latest_h(start)


def _of_aircraft(option: Option, sit: Situation) -> Iterator[_Order]:
    if option.airlift is None:
        return
    apoe = option.via.apoe
    place = None if apoe is None else apoe.code or apoe.name
    for share in option.airlift.fleets:
        fleet = sit.registry.aircraft_fleets.get(share.fleet_id)
        waits = [one for one in option.phases if one.phase is PhaseName.WAIT_FOR_AIRCRAFT]
        wait = next((one for one in waits if one.carrier == share.fleet), waits[0] if waits else None)
        name = "order.charter_aircraft" if fleet is not None and fleet.charter else "order.aircraft"
        if fleet is not None and not fleet.charter and len(fleet.nations) > _FEW:
            name = "order.aircraft_of_many"
        order = reason(
            name,
            count=share.aircraft_count,
            aircraft=share.aircraft,
            fleet=share.fleet,
            nation=", ".join(fleet.nations) if fleet is not None else None,
            apoe=place,
            sorties=share.sorties,
        )
        yield order, _latest_h(wait)


def _of_ship(option: Option, bound: dict[str, Option], sit: Situation) -> Iterator[_Order]:
    """The ship that comes to fetch a system; one that brings her own is told with it.

    One that is bound elsewhere is not sent to two places: for this system another has to be found, or she comes later.
    """
    charter = _phase(option, PhaseName.SHIP_CHARTER)
    if charter is None:
        return
    ship = sit.registry.ships.get(option.via.ship_id or "")
    port = option.via.spod.name if option.via.spod is not None else None
    if ship is None:
        yield reason(_find_ship(option, port), port=port), _latest_h(charter)
        return
    told = sit.offers.get(ship.id)
    if told is not None and told.told_to_go is not None:
        return
    first = bound[ship.id]
    if first.mode is Mode.OWN_SHIP or first.via.spod != option.via.spod:
        yield reason("order.other_ship", ship=ship.name, other=first.name, port=port), _latest_h(charter)
        return
    name = "order.charter_ship" if ship.civilian else "order.ship"
    yield reason(name, ship=ship.name, nation=ship.nations[0], port=port), _latest_h(charter)


def _find_ship(option: Option, port: str | None) -> str:
    """The order for a vessel to be chartered: at the port, or for it where none lies there, or where ice may lie."""
    whys = (why for gate in option.gates for why in gate.reasons)
    if any(why.id == "ship.port_may_freeze" and why.values.get("port") == port for why in whys):
        return "order.find_ship_for_ice"
    return "order.find_ship_for" if _phase(option, PhaseName.SHIP_TO_PORT) is not None else "order.find_ship"


def _of_chambers(ships: Iterable[str], sit: Situation) -> Iterator[_Order]:
    """Ships that come for their chambers alone: those that are told to go are left out."""
    for ship_id in ships:
        offer, ship = sit.offers.get(ship_id), sit.registry.ships[ship_id]
        if offer is None or offer.told_to_go is None:
            yield reason("order.chamber_ship", ship=ship.name, nation=ship.nations[0]), None


def _of_leave(option: Option) -> Iterator[_Order]:
    for gate in option.gates:
        for why in gate.reasons:
            # What closes long after it is used needs nobody to keep it open.
            if why.id not in _LEAVE or (why.id.startswith("opens.") and why.remedy is None):
                continue
            name, waits = _LEAVE[why.id]
            phase = _phase(option, waits)
            kept = {key: value for key, value in why.values.items() if key in _KEPT}
            yield Reason(id=name, values=kept), _latest_h(phase)


def _latest_h(span: PhaseSpan | None) -> float | None:
    """Hours from the alert at which a phase has to begin at the latest, by the medians."""
    return None if span is None or span.slack_h is None else span.start_h.p50 + span.slack_h


def _phase(option: Option, name: PhaseName) -> PhaseSpan | None:
    return next((one for one in option.phases if one.phase is name), None)
