"""Places, formats, backups: a workspace is found, made once, upgraded on a copy, restored, or plainly refused."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.sighting import Sighting
from subrescue.store.workspace import backup, formats, integrity, journal
from subrescue.store.workspace.command import FieldChange
from subrescue.store.workspace.opening import open_workspace, upgrade_workspace
from subrescue.store.workspace.own_place import default_path
from subrescue.store.workspace.place import place_of
from subrescue.store.workspace.tables import METADATA
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import (
    MORNING,
    SHIP,
    command,
    minutes,
    new_ship,
    retiring,
    setting,
    small_registry,
    stamp,
)

FIRST_FORMAT = Path(__file__).parents[2] / "data" / "workspaces" / "format-0001.sqlite"


def faults(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return integrity.faults(connection)


def journal_of(workspace: Workspace) -> list[FieldChange]:
    with workspace.reading() as connection:
        return list(journal.export(connection))


def back_up(workspace: Workspace, target: Path) -> None:
    with workspace.reading() as connection:
        backup.backup(connection, place_of(workspace.place), target)


def test_the_first_start_makes_the_file_in_the_users_data_folder(throwaway_profile: Path) -> None:
    with open_workspace(now=MORNING, registry=small_registry) as workspace:
        info = workspace.info()
    assert Path(info.place) == default_path()
    assert throwaway_profile in default_path().parents
    assert (info.revision, info.retired, info.made_at, info.last_at) == (1, 0, MORNING, MORNING)
    standing = {kind: number for kind, number in info.standing.items() if number}
    assert standing == {"source": 2, "rescue_system": 1, "ship": 1}


def test_the_newest_format_is_the_last_step_and_makes_the_tables_of_the_models(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(Path(formats.__file__).parent / "migrations")).get_current_head() == formats.NEWEST
    with open_workspace(place, now=MORNING) as workspace, workspace.reading() as connection:
        tables = {"include_object": lambda thing, name, kind, *_: name != formats.FORMAT_TABLE}
        context = MigrationContext.configure(connection, opts={**tables, "version_table": formats.FORMAT_TABLE})
        assert compare_metadata(context, METADATA) == []


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A workspace of the first format: a seed, and an edit by a desk whose clock was an hour fast."""
    return Path(shutil.copy(FIRST_FORMAT, tmp_path / "old.sqlite"))


def test_a_workspace_of_the_first_format_opens_and_is_kept_as_it_was(old_file: Path) -> None:
    with open_workspace(old_file, now=MORNING, make=False) as workspace:
        assert faults(workspace) == []
        assert workspace.info().format == formats.NEWEST
        assert workspace.registry().ships["no-bergen"].crane_t == 30.0
        assert workspace.undoable("south") is not None
    kept = sqlite3.connect(old_file.with_name("old.format-0001.sqlite"))
    assert kept.execute("SELECT version_num FROM workspace_format").fetchall() == [("0001",)]
    assert kept.execute("SELECT count(*), max(revision) FROM commands").fetchall() == [(6, 6)]
    kept.close()
    assert [path.name for path in sorted(old_file.parent.glob("old*"))] == ["old.format-0001.sqlite", "old.sqlite"]


def test_a_workspace_from_before_observations_opens_is_kept_and_takes_one(tmp_path: Path) -> None:
    # A seed, edits by two desks with an undo, and a ship whose position somebody typed.
    old = Path(shutil.copy(FIRST_FORMAT.with_name("format-0002.sqlite"), tmp_path / "old.sqlite"))
    with open_workspace(old, now=MORNING, make=False) as workspace:
        assert faults(workspace) == []
        assert workspace.info().format == formats.NEWEST
        ship = workspace.registry().ships["no-bergen"]
        assert (ship.mmsi, ship.speed_kn, ship.seen) == (257000001, 20, None)
        seen = Sighting(position=Position(lat_deg=61, lon_deg=4), at=minutes(30), source="AIS")
        workspace.observe(stamp(minutes(31)), {"no-bergen": seen})
        assert workspace.registry().ships["no-bergen"].seen == seen
        assert workspace.registry().ships["no-bergen"].fix == ship.fix
        assert faults(workspace) == []
        assert workspace.redoable("north") is not None
    assert old.with_name("old.format-0002.sqlite").exists()


