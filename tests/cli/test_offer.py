"""`workspace offer` lists what a newer program knows, and takes of it what is asked for."""

from __future__ import annotations

import json

import pytest

from subrescue.cli import offers
from subrescue.domain.registry import Registry
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.own_place import default_path
from tests.cli.calls import run
from tests.store.workspace.samples import MORNING, small_registry

pytestmark = pytest.mark.usefixtures("small_workspace", "newer_program")


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program has one ship more, a faster ship and a vehicle that goes deeper than it had."""
    small = small_registry()
    ship, vehicle = small.ships["no-bergen"], small.rescue_systems["nsrs"]
    newer = Registry(
        sources=small.sources,
        ships={
            ship.id: ship.model_copy(update={"speed_kn": 22.0}),
            "pl-piast": ship.model_copy(update={"id": "pl-piast", "name": "ORP Piast"}),
        },
        rescue_systems={vehicle.id: vehicle.model_copy(update={"max_depth_m": 650.0})},
    )
    monkeypatch.setattr(offers, "load_registry", lambda: newer)


def facts() -> tuple[float | None, float | None, list[str]]:
    with open_workspace(now=MORNING) as workspace:
        registry = workspace.registry()
    return registry.ships["no-bergen"].speed_kn, registry.rescue_systems["nsrs"].max_depth_m, sorted(registry.ships)


def test_what_is_offered_is_listed_and_nothing_is_taken() -> None:
    run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")
    code, out, said = run("workspace", "offer")
    assert (code, said) == (0, "")
    assert out.splitlines() == [
        "conflict rescue_system nsrs: NSRS",
        "    max_depth_m: here 400, the program says 650",
        "changed ship no-bergen: KV Bergen",
        "    speed_kn: 20 -> 22",
        "new ship pl-piast: ORP Piast",
        "the program offers 1 new, 1 changed, 1 in conflict",
        "`subrescue workspace offer --take` takes all but conflicts; --conflicts takes those too",
    ]
    assert facts() == (20, 400, ["no-bergen"])
    offered = json.loads(run("workspace", "offer", "--format", "json")[1])
    assert [(one["state"], one["id"]) for one in offered] == [
        ("conflict", "nsrs"), ("changed", "no-bergen"), ("new", "pl-piast"),
    ]  # fmt: skip
    assert offered[0]["conflicts"] == [{"field": "max_depth_m", "here": 400, "offered": 650, "was": 610}]


def test_the_workspace_says_that_there_is_an_offer_until_it_is_taken() -> None:
    words = "the program offers 1 new, 2 changed, 0 in conflict: `subrescue workspace offer` lists it"
    assert run("workspace", "info")[1].splitlines()[-1] == words
    assert json.loads(run("workspace", "info", "--format", "json")[1])["offered"] == {
        "new": 1, "changed": 2, "conflicts": 0,
    }  # fmt: skip
    assert run("workspace", "offer", "--take")[1] == (
        "3 entries taken by command 2; `subrescue assets undo` takes it back\n"
    )
    assert "offers" not in run("workspace", "info")[1]
    assert run("workspace", "offer")[1] == "the workspace knows what the program knows\n"
    assert run("workspace", "offer", "--take")[1] == "nothing to take\n"


def test_it_is_taken_in_parts_with_a_reason_and_taken_back() -> None:
    run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")
    assert run("workspace", "offer", "--take", "--accept", "no-bergen", "--why", "release 2")[0] == 0
    assert facts() == (22, 400, ["no-bergen"])
    assert run("workspace", "offer", "--take", "--conflicts", "--reject", "pl-piast")[0] == 0
    assert facts() == (22, 650, ["no-bergen"])
    with open_workspace(now=MORNING) as workspace:
        reason = workspace.history("no-bergen", "speed_kn")[-1].why
    assert reason == "the registry that travels with the program: release 2"
    assert run("assets", "undo")[0] == 0
    assert run("assets", "undo")[0] == 0
    assert facts() == (20, 400, ["no-bergen"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--accept", "no-bergen"), "--take: found a choice of what to take; --take is needed to take it"),
        (("--take", "--accept", "no-berge"), "found 'no-berge', which is not offered; did you mean 'no-bergen'"),
        (("--take", "--reject", "x"), "found 'x', which is not offered"),
        (("--workspace", "shipped"), "which can be read only"),
        (("--workspace", "nowhere.sqlite"), "found nothing there"),
    ],
)
def test_wrong_use_is_refused(words: tuple[str, ...], said: str) -> None:
    code, out, error = run("workspace", "offer", *words)
    assert (code, out) == (2, "")
    assert said in error


def test_without_a_workspace_there_is_nothing_to_offer_to() -> None:
    default_path().unlink()
    code, _, said = run("workspace", "offer")
    assert (code, "`subrescue workspace init` makes one" in said) == (2, True)
