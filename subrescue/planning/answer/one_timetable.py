"""What is sent together as one timetable: which aircraft, place on a ramp and place at a port each has, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from subrescue.domain.airlift import Sortie
from subrescue.domain.response import Mode, Option
from subrescue.domain.sent import Held, HeldKind
from subrescue.planning.basis.situation import Situation
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.port_places import alongside_h
from subrescue.planning.ways.air_drop import dropped_back_h, loaded_from_h

_SAME_H = 1e-6


@dataclass(frozen=True, eq=False)
class Part:
    """What one of those that are sent has of the timetable: its sorties, and all that it holds."""

    timetable: tuple[Sortie, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class _Use:
    """Whose it is, by place in the order, which of the whole it is of, its number there, and the hours."""

    by: int
    kind: HeldKind
    of: str
    name: str
    number: int
    from_h: float
    until_h: float


def one_timetable(ways: Sequence[tuple[Option, Chain | None]], sit: Situation) -> list[Part]:
    """The parts of these, in their order: each thing is told by a number that holds over all of them.

    Who has it first has the lowest number that is free then.
    """
    uses = [
        use for by, (option, chain) in enumerate(ways) if chain is not None for use in _uses(by, option, chain, sit)
    ]
    numbers = _numbered(uses)
    found = []
    for by, (option, _) in enumerate(ways):
        mine = [use for use in uses if use.by == by]
        tails = {(use.of, use.number): numbers[use] for use in mine if use.kind is HeldKind.AIRCRAFT}
        rows = option.airlift.timetable if option.airlift is not None else ()
        sorties = (row.model_copy(update={"aircraft": tails[row.fleet_id, row.aircraft]}) for row in rows if tails)
        held = (
            Held(kind=use.kind, of=use.of, name=use.name, number=numbers[use], from_h=use.from_h, until_h=use.until_h)
            for use in sorted(mine, key=lambda one: (list(HeldKind).index(one.kind), one.of, one.from_h))
        )
        found.append(Part(tuple(sorties), tuple(held)))
    return found


def _uses(by: int, option: Option, chain: Chain, sit: Situation) -> Iterable[_Use]:
    if option.airlift is not None and chain.lift is not None:
        if chain.mode is Mode.AIR_DROP:
            share, hours = option.airlift.fleets[0], (loaded_from_h(chain), dropped_back_h(chain, sit))
            for number in range(1, share.aircraft_count + 1):
                yield _Use(by, HeldKind.AIRCRAFT, share.fleet_id, share.fleet, number, *hours)
        yield from _flown(by, option.airlift.timetable)
    span = alongside_h(chain)
    if span is not None and chain.meeting is not None and option.via.spod is not None:
        yield _Use(by, HeldKind.PORT, option.via.spod.name, option.via.spod.name, 1, *span)


def _flown(by: int, timetable: Iterable[Sortie]) -> Iterable[_Use]:
    """Each aircraft from its first loading until it is back from its last sortie, and the ramp for each sortie."""
    hours: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for row in timetable:
        back_h = row.offloaded_h + row.landed_h - row.airborne_h
        hours[row.fleet_id, row.fleet, row.aircraft] += [row.load_from_h, back_h]
        field = row.destination
        yield _Use(
            by, HeldKind.RAMP, field.code or field.name, field.name, row.number, row.offload_from_h, row.offloaded_h
        )
    for (fleet_id, fleet, aircraft), known in hours.items():
        yield _Use(by, HeldKind.AIRCRAFT, fleet_id, fleet, aircraft, min(known), max(known))


def _numbered(uses: Sequence[_Use]) -> dict[_Use, int]:
    found: dict[_Use, int] = {}
    free_h: dict[tuple[HeldKind, str], list[float]] = defaultdict(list)
    for use in sorted(uses, key=lambda one: (one.from_h, one.by, one.number)):
        ends = free_h[use.kind, use.of]
        number = next((n for n, end in enumerate(ends) if end <= use.from_h + _SAME_H), len(ends))
        ends[number : number + 1] = [use.until_h]
        found[use] = number + 1
    return found