def test_a_command_of_a_desk_whose_clock_is_behind_stands_from_the_one_before_it(old_file: Path) -> None:
    with open_workspace(old_file, now=MORNING) as workspace:
        depths = [
            workspace.registry_as_of(minutes(minute)).rescue_systems["nsrs"].max_depth_m for minute in (1, 59, 60)
        ]
        told = workspace.history("nsrs", "max_depth_m")[-1]
    assert depths == [610.0, 610.0, 600.0]
    assert told.at == minutes(2)


def test_an_upgrade_that_fails_leaves_the_old_workspace(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old_file.read_bytes()

    def fails(connection: Any, number: str = formats.NEWEST) -> None:
        if number == formats.NEWEST:
            connection.execute(text("DROP TABLE changes"))
            raise InputError(())
        original(connection, number)

    original = formats.bring_to_newest
    monkeypatch.setattr(formats, "bring_to_newest", fails)
    with pytest.raises(InputError):
        open_workspace(old_file, now=MORNING)
    monkeypatch.undo()
    with sqlite3.connect(old_file) as left:
        assert left.execute("SELECT count(*) FROM changes").fetchone()[0] > 0
    left.close()
    assert before[:16] == b"SQLite format 3\0"
    with open_workspace(old_file, now=MORNING) as workspace:
        assert faults(workspace) == []


def test_an_old_workspace_on_a_server_is_upgraded_when_asked_only(
    postgres_databases: Callable[[str], str], old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres_databases("old")
    with monkeypatch.context() as then:
        then.setattr(formats, "NEWEST", "0001")
        then.setattr(formats.bring_to_newest, "__defaults__", ("0001",))
        backup.restore(old_file, place_of(url), MORNING)
    with pytest.raises(InputError, match="found the older format 0001; `subrescue workspace upgrade` brings it"):
        open_workspace(url, now=MORNING)
    kept = upgrade_workspace(url)
    assert kept is not None
    assert kept.name == "old.format-0001.sqlite"
    with open_workspace(url, now=MORNING) as workspace, open_workspace(kept, now=MORNING) as copy:
        assert faults(workspace) == faults(copy) == []
        assert workspace.registry() == copy.registry()
        assert journal_of(workspace) == journal_of(copy)
    assert upgrade_workspace(url) is None


def test_a_format_of_a_newer_program_is_refused(place: str) -> None:
    with open_workspace(place, now=MORNING) as workspace, workspace.writing() as connection:
        connection.execute(text("UPDATE workspace_format SET version_num = '9999'"))
    try:
        with pytest.raises(InputError, match="found the format 9999; this program knows formats up to"):
            open_workspace(place, now=MORNING)
    finally:
        from subrescue.store.workspace import engine as engines

        engine = engines.engine_of(place_of(place))
        with engines.writing(engine, place_of(place)) as connection:
            connection.execute(text(f"UPDATE workspace_format SET version_num = '{formats.NEWEST}'"))
        engine.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        "workspace_format SET version_num = '-1'",
        "workspace_format SET version_num = '0000'",
        "workspace_format SET version_num = x'ff00'",
        "workspace SET made_at = 'noon'",
        "workspace SET revision = '{}'",
        "commands SET at = 5",
        "commands SET act = 'x'",
        "commands SET who = x'ff'",
        "changes SET entry_id = x'ff00'",
        "entries SET data = '{\"id\": 5}'",
        "entries SET data = '{'",
    ],
)
def test_a_file_with_values_that_nobody_here_wrote_is_refused_by_its_name(
    damage: str, small_file: Path, tmp_path: Path
) -> None:
    path = shutil.copy(small_file, tmp_path / "w.sqlite")
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"UPDATE {damage}")
        base.commit()
    with pytest.raises(InputError) as caught:
        _read_all(path)
    assert all(problem.file == str(path) for problem in caught.value.problems)


def _read_all(path: Path) -> None:
    with open_workspace(path, now=MORNING) as workspace:
        workspace.info()
        workspace.registry()
        journal_of(workspace)


def test_a_backup_holds_all_and_restores_on_either_kind_of_database(
    workspace: Workspace, empty_place: str, tmp_path: Path
) -> None:
    workspace.apply(command(new_ship("pl-piast"), setting(workspace, SHIP, speed_kn=12.5), at=minutes(1)))
    workspace.apply(command(retiring(workspace, ("ship", "pl-piast")), at=minutes(2)))
    workspace.undo(stamp(minutes(3)))
    target = tmp_path / "kept.sqlite"
    back_up(workspace, target)
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.sqlite"]
    before = target.read_bytes()
    assert backup.restore(target, place_of(empty_place), minutes(4)) is None
    assert target.read_bytes() == before
    with open_workspace(empty_place, now=MORNING, make=False) as restored:
        assert faults(restored) == []
        assert restored.registry() == workspace.registry()
        assert journal_of(restored) == journal_of(workspace)
        assert restored.mark()[0] != workspace.mark()[0]
        assert restored.redo(stamp(minutes(5))) is not None


