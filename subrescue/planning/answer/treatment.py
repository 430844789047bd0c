"""Where survivors can be treated: the medical units nearest to the datum, the ways there by air and sea, what is known.

People who come out of more pressure than a body bears without decompression do not fly before that is over: less air
about them would make them ill.
"""

from __future__ import annotations

import numpy as np

from subrescue.domain.airlift import Place
from subrescue.domain.assets import AssetStatus, MedicalUnit, Ship
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Option, Verdict
from subrescue.domain.treatment import Treatment, TreatmentPlace
from subrescue.earth.shape.geodesy import between_nm
from subrescue.planning.basis.relations import Relation, relation
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.chamber_queue import longest_stay, pressed
from subrescue.planning.dives.cycles import pressure_bar
from subrescue.planning.dives.lives import Lives
from subrescue.planning.doubt.durations import exact_band, median
from subrescue.planning.gates.scene_gates import availability, offer_of
from subrescue.planning.geography.places import sphere_nm
from subrescue.planning.ships.paces import sailed_h
from subrescue.planning.survival.pressure_groups import groups_for

TOLD = 4
"""So many units are told, the nearest."""

_BESIDE_NM = 30.0
"""No port farther from a unit than this is beside it."""

_FLIES_KN, _FLIES_NM = "treatment.helicopter_kn", "treatment.helicopter_nm"


def treatment(options: list[Option], lives: Lives | None, sit: Situation) -> Treatment | None:
    """The units nearest to the datum for those who come out, by the ship of the best rescue.

    None without any unit, and where nobody lives to come out. `options` are ranked. Units that are out of service,
    declined or of a nation at odds with the owner's are left out.
    """
    people = sit.case.dissub.people_to_rescue(sit.submarine_class)
    if people == 0 or (lives is not None and float(lives.last_end_h.max()) <= 0.0):
        return None
    units = [unit for unit in sit.registry.medical_units.values() if unit.base is not None and _may_help(unit, sit)]
    if not units:
        return None
    away_nm = [between_nm(sit.datum, unit.base.position) for unit in units if unit.base is not None]
    nearest = sorted(zip(away_nm, units, strict=True), key=lambda one: one[0])[:TOLD]
    ship = _ship_of_the_first(options, sit)
    ports = [_port_beside(unit, sit) for _, unit in nearest]
    ways_nm = _by_sea_nm(ports, ship, sit)
    in_need, told = _under_pressure(people, lives, sit)
    return Treatment(
        people=people,
        pressed=in_need,
        ship=None if ship is None else ship.name,
        places=tuple(
            _place(unit, nm, (port, sea_nm), ship, sit)
            for (nm, unit), port, sea_nm in zip(nearest, ports, ways_nm, strict=True)
        ),
        reasons=told,
    )


def _may_help(unit: MedicalUnit, sit: Situation) -> bool:
    offer = offer_of(unit.id, sit.case)
    if unit.status.is_out or (offer is not None and offer.state.is_refused):
        return False
    return relation((), sit.case, unit.nations)[0] is not Relation.AT_ODDS


def _ship_of_the_first(options: list[Option], sit: Situation) -> Ship | None:
    """The ship of the first rescue system that has one by name."""
    ids = (option.via.ship_id for option in options if option.kind == "rescue_system")
    return next((sit.registry.ships[one] for one in ids if one in sit.registry.ships), None)


def _port_beside(unit: MedicalUnit, sit: Situation) -> int | None:
    assert unit.base is not None
    at, places = unit.base.position, sit.places
    nm = sphere_nm(np.array(at.lat_deg), np.array(at.lon_deg), places.port_lat, places.port_lon)
    nearest = int(np.argmin(nm))
    return nearest if nm[nearest] <= _BESIDE_NM else None


def _by_sea_nm(ports: list[int | None], ship: Ship | None, sit: Situation) -> list[float]:
    """Miles from the datum to each of these ports, asked for together; inf where there is no way."""
    known = [port for port in ports if port is not None]
    if not known or sit.datum_dry is not None:
        return [np.inf] * len(ports)
    routed_nm = dict(zip(known, sit.datum_miles_for(ship).routed_nm(np.array(known)).tolist(), strict=True))
    return [np.inf if port is None else routed_nm[port] for port in ports]


def _under_pressure(people: int | None, lives: Lives | None, sit: Situation) -> tuple[int | None, tuple[Reason, ...]]:
    """How many need decompression, None where no pressure is known; and what that means for the way ashore."""
    bar = pressure_bar(sit.case)
    if people is None or bar is None:
        return None, ()
    groups = groups_for(people, lives, sit)
    count, stay = pressed(groups), longest_stay(groups)
    if stay is None:
        return 0, ()
    return count, (reason("treatment.no_flight", people=count, bar=bar, hours=median(stay[0])),)


def _place(
    unit: MedicalUnit, away_nm: float, way: tuple[int | None, float], ship: Ship | None, sit: Situation
) -> TreatmentPlace:
    assert unit.base is not None
    port, sea_nm = way
    is_way = port is not None and bool(np.isfinite(sea_nm))
    return TreatmentPlace(
        unit_id=unit.id,
        name=unit.name,
        nations=unit.nations,
        place=Place(name=unit.base.name, position=unit.base.position),
        distance_nm=away_nm,
        flight_h=_flight_h(away_nm, sit),
        port=sit.places.port_place(port) if port is not None else None,
        sea_nm=sea_nm if is_way else None,
        sea_h=exact_band(sailed_h(sit, ship, sea_nm)) if is_way else None,
        chamber_places=unit.chamber_places,
        beds=unit.beds,
        reasons=tuple(_told_of(unit, sit)),
    )


def _flight_h(away_nm: float, sit: Situation) -> Band | None:
    if away_nm > sit.assumptions[_FLIES_NM].mode:
        return None
    speed = sit.assumptions[_FLIES_KN]
    return exact_band(Pert(min=away_nm / speed.max, mode=away_nm / speed.mode, max=away_nm / speed.min))


def _told_of(unit: MedicalUnit, sit: Situation) -> list[Reason]:
    bar, available = pressure_bar(sit.case), availability(unit, sit.case, sit.assumptions)
    # Of most units only an undated page is public: to say so with each would hide what tells one from another.
    green = available.verdict is Verdict.GREEN or (unit.status_date is None and unit.status is AssetStatus.ACTIVE)
    told = [] if green else list(available.reasons)
    if bar is not None and unit.pressure_limit_bar is not None and bar > unit.pressure_limit_bar:
        told.append(reason("treatment.pressure_short", bar=bar, limit_bar=unit.pressure_limit_bar))
    if unit.receives_under_pressure:
        told.append(reason("treatment.takes_under_pressure"))
    if unit.always_manned is False:
        told.append(reason("treatment.not_manned"))
    if unit.fly_away:
        hours = unit.notice_h
        told.append(
            reason("treatment.moves") if hours is None else reason("treatment.moves_after", hours=median(hours))
        )
    return told
