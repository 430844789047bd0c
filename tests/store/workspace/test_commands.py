"""Commands on the workspace: applied whole with their journal row, or refused with every finding and not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from subrescue.domain.assets import InterventionKind, InterventionSystem
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError
from subrescue.domain.registry import Registry
from subrescue.store.registry import KINDS, load_registry
from subrescue.store.workspace import checks
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.entries import dump
from subrescue.store.workspace.errors import StaleWriteError
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import (
    MORNING,
    SHIP,
    VEHICLE,
    command,
    making,
    minutes,
    new_ship,
    retiring,
    setting,
    small_registry,
    stamp,
)


def refusal(workspace: Workspace, *changes: EntryChange) -> str:
    """What is said of a command that is refused; nothing of it may be there."""
    before, revision = workspace.registry(), workspace.revision()
    with pytest.raises(InputError) as refused:
        workspace.apply(command(*changes))
    assert (workspace.registry(), workspace.revision()) == (before, revision)
    return str(refused.value)


def test_a_new_workspace_holds_the_shipped_registry_in_its_order(empty_place: str) -> None:
    shipped = load_registry()
    with open_workspace(empty_place, now=MORNING) as workspace:
        held = workspace.registry()
    assert held == shipped
    assert [list(group) for _, group in held] == [list(group) for _, group in shipped]


def test_a_second_start_makes_nothing_anew(workspace: Workspace, place: str) -> None:
    workspace.apply(command(setting(workspace, SHIP, speed_kn=21.0)))

    def never() -> Registry:
        raise AssertionError("the registry was read again")

    with open_workspace(place, now=MORNING, registry=never) as again:
        assert again.registry().ships["no-bergen"].speed_kn == 21.0


def test_an_edit_stands_at_once_with_who_when_and_why(workspace: Workspace) -> None:
    done = workspace.apply(command(setting(workspace, SHIP, speed_kn=21.5), at=minutes(5)))
    assert (done.revision, done.act, done.who, done.at, done.why) == (2, Act.EDIT, "Anna", minutes(5), "a letter")
    assert [change.fields() for change in done.changes] == [("speed_kn",)]
    assert workspace.registry().ships["no-bergen"].speed_kn == 21.5


def test_a_command_that_changes_nothing_leaves_no_row(workspace: Workspace) -> None:
    done = workspace.apply(command(setting(workspace, SHIP, speed_kn=20.0)))
    assert (done.revision, done.changes, workspace.revision()) == (1, (), 1)


def test_a_command_makes_alters_and_retires_in_one_step(workspace: Workspace) -> None:
    workspace.apply(
        command(
            new_ship("pl-piast"),
            setting(workspace, VEHICLE, ship_classes_certified=["pl-piast"]),
            retiring(workspace, SHIP),
        )
    )
    held = workspace.registry()
    assert list(held.ships) == ["pl-piast"]
    assert held.rescue_systems["nsrs"].ship_classes_certified == ("pl-piast",)
    assert workspace.info().retired == 1
    assert workspace.history("no-bergen")[-1].before["name"] == "KV Bergen"


def test_a_retired_entry_can_come_back_to_its_place(workspace: Workspace) -> None:
    workspace.apply(command(new_ship("pl-lech")))
    away = setting(workspace, VEHICLE, ship_classes_certified=[])
    workspace.apply(command(away, retiring(workspace, SHIP)))
    assert list(workspace.registry().ships) == ["pl-lech"]
    workspace.apply(command(EntryChange(kind="ship", entry_id="no-bergen", after={**SHIP_AGAIN})))
    assert list(workspace.registry().ships) == ["no-bergen", "pl-lech"]


SHIP_AGAIN: dict[str, Any] = {"id": "no-bergen", "name": "KV Bergen", "nations": ["NO"], "role": "mother_ship"}


def test_the_registry_that_is_kept_up_to_date_is_the_one_that_is_read_anew(
    workspace: Workspace, opened: Callable[[], Workspace]
) -> None:
    workspace.registry()
    workspace.apply(command(new_ship("pl-lech"), setting(workspace, SHIP, speed_kn=9.0)))
    workspace.apply(command(new_ship("pl-piast"), retiring_lech(workspace)))
    kept, anew = workspace.registry(), opened().registry()
    assert kept == anew
    assert list(kept.ships) == list(anew.ships) == ["no-bergen", "pl-piast"]


def retiring_lech(workspace: Workspace) -> EntryChange:
    return retiring(workspace, ("ship", "pl-lech"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"speed_kn": -3}, "ship[no-bergen].speed_kn: found -3; allowed is above 0 to 60 kn"),
        ({"speed": 20}, "ship[no-bergen].speed: found a field of an unknown name; did you mean 'speed_kn'"),
        ({"nations": []}, "ship[no-bergen].nations: found nothing; a list of at least 1 is needed"),
        ({"id": "other"}, "ship[no-bergen].id: found 'other'; the id of an entry does not change: 'no-bergen'"),
        ({"name": "a\0b"}, "text with a null character"),
        ({"name": "\ud800"}, "half a character"),
        ({"evidence": {"speed": [{"source": "S1", "confidence": "low"}]}}, "evidence: found 'speed'; did you mean"),
        (
            {"evidence": {"speed_kn": [{"source": "S3", "confidence": "low"}]}},
            "ship[no-bergen].evidence.speed_kn[1].source: found the unknown source 'S3'; known are S1, S2",
        ),
        ({"certified_for": ["lr5"]}, "ship[no-bergen].certified_for: found the unknown system 'lr5'"),
    ],
)
def test_what_would_make_the_registry_invalid_is_refused(
    workspace: Workspace, fields: dict[str, Any], said: str
) -> None:
    assert said in refusal(workspace, setting(workspace, SHIP, **fields))


def test_findings_of_all_entries_are_told_together(workspace: Workspace) -> None:
    said = refusal(workspace, new_ship("nsrs"), setting(workspace, SHIP, certified_for=["lr5"]))
    assert said.splitlines() == [
        "id: found the id 'nsrs' a second time; the registry has a rescue_system of this id; ids of assets are unique",
        "ship[no-bergen].certified_for: found the unknown system 'lr5'; the id of a system of the registry is needed",
    ]


def test_a_ship_may_be_certified_for_gear_that_is_no_rescue_vehicle(workspace: Workspace) -> None:
    rov = InterventionSystem(id="no-rov", name="ROV", nations=("NO",), intervention_kind=InterventionKind.ROV)
    workspace.apply(command(EntryChange(kind="intervention_system", entry_id="no-rov", after=dump(rov))))
    workspace.apply(command(setting(workspace, SHIP, screened_for=["no-rov"])))
    assert workspace.registry().ships["no-bergen"].screened_for == ("no-rov",)
    assert refusal(workspace, retiring(workspace, ("intervention_system", "no-rov"))) == (
        "intervention_system[no-rov]: found an entry that others name: no-bergen; change those first"
    )


def test_what_others_name_is_not_retired_before_them(workspace: Workspace) -> None:
    assert refusal(workspace, retiring(workspace, ("source", "S1"))) == (
        "source[S1]: found an entry that others name: nsrs, no-bergen; change those first"
    )
    assert refusal(workspace, retiring(workspace, SHIP)) == (
        "ship[no-bergen]: found an entry that others name: nsrs; change those first"
    )
    workspace.apply(command(retiring(workspace, SHIP), retiring(workspace, VEHICLE)))
    workspace.apply(command(retiring(workspace, ("source", "S1"))))
    assert list(workspace.registry().sources) == ["S2"]


def test_what_stands_together_in_one_entry_is_not_put_together_in_another(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(checks.ONCE_TOGETHER, "ship", ("role", "imo"))
    workspace.apply(command(new_ship("pl-piast", imo=1234567)))
    assert refusal(workspace, new_ship("pl-lech", imo=1234567)) == (
        "ship[pl-lech]: found 'rescue_ship' and 1234567 together a second time; they stand already in ship[pl-piast]"
    )
    workspace.apply(command(new_ship("pl-lech", imo=1234568)))
    workspace.apply(command(setting(workspace, ("ship", "pl-lech"), speed_kn=9.0)))


def test_every_shipped_entry_can_be_edited_as_it_is() -> None:
    for kind, (group, _) in KINDS.items():
        for entry_id, entry in getattr(load_registry(), group).items():
            assert checks.checked(kind, entry_id, dump(entry)) == dump(entry)


def test_an_unknown_kind_and_an_entry_named_twice_are_refused(workspace: Workspace) -> None:
    assert refusal(workspace, making("shipp", "x", name="x")) == (
        "kind: found the unknown kind 'shipp'; did you mean 'ship'?"
    )
    twice = setting(workspace, SHIP, speed_kn=1.0)
    assert "a command changes each entry once" in refusal(workspace, twice, twice)


def test_a_stale_write_is_refused_and_shows_both_sides(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    mine = setting(north, SHIP, speed_kn=18.0, crane_t=10.0)
    south.apply(command(setting(south, SHIP, speed_kn=22.0), at=minutes(3), desk="south", who="Bo"))
    with pytest.raises(StaleWriteError) as refused:
        north.apply(command(mine, at=minutes(4)))
    (stale,) = refused.value.stale
    assert stale.last is not None
    assert (stale.last.who, stale.last.at, stale.last.revision) == ("Bo", minutes(3), 2)
    assert [(view.field, view.base, view.mine, view.theirs, view.conflict) for view in stale.fields()] == [
        ("speed_kn", 20.0, 18.0, 22.0, True),
        ("crane_t", None, 10.0, None, False),
    ]
    assert str(refused.value) == (
        "ship[no-bergen].speed_kn: found 22 by Bo at 2026-11-23 08:03:00Z, where it was 20 and shall be 18; "
        "choose one of both"
    )
    assert north.registry().ships["no-bergen"].speed_kn == 22.0
    assert north.registry().ships["no-bergen"].crane_t is None


def test_stale_writes_that_do_not_conflict_are_merged_where_asked(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    mine = setting(north, SHIP, crane_t=10.0)
    south.apply(command(setting(south, SHIP, speed_kn=22.0), desk="south"))
    with pytest.raises(StaleWriteError, match="both changes can stand"):
        north.apply(command(mine))
    north.apply(command(mine), merging=True)
    ship = north.registry().ships["no-bergen"]
    assert (ship.speed_kn, ship.crane_t) == (22.0, 10.0)
    with pytest.raises(StaleWriteError):
        north.apply(command(mine.model_copy(update={"after": {**(mine.after or {}), "speed_kn": 1.0}})), merging=True)


def test_an_edit_of_an_entry_that_was_retired_meanwhile_is_refused(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    south.apply(command(new_ship("pl-piast")))
    mine = setting(north, ("ship", "pl-piast"), speed_kn=18.0)
    south.apply(command(retiring(south, ("ship", "pl-piast")), who="Bo"))
    with pytest.raises(StaleWriteError, match="an entry that Bo at 2026-11-23 08:00:00Z retired meanwhile"):
        north.apply(command(mine), merging=True)


def test_times_are_kept_to_the_microsecond_in_utc(workspace: Workspace) -> None:
    at = MORNING.replace(microsecond=123456)
    workspace.apply(command(setting(workspace, SHIP, speed_kn=1.0), at=at))
    assert workspace.history("no-bergen")[-1].at == at
    assert workspace.info().last_at == at


def test_unicode_is_kept(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, name="Игорь 한 \U0001f6a2 'q' \"d\" \\ %")))
    assert workspace.registry().ships["no-bergen"].name == "Игорь 한 \U0001f6a2 'q' \"d\" \\ %"
    assert workspace.undo(stamp()) is not None
    assert workspace.registry() == small_registry()


def test_of_many_entries_retired_at_once_none_is_named_by_what_stays(workspace: Workspace) -> None:
    many = [new_ship(f"pl-{number}") for number in range(30)]
    workspace.apply(command(*many, at=minutes(1)))
    gone = [retiring(workspace, ("ship", change.entry_id)) for change in many]
    with pytest.raises(InputError, match=r"no-bergen.*others name: nsrs"):
        workspace.apply(command(*gone, retiring(workspace, SHIP), at=minutes(2)))
    workspace.apply(command(*gone, at=minutes(3)))
    assert list(workspace.registry().ships) == ["no-bergen"]