def test_a_restore_keeps_what_was_there_and_other_desks_see_it(
    opened: Callable[[], Workspace], place: str, tmp_path: Path
) -> None:
    north, south = opened(), opened()
    target = tmp_path / "kept.sqlite"
    back_up(north, target)
    north.apply(command(setting(north, SHIP, speed_kn=1.0)))
    assert south.registry().ships["no-bergen"].speed_kn == 1.0
    kept = backup.restore(target, place_of(place), minutes(9))
    assert kept is not None
    assert kept.name.endswith(".before-restore-20261123T080900Z.sqlite")
    assert south.registry() == small_registry()
    with open_workspace(kept, now=MORNING, make=False) as as_it_was:
        assert as_it_was.registry().ships["no-bergen"].speed_kn == 1.0


def test_a_broken_backup_is_refused_and_nothing_changes(workspace: Workspace, place: str, tmp_path: Path) -> None:
    target = tmp_path / "kept.sqlite"
    back_up(workspace, target)
    with sqlite3.connect(target) as connection:
        connection.execute("""UPDATE entries SET data = replace(data, '20.0', '21.0') WHERE kind = 'ship'""")
    connection.close()
    with pytest.raises(InputError, match=r"ship\[no-bergen\] is not what the journal makes of it: speed_kn"):
        backup.restore(target, place_of(place), MORNING)
    assert workspace.registry() == small_registry()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE entries SET data = '{\"id' WHERE kind = 'ship'", "found a broken database; restore a backup"),
        ("UPDATE entries SET data = '{}' WHERE kind = 'ship'", "ship[no-bergen].id: found nothing"),
    ],
)
def test_a_spoilt_row_is_told_in_plain_words(workspace: Workspace, spoil: str, said: str) -> None:
    with workspace.writing() as connection:
        connection.execute(text(spoil.replace(":", "\\:")))
    with pytest.raises(InputError) as refused:
        workspace.registry()
    assert said in str(refused.value)


def test_a_file_cut_short_is_told_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "cut.sqlite"
    path.write_bytes(FIRST_FORMAT.read_bytes()[:20_000])
    with pytest.raises(InputError, match="found a broken database; restore a backup"):
        open_workspace(path, now=MORNING)
    assert not list(tmp_path.glob("cut.format*"))


def test_a_backup_overwrites_nothing(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "kept.sqlite"
    target.write_text("mine", "utf-8")
    with pytest.raises(InputError, match="found a file that is there already; another name is needed"):
        back_up(workspace, target)
    with pytest.raises(InputError, match="found a place that cannot be written"):
        back_up(workspace, tmp_path / "nowhere" / "kept.sqlite")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("text.sqlite", b"no database at all, only some text that is long enough", "a file that is no workspace"),
        ("folder", None, "found a folder; the name of a file is needed"),
        ("missing.sqlite", None, "found nothing there; `subrescue workspace init` makes one"),
    ],
)
def test_what_is_no_workspace_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        open_workspace(tmp_path / name, now=MORNING, make=False)
    assert said in str(refused.value)


def test_without_the_driver_of_postgresql_the_user_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"driver is not installed; install it: pip install 'subrescue\[postgres\]'"):
        open_workspace("postgresql://desk@127.0.0.1/x", now=MORNING)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.gpkg") as other:
        other.execute("CREATE TABLE gpkg_contents (name TEXT)")
    other.close()
    before = (tmp_path / "other.gpkg").read_bytes()
    with pytest.raises(InputError, match=r"a database of something else \(its tables: gpkg_contents\)"):
        open_workspace(tmp_path / "other.gpkg", now=MORNING)
    assert (tmp_path / "other.gpkg").read_bytes() == before


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://a@b/c", "found a URL of 'mysql'; sqlite and postgresql are allowed"),
        ("sqlite://", "which names no file"),
        ("postgresql://desk:secret@127.0.0.1:1/none", "a database that says: connection failed"),
        ("://", "a URL that cannot be read"),
        (" ", "an empty name"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused_and_no_password_is_told(url: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        open_workspace(url, now=MORNING)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)
