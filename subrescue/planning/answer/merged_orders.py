"""One letter to each nation: leave that several fleets need of it is asked for once, with all of their names.

Five fleets of one lift that cross the same eleven nations are one order, not five.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from subrescue.domain.first_order import FirstOrder
from subrescue.domain.reasons import Reason

# Orders that ask nations for leave, with what else they name, which must be the same.
_LEAVES = {"order.overflight": (), "order.landing": ("airfield",)}


_Key = tuple[str, tuple[object, ...]]
"""A nation, and what else the order names."""


@dataclass
class _Asked:
    """What one nation is asked for: by which fleets, for which options, and the earliest hour at which it is due."""

    fleets: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    due_h: list[float] = field(default_factory=list)


def merged(orders: Sequence[FirstOrder]) -> list[FirstOrder]:
    """The orders, those for leave by nation; nations that are asked for the same fleets and options stand together."""
    found = [one for one in orders if one.order.id not in _LEAVES]
    for name, others in _LEAVES.items():
        asked: dict[_Key, _Asked] = {}
        for one in orders:
            if one.order.id == name:
                _ask(one, tuple(one.order.values.get(key) for key in others), asked)
        found += _together(name, others, asked)
    return found


def _ask(order: FirstOrder, besides: tuple[object, ...], asked: dict[_Key, _Asked]) -> None:
    for nation in str(order.order.values["nations"]).split(", "):
        one = asked.setdefault((nation, besides), _Asked())
        _add(one.fleets, [str(order.order.values["fleet"])])
        _add(one.options, order.options)
        one.due_h += [] if order.latest_h is None else [order.latest_h]


def _add(known: list[str], names: Iterable[str]) -> None:
    known += [name for name in names if name not in known]


def _together(name: str, others: tuple[str, ...], asked: dict[_Key, _Asked]) -> list[FirstOrder]:
    groups: dict[tuple[tuple[object, ...], tuple[str, ...], tuple[str, ...]], list[tuple[str, _Asked]]] = {}
    for (nation, besides), one in asked.items():
        groups.setdefault((besides, tuple(one.fleets), tuple(one.options)), []).append((nation, one))
    found = []
    for (besides, fleets, options), members in groups.items():
        named = {"nations": ", ".join(nation for nation, _ in members), "fleet": " + ".join(fleets)}
        order = Reason.model_validate({"id": name, "values": named | dict(zip(others, besides, strict=True))})
        due_h = [hours for _, one in members for hours in one.due_h]
        found.append(FirstOrder(order=order, options=options, latest_h=min(due_h, default=None)))
    return found
