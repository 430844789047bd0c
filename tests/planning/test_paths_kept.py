"""Lines of plans that nobody looks at any more are let go: each holds some three hundred points."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from subrescue.domain.position import Position
from subrescue.planning.answer import paths


def test_of_many_plans_the_lines_of_two_are_kept() -> None:
    asked = []

    class World:
        router: Any

    def route(start: Any, *_: Any, **__: Any) -> Any:
        asked.append(start)
        return SimpleNamespace(points=np.array([[start.lat_deg, 0.0], [0.0, 0.0]]))

    world: Any = World()
    world.router = SimpleNamespace(route=route)
    for turn in range(300):
        paths._passage(world, turn / 10, 0.0, 0.0, 0.0, frozenset())
    assert paths._passage.cache_info().currsize <= 64
    again = len(asked)
    for turn in range(270, 300):
        paths._passage(world, turn / 10, 0.0, 0.0, 0.0, frozenset())
    assert len(asked) == again  # a plan of thirty lines finds its own


def test_the_points_of_a_line_share_the_names_of_their_fields() -> None:
    first, last = paths._line(np.array([[1.0, -180.0], [2.0, 3.5]]))
    assert (last.lat_deg, last.lon_deg) == (2.0, 3.5)
    assert first.model_fields_set is last.model_fields_set  # 216 bytes else, half of a point
    assert first == Position(lat_deg=1.0, lon_deg=-180.0)
    assert first.model_dump_json() == Position(lat_deg=1.0, lon_deg=-180.0).model_dump_json()
