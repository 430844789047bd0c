"""`route` says which leave a plan would ask for on the way, and what the way without it costs."""

from __future__ import annotations

import json

import pytest

from subrescue.earth.passages.leave import straits_asked
from subrescue.store.registry import load_registry
from tests.cli.calls import run

SUMMER = ("--at", "2026-09-01T00:00Z")


def asked(*words: str) -> tuple[list[str], list[str], dict[str, object]]:
    code, printed, error = run("route", *words, *SUMMER, "--format", "json")
    assert code == 0, error
    data = json.loads(printed)
    return data["leave_needed"], [note for note in data["notes"] if "only with leave" in note], data


def test_a_ship_of_another_nation_needs_leave_along_siberia() -> None:
    needed, (note,), data = asked("Yokohama", "Murmansk", "--ship", "jp-chiyoda", "--explain")
    assert needed == ["vilkitsky"]
    assert note.startswith("a plan counts on Vilkitsky Strait only with leave that its case states (sea_clearances)")
    assert "INSROP" in note
    other = data["without_leave"]
    assert isinstance(other, dict)
    assert "lancaster" in other["closed"]  # nor by Canada, of whom leave is asked too
    assert "suez" in other["passages"]
    assert other["costs_nm"] > 4000
    assert other["costs_h"] > 200


def test_the_text_says_so_and_without_explain_looks_for_no_other_way() -> None:
    _, text, _ = run("route", "Yokohama", "Murmansk", *SUMMER)
    assert "Note     a plan counts on Vilkitsky Strait only with leave" in text
    assert "Without leave" not in text
    _, text, _ = run("route", "Yokohama", "Murmansk", *SUMMER, "--explain")
    assert "Without leave for Vilkitsky Strait [vilkitsky]: +" in text


def test_her_own_nation_asks_her_for_none_and_open_water_for_nothing() -> None:
    needed, notes, data = asked("Vladivostok", "Murmansk", "--ship", "ru-mikhail-rudnitsky", "--explain")
    assert (needed, notes) == ([], [])
    assert "without_leave" not in data
    assert asked("Toulon", "Changi")[0] == []


@pytest.mark.parametrize(
    ("nation", "facts", "told"),
    [
        ("RO", {"warship": True}, "ship.straits"),
        ("RU", {"warship": True}, "ship.straits_at_war"),
        ("RO", {"warship": False}, None),
        ("TR", {"warship": True}, None),
    ],
)
def test_a_warship_is_told_of_the_turkish_straits(nation: str, facts: dict[str, bool], told: str | None) -> None:
    ship = load_registry().ships["jp-chiyoda"].model_copy(update={"nations": (nation,), **facts})
    why = straits_asked(ship, ("bosporus",), None)
    assert (None if why is None else why.id) == told
    assert straits_asked(ship, ("suez",), None) is None
