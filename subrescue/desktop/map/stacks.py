"""Assets that lie close together on the screen share one symbol with a count: which ones, and in which order."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.scene import MapAsset
from subrescue.desktop.parts.words import tr
from subrescue.domain.response import Verdict

# Assets closer together than this on the screen share one symbol with a count.
STACK_PX = 21.0
_VERDICT_ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3, None: 4}
_KIND_ORDER = {"rescue_system": 0, "intervention_system": 1, "ship": 2, "aircraft_fleet": 3}
_MOST_IN_WORDS = 12
# Squares of the screen have one number: more rows than any map has. A square and its eight neighbours.
_ROWS = 10_000_019
_NEIGHBOURS = tuple(column * _ROWS + row for column in (-1, 0, 1) for row in (-1, 0, 1))


@dataclass(frozen=True)
class Crowd:
    """Assets in the order of their weight, the weightiest first. lat, lon: (n,) degrees."""

    assets: tuple[MapAsset, ...]
    lat: FloatArray
    lon: FloatArray


def asset_rank(asset: MapAsset) -> int:
    """0 for what is selected, then by verdict: which names have the first right to room."""
    return 0 if asset.selected else 1 + _VERDICT_ORDER[asset.verdict]


def crowd_of(assets: tuple[MapAsset, ...]) -> Crowd:
    """The assets of a scene in the order of their weight: selected, verdict, kind."""
    ordered = sorted(assets, key=lambda each: (asset_rank(each), _KIND_ORDER.get(each.kind, 9)))
    positions = [asset.position for asset in ordered]
    lat = np.array([position.lat_deg for position in positions], dtype=float)
    return Crowd(tuple(ordered), lat, np.array([position.lon_deg for position in positions], dtype=float))


def stacks_of(px: list[float], py: list[float]) -> list[list[int]]:
    """Numbers of the points that share a symbol, the weightiest first, by its pixel; what is off the map is left out.

    px, py: pixels in the order of weight. Each point joins the weightiest symbol that lies near enough.
    """
    stacks: list[list[int]] = []
    hosts: dict[int, list[int]] = {}  # by square: numbers of the stacks whose symbols stand there
    for number, (x, y) in enumerate(zip(px, py, strict=True)):
        if not (math.isfinite(x) and math.isfinite(y)):
            continue
        square = int(x // STACK_PX) * _ROWS + int(y // STACK_PX)
        joined = len(stacks)
        for step in _NEIGHBOURS:
            for stack in hosts.get(square + step, ()):
                host = stacks[stack][0]
                if stack < joined and abs(px[host] - x) < STACK_PX and abs(py[host] - y) < STACK_PX:
                    joined = stack
        if joined < len(stacks):
            stacks[joined].append(number)
        else:
            hosts.setdefault(square, []).append(joined)
            stacks.append([number])
    return stacks


def members_words(members: list[MapAsset]) -> Callable[[], str]:
    """What tells the words of a stack: the name of each asset, and below it what its detail says."""

    def say() -> str:
        shown = [
            asset.name + "".join(f"\n    {line}" for line in str(asset.detail).splitlines())
            for asset in members[:_MOST_IN_WORDS]
        ]
        if len(members) > _MOST_IN_WORDS:
            shown.append(tr("and {count} more", count=len(members) - _MOST_IN_WORDS))
        return "\n".join(shown)

    return say
