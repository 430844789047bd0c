"""The commands `workspace init`, `info`, `journal`, `backup`, `restore` and `upgrade`."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

from subrescue.cli import console, desk
from subrescue.exchange.json_text import json_text


def init(workspace: Path | None, url: str | None) -> None:
    """Make a workspace, or say that it is there; raises InputError where it cannot be made."""
    from subrescue.store.workspace.opening import open_workspace

    with open_workspace(desk.place(workspace, url), now=desk.now()) as opened:
        found = opened.info()
    total = sum(found.standing.values())
    console.emit(f"{found.place}: {total} entries, the journal at {found.revision}\n")


def info(workspace: Path | None, url: str | None, check: bool, form: str) -> int:
    """Write what a workspace is and holds; the exit code. Raises InputError where there is none."""
    from subrescue.cli import offers

    with desk.opened(workspace, url, make=False) as opened:
        found = opened.info()
        offered = offers.counted(opened)
        faults: list[str] | None = None
        if check:
            from subrescue.store.workspace import integrity

            with opened.reading() as connection:
                faults = integrity.faults(connection)
    if form == "json":
        data = found.model_dump(mode="json") | {"offered": asdict(offered)}
        data |= {} if faults is None else {"faults": faults}
        console.emit(json_text(data), form=form)
    else:
        lines = [
            f"place       {found.place}",
            f"format      {found.format}",
            f"made        {found.made_at:%Y-%m-%d %H:%M:%SZ}",
            f"journal     {found.revision} commands"
            + (f", the last {found.last_at:%Y-%m-%d %H:%M:%SZ}" if found.last_at else ""),
            *(f"{kind:<20} {count:>7,}" for kind, count in found.standing.items()),
            f"{'retired':<20} {found.retired:>7,}",
            *([f"{offers.words(offered)}: `subrescue workspace offer` lists it"] if offered.total else []),
        ]
        if faults is not None:
            lines += ["whole: the entries are what the journal makes of them"] if not faults else []
        console.emit("\n".join(lines) + "\n")
    for fault in faults or ():
        console.complain(fault)
    return console.CANNOT if faults else console.FINE


def journal(workspace: Path | None, url: str | None, form: str, output: Path | None) -> None:
    """Write the journal; raises InputError where there is no workspace."""
    from subrescue.exchange import journal as written
    from subrescue.store.workspace import journal as read

    with desk.opened(workspace, url, make=False) as opened, opened.reading() as connection:
        rows = read.export(connection)
        console.emit_in(
            form,
            output,
            partial(written.as_table, rows),
            jsonl=lambda: "".join(written.as_json_lines(rows)),
            csv=partial(written.as_csv, rows),
        )


def backup(file: Path, workspace: Path | None, url: str | None) -> None:
    """Back a workspace up; raises InputError where there is none or the file cannot be written."""
    from subrescue.store.workspace import backup as kept
    from subrescue.store.workspace.place import place_of

    with desk.opened(workspace, url, make=False) as opened, opened.reading() as connection:
        kept.backup(connection, place_of(desk.place(workspace, url)), file)
    console.emit(f"{file}: a backup of {opened.place}\n")


def restore(file: Path, workspace: Path | None, url: str | None) -> None:
    """Restore a backup; raises InputError where it is none."""
    from subrescue.store.workspace import backup as kept
    from subrescue.store.workspace.place import place_of

    place = place_of(desk.place(workspace, url))
    before = kept.restore(file, place, desk.now())
    said = f"{place}: restored from {file}\n" + (f"{before}: what was there before\n" if before is not None else "")
    console.emit(said)


def upgrade(workspace: Path | None, url: str | None) -> None:
    """Bring a workspace to the newest format; raises InputError where there is none."""
    from subrescue.store.workspace.formats import NEWEST
    from subrescue.store.workspace.opening import upgrade_workspace
    from subrescue.store.workspace.place import place_of

    where = desk.place(workspace, url)
    before = upgrade_workspace(where)
    said = f"{before}: the old one, kept\n" if before is not None else ""
    console.emit(f"{said}{place_of(where)}: format {NEWEST}\n")
