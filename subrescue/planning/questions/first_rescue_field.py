"""How the time to first rescue changes with where the DISSUB lies, of one option or the soonest of several: hours on
the grid of the sea.

Of an option all stays as it is but the last sea passage: the same ship casts off at the same place at the same hour,
makes good on average the speed that she makes to the datum, and does there what she would do at the datum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.airlift import Place
from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, PhaseName, PhaseSpan, SeaWay, Verdict
from subrescue.earth.passages.ship_fit import limits_of
from subrescue.planning.answer.paths import not_used_by
from subrescue.planning.basis.sea_rules import closed_ways
from subrescue.planning.basis.situation import fit_of

if TYPE_CHECKING:
    from subrescue.earth.router.sea_field import SeaField
    from subrescue.earth.world import World

# Ways that differ by less are one: the canal is not on the shorter.
_WORTH_NM = 0.5


@dataclass(frozen=True, eq=False)
class FirstRescueField:
    """Median hours from the alert to the first rescue, were the DISSUB there.

    origin: where the ship sails. carrier: her name, None for one to be chartered. speed_kn: what she makes good.
    lat_deg (360,), lon_deg (720,): degrees; hours: (360, 720), nan on land and where no way leads.
    """

    asset: str
    origin: Place
    carrier: str | None
    speed_kn: float
    lat_deg: npt.NDArray[np.float64]
    lon_deg: npt.NDArray[np.float64]
    hours: npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SoonestField:
    """Median hours to the first rescue by whichever of several options is there first.

    assets: whose options have a field. speed_kn: the least that any of their ships makes good. hours: as of a field.
    """

    assets: tuple[str, ...]
    speed_kn: float
    hours: npt.NDArray[np.float32]


def soonest_field(
    options: Iterable[Option], case: Case, registry: Registry, world: World, tell: Callable[[int, int], object]
) -> SoonestField | None:
    """The field of the soonest of the options of a response that are no "cannot"; None where none has a field.

    Each keeps its own way to the datum but for the last passage: for a DISSUB far off another port or ship could be
    sooner still. Whether depth or weather would forbid an option elsewhere is not looked at.
    tell: is called before each option, with its number and how many there are; may raise what ends the work.
    """
    able = [option for option in options if option.verdict is not Verdict.RED and last_passage(option) is not None]
    found: SoonestField | None = None
    for number, option in enumerate(able):
        tell(number, len(able))
        field = first_rescue_field(option, case, registry, world)
        if field is None:
            continue
        if found is None:
            found = SoonestField((field.asset,), field.speed_kn, field.hours)
            continue
        # One after the other: those of all options together would take 100 MB.
        hours = np.fmin(found.hours, field.hours)
        found = SoonestField((*found.assets, field.asset), min(found.speed_kn, field.speed_kn), hours)
    return found


def last_passage(option: Option) -> PhaseSpan | None:
    """The sea passage to the datum of an option that brings a first rescue; None where there is nothing to vary."""
    if option.time_to_first_rescue_h is None:
        return None
    span = next((span for span in option.phases if span.phase is PhaseName.TRANSIT), None)
    return span if span is not None and span.origin is not None and span.sea and span.distance_nm is not None else None


def first_rescue_field(option: Option, case: Case, registry: Registry, world: World) -> FirstRescueField | None:
    """The field of an option of the response to a case; None where it has no first rescue or no passage by sea.

    At the datum the hours are the option's own. Canals that keep a ship waiting are used as on the way to the datum:
    where that way uses none, none is used.
    """
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    span = last_passage(option)
    if span is None or span.origin is None or span.sea is None or span.distance_nm is None:
        return None
    assert option.time_to_first_rescue_h is not None  # last_passage has looked
    ship = registry.of_the_day(case).ships.get(option.via.ship_id) if option.via.ship_id is not None else None
    closed = not_used_by(span.sea, closed_ways(case, world))
    if ship is not None:
        closed |= fit_of(world, limits_of(ship)).closed
    passages = world.router.passages
    waiting = frozenset(one.id for one in passages if one.facts.transit_h is not None)
    used = frozenset(span.sea.passages) & waiting
    try:
        through = world.router.field(span.origin.position, closed=closed | waiting - used)
        beside = world.router.field(span.origin.position, closed=closed | waiting) if used else None
    except NoRoute:
        return None
    canal_nm = sum(one.length_nm for one in passages if one.id in span.sea.passages)
    speed_kn = span.sea.speed_kn / span.sea.factor
    hours = _hours(option.time_to_first_rescue_h.p50, span.distance_nm, span.sea, speed_kn, canal_nm, through, beside)
    return FirstRescueField(option.name, span.origin, span.carrier, speed_kn, through.lat_deg, through.lon_deg, hours)


def _hours(
    first_h: float,
    datum_nm: float,
    sea: SeaWay,
    speed_kn: float,
    canal_nm: float,
    through: SeaField,
    beside: SeaField | None,
) -> npt.NDArray[np.float32]:
    """Hours of the first rescue; beside: the miles without the canals that the way to the datum goes through."""
    hours = first_h + (through.distance_nm - np.float32(datum_nm)) / np.float32(speed_kn)
    if beside is None:
        return np.asarray(hours)
    before = np.isfinite(beside.distance_nm)
    by_canal = ~before | (through.distance_nm < beside.distance_nm - _WORTH_NM)
    sailed_h = (datum_nm - canal_nm) / speed_kn + sea.canal_h
    round_h = first_h - sailed_h + beside.distance_nm / np.float32(speed_kn)
    return np.asarray(np.fmin(np.where(by_canal, hours, np.nan), round_h).astype(np.float32))
