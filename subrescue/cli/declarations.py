"""Does the work of `assets template`, `assets export`, `assets check` and `assets diff`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from subrescue.cli import console
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.store.files import write_atomically

if TYPE_CHECKING:
    from subrescue.exchange.declarations.difference import Difference, RowDifference
    from subrescue.exchange.declarations.reading import Finding


def registry() -> Registry:
    """The registry that files are made from and compared with: the one place to plug a workspace in."""
    from subrescue.store.registry import load_registry

    return load_registry()


def template(kind: str, output: Path, language: str) -> None:
    """Write the empty table of a kind."""
    from subrescue.exchange.declarations import templates

    write_atomically(output, templates.template(kind, output.suffix.lower(), language))


def export(
    output: Path,
    *,
    kinds: tuple[str, ...],
    nations: tuple[str, ...],
    statuses: tuple[str, ...],
    language: str,
    marking: str,
    originator: str,
    as_of: str | None,
    exercise: bool,
) -> None:
    """Write a product; raises InputError for a selection that fits nothing and for a time without its zone."""
    from subrescue.exchange.exports.files import SUFFIXES, to_file
    from subrescue.exchange.exports.product import Selection, checked_text, product

    if output.suffix.lower() not in SUFFIXES:
        found = f"the ending '{output.suffix}'"
        raise InputError(Problem("--output", found, f"allowed are {', '.join(SUFFIXES)}", file=str(output)))
    made = product(
        registry(),
        Selection(kinds, tuple(nation.upper() for nation in nations), statuses),
        language=language,
        marking=checked_text("--marking", marking),
        originator=checked_text("--originator", originator),
        as_of=_time(as_of),
        exercise=exercise,
    )
    write_atomically(output, to_file(made, output.suffix.lower()))


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    allowed = "a time with its zone is needed: 2026-11-23T14:07Z"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(Problem("--as-of", f"'{text}'", allowed)) from None
    if moment.tzinfo is None:
        raise InputError(Problem("--as-of", f"'{text}', a time without a zone", allowed))
    return moment


def check(file: Path) -> int:
    """Tell all findings of a declaration; the exit code."""
    difference = _compared(file, None)
    rows = sum(row.row is not None for row in difference.rows)
    console.emit(f"{_plain(file.name)}: {rows} rows can be read, {_wrong(difference.findings)} faults\n", None)
    return _told(difference.findings)


def diff(file: Path, source: str | None) -> int:
    """Tell what a declaration would change, and its findings; the exit code."""
    from subrescue.exchange.declarations.difference import RowState

    difference = _compared(file, source)
    lines: list[str] = []
    for row in difference.rows:
        if row.state is not RowState.UNCHANGED:
            lines += _row_lines(row)
    counts = ", ".join(f"{len(difference.of(state))} {state.value}" for state in RowState)
    console.emit(_plain("\n".join([*lines, counts])) + "\n", None)
    return _told(difference.findings)


def _row_lines(row: RowDifference) -> Iterable[str]:
    where = f" (row {row.row})" if row.row is not None else ""
    yield f"{row.state.value} {row.kind} {row.entry_id}: {row.name}{where}"
    if row.before is None:
        return
    for field in row.fields:
        against = f"; other sources: {', '.join(field.conflicts)}" if field.conflicts else ""
        yield f"    {field.field}: {_shown(field.before)} -> {_shown(field.after)}{against}"


def _shown(value: Any) -> str:
    if value is None:
        return "unknown"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."


def _compared(file: Path, source: str | None) -> Difference:
    from subrescue.exchange.declarations.difference import compare
    from subrescue.exchange.declarations.reading import read_declaration

    return compare(registry(), read_declaration(file), source)


def _wrong(findings: Iterable[Finding]) -> int:
    return sum(not finding.warning for finding in findings)


def _told(findings: Iterable[Finding]) -> int:
    for finding in findings:
        console.complain(_plain(f"warning: {finding}" if finding.warning else str(finding)))
    return console.WRONG if _wrong(findings) else console.FINE


def _plain(text: str) -> str:
    """Text of a foreign file without the signs that steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)
