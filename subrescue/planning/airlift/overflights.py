"""Overflight: the nations whose airspace a lift goes through, what they ask of its fleet, and the ways that fit it.

A fleet that some nations keep waiting is there several times: flying over those that clear it by a certain hour and
round all slower ones, for every such hour; and so with those where it might stop for fuel. The search weighs the wait
against the way round like any other choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.places.airspace import sovereign_of
from subrescue.earth.shape.geodesy import apart_nm
from subrescue.planning.airlift.clearances import lead_h, overflight_lead_h, refusing_overflight
from subrescue.planning.airlift.open_hours import overflight_spans, stop_spans
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.openings import Spans
from subrescue.planning.geography.detours import Around, around
from subrescue.planning.geography.no_landing import no_flight_over
from subrescue.planning.geography.stances import at_odds_with

if TYPE_CHECKING:
    from subrescue.planning.airlift.lifts import Lift

ASSUMED = "airlift.overflight_h"
# A way round that is longer by less is not told of.
_LONGER_NM = 5.0


@dataclass(frozen=True)
class Leave:
    """One way to deal with the nations on the way: those flown round, and when the others have cleared the fleet.

    no_stop: those that let it land only later, where it makes no stop for fuel. span: the hours from the alert in which
    it flies, as those nations on its way that are open for a time only are then; opened: those that open as it begins.
    """

    barred: frozenset[str]
    cleared_h: float
    no_stop: frozenset[str] = frozenset()
    span: tuple[float, float] = (-inf, inf)
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """Nations that are asked together for their airspace, the hours until they clear it, and the assumption if so."""

    nations: tuple[str, ...]
    lead_h: Pert
    assumption: str | None


def leaves(fleet: AircraftFleet, sit: Situation) -> tuple[Leave, ...]:
    """Every way to deal with the nations that refuse a fleet or keep it waiting, the least wait first.

    Nations of which nothing is known clear it after the median of the assumption.
    """
    landing = {nation: median(hours) for nation, hours in lead_h(fleet, sit.case.clearances, sit.registry).items()}
    refusing = frozenset(refusing_overflight(fleet, sit.case.clearances))
    usual_h = median(sit.assumptions[ASSUMED])
    leads = {nation: median(hours) for nation, hours in _overflight_leads(fleet, sit).items() if nation not in refusing}
    waits = sorted({usual_h, *(hours for hours in (*leads.values(), *landing.values()) if hours > usual_h)})
    found = tuple(Leave(refusing | _slower(leads, wait), wait, _slower(landing, wait)) for wait in waits)
    return _in_time(found, overflight_spans(fleet, sit), stop_spans(fleet, sit)) if sit.timed.air else found


def _in_time(some: Sequence[Leave], over: dict[str, Spans], stops: dict[str, Spans]) -> tuple[Leave, ...]:
    """Every way to deal with nations that are open for a time: round them all, or in hours when some of them are open.

    Hours in which no more are open than in longer ones are left out.
    """
    edges = {edge for spans in (*over.values(), *stops.values()) for span in spans for edge in span}
    hours = [(start, end) for start in {-inf, *edges} for end in {inf, *edges} if start < end]
    # The longest first: of those that are equal in what they open none is longer than another that is kept.
    hours.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[tuple[float, float], frozenset[str], frozenset[str]]] = []
    for span in hours:
        shut = (_shut_in(over, span), _shut_in(stops, span))
        if not any(_holds(one, span) and over_ <= shut[0] and stops_ <= shut[1] for one, over_, stops_ in kept):
            kept.append((span, *shut))
    return tuple(
        Leave(
            one.barred | barred,
            one.cleared_h,
            one.no_stop | no_stop,
            span,
            _opening_at(span, over) | _opening_at(span, stops),
        )
        for span, barred, no_stop in kept
        for one in some
    )


def _shut_in(known: dict[str, Spans], hours: tuple[float, float]) -> frozenset[str]:
    return frozenset(nation for nation, spans in known.items() if not any(_holds(span, hours) for span in spans))


def _opening_at(hours: tuple[float, float], known: dict[str, Spans]) -> frozenset[str]:
    """Those that are open all these hours, and open as they begin."""
    return frozenset(
        nation
        for nation, spans in known.items()
        if any(_holds(span, hours) and span[0] == hours[0] > -inf for span in spans)
    )


def _holds(longer: tuple[float, float], hours: tuple[float, float]) -> bool:
    return longer[0] <= hours[0] and hours[1] <= longer[1]


def _overflight_leads(fleet: AircraftFleet, sit: Situation) -> dict[str, Pert]:
    """Those of `overflight_lead_h`, kept from plan to plan."""
    facts = facts_of(sit)
    make = partial(overflight_lead_h, fleet, facts.case.clearances, facts.registry)
    return on_ground(facts, "overflight_leads", fleet.id, (fleet,), make)


def _slower(leads: Mapping[str, float], wait_h: float) -> frozenset[str]:
    """The nations that clear a fleet only after so many hours."""
    return frozenset(nation for nation, hours in leads.items() if hours > wait_h)


def let_in(lift: Lift, sit: Situation) -> Pert | None:
    """Hours from the order until the nation where a lift is loaded lets the aircraft in; None where none are stated."""
    return lift.carrier.leads.get(str(sit.places.field_country[lift.apoe]))


def landings_of(lift: Lift, sit: Situation) -> tuple[tuple[int, Pert], ...]:
    """Airfields at which a lift stops or lands whose nation clears it only after hours, and these: one for each nation.

    Who is asked for its airspace at the same notice is asked for the stop with it, and the nation in which it is loaded
    has let it in before.
    """
    leads = lift.carrier.leads
    if not leads:
        return ()
    overflight = _overflight_leads(lift.carrier.fleet, sit)
    found: dict[str, tuple[int, Pert]] = {}
    for field in (*lift.stops, lift.field):
        nation = str(sit.places.field_country[field])
        lead = leads.get(nation)
        with_airspace = field != lift.field and overflight.get(nation) == lead
        if lead is not None and not with_airspace and nation != sit.places.field_country[lift.apoe]:
            found.setdefault(nation, (field, lead))
    return tuple(found.values())


def ways_round(leave: Leave, sit: Situation) -> Around | None:
    """The ways round the nations that are flown round; None where there are none."""
    if not leave.barred:
        return None
    return around(sit.world.airspace, sit.world.land.countries, leave.barred)


def leg(round_: Around | None, a: Position, b: Position) -> tuple[float, tuple[Position, ...]]:
    """Miles of a leg on its way round what is barred, and the points where it turns."""
    turns = () if round_ is None else round_.turns(a, b)
    way = (a, *turns, b)
    nm = sum(apart_nm(p.lat_deg, p.lon_deg, q.lat_deg, q.lon_deg) for p, q in pairwise(way))
    return nm, turns


def legs(round_: Around | None, ends: Sequence[Position]) -> tuple[tuple[float, ...], tuple[tuple[Position, ...], ...]]:
    """Miles of the legs between places on their way round what is barred, and their turns: none for no turn at all."""
    flown = [leg(round_, a, b) for a, b in pairwise(ends)]
    turns = tuple(turning for _, turning in flown)
    return tuple(nm for nm, _ in flown), turns if any(turns) else ()


def turning(turns: tuple[tuple[Position, ...], ...], count: int) -> tuple[tuple[Position, ...], ...]:
    """Where each of so many legs turns, of turns as `legs` gives them."""
    return turns or ((),) * count


def _ends(lift: Lift, sit: Situation, goal: Position | None) -> list[Position]:
    fields = (lift.apoe, *lift.stops) if goal is not None else (lift.apoe, *lift.stops, lift.field)
    ends = [sit.places.field_place(field).position for field in fields]
    return ends if goal is None else [*ends, goal]


def overflown(lift: Lift, sit: Situation, goal: Position | None = None) -> tuple[str, ...]:
    """Nations over which a lift flies or where it stops for fuel, in order; the fleet's own need no asking.

    `goal` is where something is dropped from it, instead of its landing. Kept from plan to plan.
    """
    fleet, facts = lift.carrier.fleet, facts_of(sit)
    key = fleet.id, lift.apoe, lift.stops, lift.field, lift.turns, lift.carrier.leave.barred | lift.round, goal
    return on_ground(facts, "overflown", key, (fleet,), lambda: _overflown(lift, facts, goal))


def _overflown(lift: Lift, sit: Situation, goal: Position | None) -> tuple[str, ...]:
    places, airspace, ends = sit.places, sit.world.airspace, _ends(lift, sit, goal)
    landed = (lift.apoe, lift.field)
    own = {*map(sovereign_of, lift.carrier.fleet.nations), *(str(places.field_country[field]) for field in landed)}
    at_ends = ends[:1] if goal is not None else (ends[0], ends[-1])
    own |= {airspace.codes[int(airspace.at(end.lat_deg, end.lon_deg))] for end in at_ends}
    # Who is flown round is grazed at most: the grid is no finer than the way.
    own |= set(map(sovereign_of, lift.carrier.leave.barred | lift.round))
    way = [ends[0]]
    for end, turns in zip(ends[1:], turning(lift.turns, len(lift.legs_nm)), strict=True):
        way += [*turns, end]
    return tuple(nation for nation in airspace.over(tuple(way)) if nation not in own)


def asked_of(lift: Lift, sit: Situation, goal: Position | None = None) -> tuple[Asked, ...]:
    """Whom a lift has to ask for its airspace: each nation of which the lead time is stated, and the others together.

    Kept: airfields do not move, and a lift is made once.
    """
    return on_ground(sit, "overflights", (lift, goal), (), lambda: _asked_of(lift, sit, goal))


def _asked_of(lift: Lift, sit: Situation, goal: Position | None) -> tuple[Asked, ...]:
    nations = overflown(lift, sit, goal)
    leads = _overflight_leads(lift.carrier.fleet, sit)
    stated = [Asked((nation,), leads[nation], None) for nation in nations if nation in leads]
    others = tuple(nation for nation in nations if nation not in leads)
    assumed = [Asked(others, sit.assumptions[ASSUMED], ASSUMED)] if others else []
    return (*stated, *assumed)


def overflight_doubts(lift: Lift, sit: Situation, goal: Position | None = None) -> list[Reason]:
    """Nations that refuse a fleet their airspace, and those of which it is not known whether they clear it.

    Airspace that is closed to the fleet by what is publicly known, and that no way round within its range avoids, is
    named by itself.
    """
    fleet, found = lift.carrier.fleet, []
    refused = refusing_overflight(fleet, sit.case.clearances)
    if refused:
        found.append(reason("lift.overflight_refused", fleet=fleet.name, nations=", ".join(refused)))
    unknown = [asked for asked in asked_of(lift, sit, goal) if asked.assumption is not None]
    closed = no_flight_over(fleet, sit.case)
    over = [nation for asked in unknown for nation in asked.nations if nation in closed]
    if over:
        found.append(reason("lift.airspace_closed", fleet=fleet.name, nations=", ".join(over)))
    owner = sit.case.dissub.nation
    odds = at_odds_with(owner, sit.case.alert) - closed
    if met := [nation for asked in unknown for nation in asked.nations if nation in odds]:
        found.append(reason("lift.overflight_at_odds", fleet=fleet.name, nations=", ".join(met), owner=owner))
    told = closed | odds
    others = [(tuple(one for one in asked.nations if one not in told), median(asked.lead_h)) for asked in unknown]
    names = [(", ".join(nations), hours) for nations, hours in others if nations]
    return [*found, *(reason("lift.overflight_unknown", fleet=fleet.name, nations=n, hours=h) for n, h in names)]


def overflight_told(lift: Lift, sit: Situation, goal: Position | None = None) -> list[Reason]:
    """By when nations clear their airspace, as is stated, and how much longer the way round others is."""
    fleet = lift.carrier.fleet
    found = [
        reason("lift.overflight_lead", fleet=fleet.name, nation=asked.nations[0], hours=median(asked.lead_h))
        for asked in asked_of(lift, sit, goal)
        if asked.assumption is None
    ]
    if any(lift.turns):
        ends = _ends(lift, sit, goal)
        straight_nm = sum(leg(None, a, b)[0] for a, b in pairwise(ends))
        longer_nm = sum(lift.legs_nm) - straight_nm
        if longer_nm > _LONGER_NM:
            met = lift.round.intersection(sit.world.airspace.over(tuple(ends)))
            # Only who refuses in this case is asked to think again, not who is at war or at odds with somebody.
            told = "lift.flies_round" if lift.carrier.leave.barred.issuperset(met) else "lift.flies_round_closed"
            barred = ", ".join(sorted(lift.carrier.leave.barred | met))
            found.append(reason(told, fleet=fleet.name, nations=barred, longer_nm=longer_nm))
    return found
