"""Joins the gazetteer's ports and the registry's berths to the sea graph, once for all: no plan waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.access import berth_or_none
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import NO_WATER, Mooring, find_moorings
from subrescue.earth.router.ports import as_arrays
from subrescue.earth.shape.land import Land
from subrescue.store.registry import load_registry

_PER_DEG = 100_000
_BATCH = 24


def port_moorings(graph_folder: Path, places_folder: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file of port moorings, from the graph in one folder and the gazetteer in another."""
    graph = SeaGraph(graph_folder)
    ports = Gazetteer(places_folder).ports
    places = np.column_stack((ports.lat_deg, ports.lon_deg)).tolist()
    places += [[p.lat_deg, p.lon_deg] for p in _positions(load_registry())]
    keys = sorted({(round(lat * _PER_DEG), round(lon * _PER_DEG)) for lat, lon in places})
    land = Land(places_folder)
    berths = {key: berth_or_none(graph, key[0] / _PER_DEG, key[1] / _PER_DEG, land, is_port=True) for key in keys}
    found: dict[tuple[int, int], Mooring] = dict.fromkeys(keys, NO_WATER)
    wet = [(key, berth) for key, berth in berths.items() if berth is not None]
    for first in range(0, len(wet), _BATCH):
        part = wet[first : first + _BATCH]
        for (key, _), mooring in zip(part, find_moorings(graph, [berth for _, berth in part]), strict=True):
            found[key] = mooring
    return as_arrays(graph, found)


def _positions(value: object) -> Iterator[Position]:
    """Every position in a model and in what it holds."""
    if isinstance(value, Position):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _positions(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _positions(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _positions(part)
