"""The router and its peers behind one door: a way between two places with its length and its line, one to many."""

from __future__ import annotations

import ast
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.router.router import NoRoute, SeaRouter

FloatArray = npt.NDArray[np.float64]

# The last scgraph that brings the sea network along; later ones fetch it from the net when it is first used.
MARNET_WHEEL = Path(__file__).parents[2] / "build" / "peers" / "scgraph-2.15.0-py3-none-any.whl"
_NM_PER_KM = 1 / 1.852


@dataclass(frozen=True)
class Way:
    """A way by sea: its length, from place to place, and its line, (n, 2) latitude and longitude in degrees."""

    nm: float
    points: FloatArray


class Peer(Protocol):
    """What is asked of every router."""

    name: str

    def way(self, a: Position, b: Position, closed: frozenset[str]) -> Way | None:
        """The way from a to b; None where the router refuses."""
        ...

    def far(self, a: Position, ends: Sequence[Position]) -> FloatArray:
        """Nautical miles from one place to many, nan where the router refuses."""
        ...


class Ours:
    """Our router."""

    name = "subrescue"

    def __init__(self, router: SeaRouter) -> None:
        self._router = router

    def way(self, a: Position, b: Position, closed: frozenset[str]) -> Way | None:
        try:
            route = self._router.route(a, b, closed)
        except NoRoute:
            return None
        return Way(route.distance_nm, route.points)

    def far(self, a: Position, ends: Sequence[Position]) -> FloatArray:
        return self._router.distances_nm(a, [p.lat_deg for p in ends], [p.lon_deg for p in ends])


class Searoute:
    """searoute, a network of trade lanes; both places are joined to its nearest node by a straight line."""

    name = "searoute"

    def __init__(self) -> None:
        import searoute

        self._searoute = searoute.searoute

    def way(self, a: Position, b: Position, closed: frozenset[str]) -> Way | None:
        found = self._searoute([a.lon_deg, a.lat_deg], [b.lon_deg, b.lat_deg], units="naut", append_orig_dest=True)
        points = np.array(found["geometry"]["coordinates"], dtype=np.float64)[:, ::-1]
        return Way(float(found["properties"]["length"]), points)

    def far(self, a: Position, ends: Sequence[Position]) -> FloatArray:
        # It knows no one to many.
        ways = [self.way(a, end, frozenset()) for end in ends]
        return np.array([np.nan if way is None else way.nm for way in ways])


class Scgraph:
    """scgraph with the sea network of its own earlier release; the nearest node is joined by a straight line."""

    name = "scgraph"

    def __init__(self, wheel: Path = MARNET_WHEEL) -> None:
        from scgraph import GeoGraph

        self._graph = GeoGraph(**_marnet(wheel))

    def way(self, a: Position, b: Position, closed: frozenset[str]) -> Way | None:
        return self._way(a, b)

    def far(self, a: Position, ends: Sequence[Position]) -> FloatArray:
        ways = [self._way(a, end, algorithm_fn="cached_shortest_path", length_only=True) for end in ends]
        return np.array([way.nm for way in ways])

    def _way(self, a: Position, b: Position, **options: Any) -> Way:
        found = self._graph.get_shortest_path(
            {"latitude": a.lat_deg, "longitude": a.lon_deg}, {"latitude": b.lat_deg, "longitude": b.lon_deg}, **options
        )
        return Way(found["length"] * _NM_PER_KM, np.array(found.get("coordinate_path", ()), dtype=np.float64))


def _marnet(wheel: Path) -> dict[str, Any]:
    """Read nodes and edges, plain literals, out of a wheel without running what is in it."""
    with zipfile.ZipFile(wheel) as packed:
        tree = ast.parse(packed.read("scgraph/geographs/marnet.py"))
    found = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            if name in ("graph", "nodes"):
                found[name] = ast.literal_eval(statement.value)
    return found
