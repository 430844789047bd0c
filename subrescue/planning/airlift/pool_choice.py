"""Which fleets may share one airlift: the sets of them that the search tries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from subrescue.domain.assets import System
from subrescue.planning.airlift.lifts import Carrier
from subrescue.planning.airlift.tanker_lifts import with_tankers

# More fleets than this do not share one airlift; of so few all sets are tried.
_POOLED = 8
_ALL_SETS = 4


def pools_of(system: System, carriers: Sequence[Carrier]) -> list[tuple[int, ...]]:
    """Fleets that may share the work, by their numbers: of those that fly for the nations anyway.

    All sets of up to four; of more the first two, three and so on, by load and by how soon they are there. Where one
    sortie of each is enough, two share the work only if one flies a K-loader in ahead of the other. None where the mass
    is unknown.
    """
    if system.shipment is None or system.shipment.mass_t is None:
        return []
    most = max((carrier.patience for carrier in carriers), default=0)
    found = [pool for patience in sorted({0, most}) for pool in _pools_of_patience(carriers, patience)]
    return with_tankers(list(dict.fromkeys(found)), carriers)


def _pools_of_patience(carriers: Sequence[Carrier], patience: int) -> list[tuple[int, ...]]:
    """The pools of fleets that wait so patiently for clearances, or as patiently as it makes sense for each."""
    by_fleet: dict[str, int] = {}
    for n, carrier in enumerate(carriers):
        if not carrier.doubts and carrier.tankers is None and carrier.patience <= patience:
            by_fleet[carrier.fleet.id] = n
    free = sorted(by_fleet.values())
    if not any(carriers[n].sorties > 1 for n in free):
        bring = {n for n in free if any(fact.bare for fact in carriers[n].flying.facts)}
        return [pair for pair in combinations(free, 2) if bring & set(pair)]
    if len(free) <= _ALL_SETS:
        return [some for size in range(2, len(free) + 1) for some in combinations(free, size)]
    by_load = sorted(free, key=lambda n: (-carriers[n].load_t, carriers[n].flying.soonest_h, carriers[n].fleet.id))
    by_time = sorted(free, key=lambda n: (carriers[n].flying.first_h, -carriers[n].load_t, carriers[n].fleet.id))
    sizes = range(2, min(len(free), _POOLED) + 1)
    return list(dict.fromkeys(tuple(sorted(order[:size])) for order in (by_load, by_time) for size in sizes))
