"""Which lines use which passages: of any number, and a closed one bars the lines that run through its gate."""

from __future__ import annotations

import json

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.passages.passages import FILE, Gates, Passage
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import passages_of_way
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.router.tree import lines_are_free, way_is_shut
from subrescue.earth.shape.water import unit_vectors

# More than the bits of any number of the machine, and than a byte counts.
MANY = 300


def gate_at(lon: float) -> Passage:
    """A passage whose gate runs along a meridian from 10 S to 10 N."""
    gate = np.array([[-10.0, lon], [0.0, lon], [10.0, lon]])
    return Passage(f"at_{lon:g}", f"At {lon:g}", "strait", 1.0, gate, gate)


def line(*lons: float) -> tuple[np.ndarray, np.ndarray]:
    """Lines along the latitude of 5 N, from each longitude to the next."""
    at = unit_vectors(np.full(len(lons), 5.0), np.array(lons))
    return at[:-1], at[1:]


def test_a_line_uses_the_passages_whose_gates_it_crosses_however_many_there_are() -> None:
    gates = Gates([gate_at(k / 2) for k in range(MANY)])
    lines, passages = gates.crossed(*line(-0.1, 0.1, 0.2, 1.7, 149.3, 149.6))
    # The third line, over 147 degrees, runs north of the gates in its middle.
    assert [p for k, p in zip(lines.tolist(), passages.tolist(), strict=True) if k == 0] == [0]
    assert 1 not in lines
    assert [p for k, p in zip(lines.tolist(), passages.tolist(), strict=True) if k == 2] == [1, 2, 3]
    assert [p for k, p in zip(lines.tolist(), passages.tolist(), strict=True) if k == 4] == [MANY - 1]


def test_a_line_comes_by_the_passages_in_the_order_of_its_way() -> None:
    gates = Gates([gate_at(lon) for lon in (3.0, 1.0, 2.0)])
    for way, order in ((line(0.0, 4.0), [1, 2, 0]), (line(4.0, 0.0), [0, 2, 1])):
        lines, passages = gates.in_order(*way, *gates.crossed(*way))
        assert (lines.tolist(), passages.tolist()) == ([0, 0, 0], order)


def test_without_passages_no_line_uses_any() -> None:
    gates, way = Gates([]), line(0.0, 1.0, 2.0)
    lines, passages = gates.in_order(*way, *gates.crossed(*way))
    assert len(lines) == len(passages) == 0


def test_a_line_through_both_parts_of_a_bent_gate_uses_its_passage_once() -> None:
    gate = np.array([[0.0, 1.0], [10.0, 1.5], [0.0, 2.0]])
    lines, passages = Gates([Passage("bent", "Bent", "strait", 1.0, gate, gate)]).crossed(*line(0.0, 3.0))
    assert (lines.tolist(), passages.tolist()) == ([0], [0])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> SeaGraph:
    """The shipped graph with more passages behind its own, the last of them across the ocean at 30 W."""
    folder = tmp_path_factory.mktemp("many")
    for name in ("router.npz", "router_water.npz", "router_approaches.npz"):
        (folder / name).symlink_to(maps_dir() / name)
    content = json.loads((maps_dir() / FILE).read_text(encoding="utf-8"))
    for lon in range(-30 - MANY, -29):
        gate = [[lon if lon > -180 else lon + 360, lat] for lat in (-5, 5)]
        content["features"].append(
            {
                "properties": {
                    "id": f"at_{lon}",
                    "name": f"At {lon}",
                    "kind": "strait",
                    "length_nm": 1.0,
                    "gate": gate,
                },
                "geometry": {"coordinates": gate},
            }
        )
    (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
    return SeaGraph(folder)


def test_a_closed_passage_beyond_the_64th_bars_the_lines_through_it_alone(many: SeaGraph) -> None:
    assert len(many.passages) > MANY
    ends = unit_vectors(np.array([2.0, 2.0, 2.0]), np.array([-31.0, -29.0, -27.0]))
    start, end = ends[[0, 1]], ends[[1, 2]]
    assert lines_are_free(many, start, end, many.mask_of(frozenset())).all()
    assert lines_are_free(many, start, end, many.mask_of(frozenset({"at_-30"}))).tolist() == [False, True]
    assert lines_are_free(many, start, end, many.mask_of(frozenset({"at_-34"}))).all()


def test_a_way_has_the_numbers_of_its_passages_beyond_the_64th(many: SeaGraph) -> None:
    way = np.array([[2.0, -29.0], [2.0, -31.5]])
    assert [many.passages[number].id for number in passages_of_way(many, way)] == ["at_-31", "at_-30"]
    assert way_is_shut(many, way, many.mask_of(frozenset({"at_-31"})))
    assert not way_is_shut(many, way, many.mask_of(frozenset({"at_-32", "suez"})))
    assert not way_is_shut(many, way, many.mask_of(frozenset()))


# Brest to Plymouth, Brest to Lorient, past Ushant from south to north, Saint-Malo to Cherbourg.
@pytest.mark.parametrize(
    "passage, start, end",
    [
        ("chenal_du_four", (48.36, -4.55), (50.30, -4.15)),
        ("raz_de_sein", (48.36, -4.55), (47.68, -3.38)),
        ("fromveur", (48.20, -5.20), (48.60, -4.95)),
        ("alderney_race", (48.68, -2.05), (49.67, -1.62)),
    ],
)
def test_a_way_inside_is_a_passage_and_closed_ships_go_round(
    router: SeaRouter, passage: str, start: tuple[float, float], end: tuple[float, float]
) -> None:
    def at(place: tuple[float, float]) -> Position:
        return Position(lat_deg=place[0], lon_deg=place[1])

    through = router.route(at(start), at(end))
    inside = frozenset({"chenal_du_four", "fromveur", "raz_de_sein", "alderney_race"})
    round_it = router.route(at(start), at(end), inside)
    assert through.passages == (passage,)
    assert round_it.passages == ()
    assert through.distance_nm + 1 < round_it.distance_nm < through.distance_nm + 40
