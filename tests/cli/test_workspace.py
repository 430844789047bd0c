"""The commands on a workspace as a new user calls them: set, history, undo, as-of, backup and restore, wrong input."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from subrescue.cli import planning
from subrescue.cli.what_ifs import Desk
from subrescue.store.registry import load_registry
from subrescue.store.workspace import formats
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.own_place import default_path
from tests.cli.calls import run
from tests.store.workspace.samples import MORNING, VEHICLE, command, setting, small_registry

pytestmark = pytest.mark.usefixtures("small_workspace")


def depth(*words: str) -> float:
    code, out, said = run("assets", "show", "nsrs", "--format", "json", *words)
    assert code == 0, said
    return float(json.loads(out)["max_depth_m"])


def test_a_depth_is_set_looked_up_and_taken_back() -> None:
    code, out, _ = run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2", "--why", "letter", "--who", "Anna")
    assert code == 0
    assert out.splitlines() == [
        "nsrs: max_depth_m: 610 -> 400",
        "nsrs: evidence.max_depth_m: S1 high -> S2 medium, S1 high 610",
        "command 2 of the journal; `subrescue assets undo` takes it back",
    ]
    assert depth("--workspace", "default") == 400
    code, out, _ = run("assets", "history", "nsrs", "--field", "max_depth_m", "--format", "json")
    rows = [row for row in json.loads(out) if row["field"] == "max_depth_m"]
    assert [(row["who"], row["why"], row["before"], row["after"]) for row in rows] == [
        ("subrescue", "the registry that travels with the program", None, 610.0),
        ("Anna", "letter", 610.0, 400.0),
    ]
    assert run("assets", "undo")[1].splitlines()[-1] == (
        "command 3 of the journal; `subrescue assets redo` does it again"
    )
    assert depth("--workspace", str(default_path())) == 610
    assert run("assets", "redo")[0] == 0
    assert depth("--url", f"sqlite:///{default_path()}") == 400


def test_a_past_state_is_listed_and_nothing_is_known_of_before_the_first() -> None:
    now = datetime.now(UTC)
    run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")
    assert depth("--as-of", now.isoformat()) == 610
    assert depth("--as-of", (now + timedelta(hours=1)).isoformat()) == 400
    code, _, said = run("assets", "list", "--as-of", "2000-01-01T00:00Z")
    assert code == 1
    assert "begins at 2026-11-23 08:00:00Z: of the time before nothing is known" in said


def test_without_a_workspace_named_ones_own_is_read_which_is_told() -> None:
    code, out, said = run("assets", "list", "--format", "csv")
    assert (code, len(out.splitlines())) == (0, 3)
    assert said == f"registry: your workspace {default_path()} (--workspace shipped: as it travels with the program)\n"
    assert run("assets", "list", "--format", "csv", "--workspace", "default") == (0, out, "")


def test_the_shipped_registry_is_read_where_it_is_named_or_there_is_no_other() -> None:
    code, named, said = run("assets", "list", "--format", "csv", "--workspace", "shipped")
    assert (code, said) == (0, "")
    assert len(named.splitlines()) > 100
    default_path().unlink()
    assert run("assets", "list", "--format", "csv") == (0, named, "")
    assert not default_path().exists()


def test_a_case_is_planned_with_the_assets_of_a_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[float | None] = []

    def plan(case: str, desk: Desk, *_: object) -> int:
        depths.append(desk.registry.rescue_systems["nsrs"].max_depth_m)
        return 0

    monkeypatch.setattr(planning, "plan", plan)
    before = datetime.now(UTC).isoformat()
    run("assets", "set", "nsrs", "max_depth_m=200", "--source", "S2")
    for words in ((), ("--workspace", "default"), ("--as-of", before), ("--workspace", "shipped")):
        assert run("plan", "demo-norwegian-sea", *words)[0] == 0
    assert depths == [200.0, 200.0, 610.0, load_registry().rescue_systems["nsrs"].max_depth_m]


def test_unknown_is_a_choice_where_a_field_has_it_and_else_leaves_the_field_out() -> None:
    assert run("assets", "set", "nsrs", "status=active", "--source", "S2")[0] == 0
    out = run("assets", "set", "nsrs", "status=unknown", "max_depth_m=unknown", "--source", "S1")[1]
    assert "nsrs: status: active -> unknown" in out
    assert "nsrs: max_depth_m: 610 -> unknown" in out
    with open_workspace(now=MORNING) as workspace:
        entry = workspace.entry(*VEHICLE) or {}
    assert (entry["status"], entry.get("max_depth_m")) == ("unknown", None)


def test_a_retired_asset_leaves_the_list_and_comes_back_by_undo() -> None:
    assert run("assets", "set", "nsrs", "ship_classes_certified=", "--source", "S2")[0] == 0
    assert run("assets", "retire", "no-bergen", "--why", "sold")[0] == 0
    assert "no-bergen" not in run("assets", "list", "--workspace", "default")[1]
    assert "not there -> KV Bergen" in run("assets", "undo")[1]
    assert "no-bergen" in run("assets", "list", "--workspace", "default")[1]


def test_an_undo_that_another_desk_forbids_is_told_and_may_be_passed_over() -> None:
    assert run("assets", "set", "nsrs", "capacity_persons=12", "--source", "S2")[0] == 0
    assert run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")[0] == 0
    with open_workspace(now=MORNING) as workspace:
        deeper = setting(workspace, VEHICLE, max_depth_m=500.0)
        workspace.apply(command(deeper, at=datetime.now(UTC), desk="south", who="Bo"))
    code, out, said = run("assets", "undo")
    assert (code, out) == (2, "")
    assert "rescue_system[nsrs].max_depth_m: found 500 by Bo at " in said
    assert "where it was 400 and shall be 610; choose one of both" in said
    assert run("assets", "undo", "--skip")[1].splitlines()[0] == "nothing changes"
    assert "capacity_persons: 12 -> unknown" in run("assets", "undo")[1]
    assert depth("--workspace", "default") == 500


def test_the_journal_is_exported_for_an_audit(tmp_path: Path) -> None:
    run("assets", "set", "nsrs", "operator==1+1", "--who", "=cmd")
    out = tmp_path / "journal.csv"
    assert run("workspace", "journal", "--format", "csv", "-o", str(out))[0] == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["revision"] for row in rows] == ["1", "1", "1", "1", "2"]
    assert (rows[-1]["who"], rows[-1]["field"], rows[-1]["after"]) == ("'=cmd", "operator", "'=1+1")
    lines = [json.loads(line) for line in run("workspace", "journal")[1].splitlines()]
    assert [line["entry_id"] for line in lines] == ["S1", "S2", "nsrs", "no-bergen", "nsrs"]
    assert lines[-1]["after"] == "=1+1"
    assert "edit" in run("workspace", "journal", "--format", "table")[1]


def test_a_workspace_is_backed_up_and_restored(tmp_path: Path) -> None:
    kept = str(tmp_path / "kept.sqlite")
    assert run("workspace", "backup", kept)[0] == 0
    run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")
    code, out, _ = run("workspace", "restore", kept)
    assert code == 0
    assert "what was there before" in out
    assert depth("--workspace", "default") == 610
    assert run("workspace", "restore", kept, "--workspace", str(tmp_path / "other.sqlite"))[0] == 0
    assert depth("--workspace", str(tmp_path / "other.sqlite")) == 610
    code, out, _ = run("workspace", "info", "--check", "--format", "json")
    assert code == 0
    assert (json.loads(out)["revision"], json.loads(out)["faults"]) == (1, [])
    assert "whole: the entries are what the journal makes of them" in run("workspace", "info", "--check")[1]
    assert run("workspace", "upgrade")[1].splitlines() == [f"{default_path()}: format {formats.NEWEST}"]


def test_init_makes_a_workspace_once(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    code, out, _ = run("workspace", "init", "--workspace", str(path))
    assert (code, out) == run("workspace", "init", "--workspace", str(path))[:2]
    assert "entries, the journal at 1" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("assets", "set", "nsrs", "max_depth_m=400"), "max_depth_m: found a new value without a source"),
        (("assets", "set", "nsrs", "max_depth_m"), "FIELD=VALUE is needed"),
        (("assets", "set", "nsrs", "max_dept=4"), "found the unknown field 'max_dept'; did you mean 'max_depth_m'"),
        (("assets", "set", "nsrs", "id=x"), "this field is not set by itself"),
        (("assets", "set", "nsrs", "max_depth_m=abc", "--source", "S2"), "found 'abc'; allowed is above 0 to 12000 m"),
        (("assets", "set", "nsrs", "max_depth_m=400", "--source", "S7"), "found the unknown source 'S7'"),
        (("assets", "set", "nsrs", "max_depth_m=400", "--note", "x"), "a date or note without a source"),
        (("assets", "set", "nsrs", "shipment={mass", "--source", "S2"), "a table as in the registry files is needed"),
        (("assets", "set", "nsrr", "name=x"), "found the unknown id 'nsrr'; did you mean 'nsrs'?"),
        (("assets", "set", "nsrs", "name=x", "--kind", "shipp"), "found the unknown kind 'shipp'"),
        (("assets", "set", "nsrs", "name=x", "--why", "a\0b"), "the sign U+0000 (null)"),
        (("assets", "retire", "no-bergen"), "an entry that others name: nsrs; change those first"),
        (("assets", "history", "nsrs", "--field", "depth"), "found the unknown field 'depth'"),
        (("assets", "list", "--as-of", "yesterday"), "--as-of: found 'yesterday'; a time with its zone is needed"),
        (("assets", "list", "--workspace", "a", "--url", "b"), "one of both is allowed"),
        (("assets", "list", "--workspace", "nowhere.sqlite"), "found nothing there; `subrescue workspace init` makes"),
        (("assets", "undo", "--workspace", "shipped"), "travels with the program, which can be read only"),
        (("assets", "list", "--workspace", "shipped", "--as-of", "2026-01-01T00:00Z"), "which can be read only"),
        (("assets", "undo", "--url", "mysql://x/y"), "found a URL of 'mysql'"),
        (("workspace", "init", "--url", "desk"), "--url: found 'desk'; a URL such as postgresql://user@host/database"),
        (("workspace", "info", "--workspace", "nowhere.sqlite"), "found nothing there"),
        (("workspace", "restore", "nowhere.sqlite"), "found no such file"),
        (("workspace", "restore", "."), "found a folder; a file that `workspace backup` wrote is needed"),
        (("assets", "set", "no-ship", "crane_t=5", "--source", "S1", "--date", "soon"), "--date: found 'soon'; a date"),
    ],
)
def test_wrong_input_is_refused_with_what_is_allowed(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, error = run(*words)
    assert (code, out) == (2, "")
    assert said in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("assets", "list"), ("assets", "undo"), ("workspace", "upgrade")])
def test_an_empty_file_is_no_workspace_and_stays_empty(words: tuple[str, ...], tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.touch()
    code, _, error = run(*words, "--workspace", str(notes))
    assert code == 2
    assert f"{notes}: workspace: found nothing there" in error
    assert notes.read_bytes() == b""


@pytest.mark.parametrize("act", ["undo", "redo"])
def test_where_there_is_nothing_to_take_back_the_answer_is_no(act: str) -> None:
    code, _, said = run("assets", act)
    assert code == 1
    assert f"there is nothing to {act} at this desk" in said


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("set", "nsrs", "depth=3"), 2, "the unknown field 'depth'"),
        (("set", "nsrs", "max_depth_m=3", "--source", "S9"), 2, "S9"),
        (("retire", "nsrz"), 2, "nsrz"),
        (("history", "nsrz"), 2, "nsrz"),
        (("undo",), 1, "nothing to undo"),
        (("redo",), 1, "nothing to redo"),
        (("add", "ship", "--set", "id=xx-one"), 2, "name"),
        (("import", "nowhere.csv", "--source", "S1"), 2, "no such file"),
        (("history", "nsrs"), 0, "the registry that travels with the program"),
    ],
)
def test_your_own_workspace_is_made_for_a_change_that_goes_through_and_for_nothing_less(
    words: tuple[str, ...], exit_code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(open_workspace.__kwdefaults__ or {}, "registry", small_registry)
    default_path().unlink()
    code, out, err = run("assets", *words)
    assert (code, said in out + err) == (exit_code, True), (code, out, err)
    assert not default_path().exists()


def test_your_own_workspace_is_made_by_the_first_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_workspace.__kwdefaults__ or {}, "registry", small_registry)
    default_path().unlink()
    assert run("assets", "set", "nsrs", "max_depth_m=400", "--source", "S2")[0] == 0
    assert "max_depth_m: 400 -> 610" in run("assets", "undo")[1]
