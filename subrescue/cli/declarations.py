"""Does the work of `assets template`, `export`, `check`, `diff` and `import`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from subrescue.cli import console, desk
from subrescue.cli.option_groups import Hand, Where
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Source
from subrescue.domain.registry import Registry
from subrescue.domain.unseen import spelt_out
from subrescue.store.files import write_atomically
from subrescue.store.validation import Origin, nearest, validated

if TYPE_CHECKING:
    from subrescue.exchange.declarations.changes import Acceptance
    from subrescue.exchange.declarations.difference import DeclarationDifference, RowDifference
    from subrescue.exchange.declarations.reading import Finding
    from subrescue.store.workspace.workspace import Workspace


@dataclass(frozen=True)
class Filed:
    """As what a declaration is filed: its source, and how far it is trusted."""

    source: str
    title: str | None
    date: str | None
    confidence: str


@dataclass(frozen=True)
class Chosen:
    """What of a declaration is taken: rows and fields as `id` or `id:field`, and more than the plain changes."""

    accept: tuple[str, ...]
    reject: tuple[str, ...]
    conflicts: bool
    cleared: bool
    missing: bool


def template(kind: str, output: Path, language: str) -> None:
    """Write the empty table of a kind."""
    from subrescue.exchange.declarations import templates

    write_atomically(output, templates.template(kind, _ending(output, templates.SUFFIXES), language))


def _ending(output: Path, allowed: Sequence[str]) -> str:
    """The ending of a name, which says what kind of file is written; raises InputError for another."""
    ending = output.suffix.lower()
    if ending not in allowed:
        found = f"the ending '{output.suffix}'"
        raise InputError(Problem("--output", found, f"allowed are {', '.join(allowed)}", file=str(output)))
    return ending


def export(
    output: Path,
    *,
    kinds: tuple[str, ...],
    nations: tuple[str, ...],
    statuses: tuple[str, ...],
    language: str,
    marking: str,
    originator: str,
    exercise: bool,
    where: Where,
) -> None:
    """Write a product; raises InputError for a selection that fits nothing."""
    from subrescue.exchange.exports.files import SUFFIXES, to_file
    from subrescue.exchange.exports.marks import in_language
    from subrescue.exchange.exports.product import Selection, checked_text, product
    from subrescue.store.instant_text import parse_instant

    ending = _ending(output, SUFFIXES)
    registry = desk.registry(where)
    _refuse_unknown(registry, kinds, nations, statuses)
    made = product(
        registry,
        Selection(kinds, tuple(nation.upper() for nation in nations), statuses),
        language=language,
        marking=checked_text("--marking", in_language(marking, language)),
        originator=checked_text("--originator", in_language(originator, language)),
        as_of=desk.now() if where.as_of is None else parse_instant(where.as_of, "--as-of"),
        exercise=exercise,
    )
    write_atomically(output, to_file(made, ending))


def _refuse_unknown(registry: Registry, kinds: Sequence[str], nations: Sequence[str], statuses: Sequence[str]) -> None:
    """Raise InputError for a nation that declares nothing of these kinds, or a status that there is not."""
    from subrescue.cli.assets import no_such_nation
    from subrescue.domain.agreements import AgreementState
    from subrescue.domain.assets import AssetStatus
    from subrescue.domain.mates import MateState
    from subrescue.exchange.assets import GROUPS, entries

    asked: list[str | None] = [kind for kind in kinds if kind in GROUPS] or [None]
    for nation in nations:
        if not any(entries(registry, nation, kind) for kind in asked):
            raise no_such_nation(registry, nation, asked)
    known = list(dict.fromkeys(str(one.value) for group in (AssetStatus, AgreementState, MateState) for one in group))
    for status in statuses:
        if status not in known:
            raise InputError(Problem("--status", f"'{status}'", nearest(status, known)))


def check(file: Path, where: Where) -> int:
    """Tell all findings of a declaration; the exit code."""
    difference = _compared(file, None, desk.registry(where))
    rows = sum(row.row is not None for row in difference.rows)
    console.emit(f"{spelt_out(file.name)}: {rows} rows can be read, {_wrong(difference.findings)} faults\n")
    return _told(difference.findings)


def diff(file: Path, source: str | None, where: Where) -> int:
    """Tell what a declaration would change, and its findings; the exit code."""
    from subrescue.exchange.declarations.difference import RowState

    difference = _compared(file, source, desk.registry(where))
    lines: list[str] = []
    for row in difference.rows:
        if row.state is not RowState.UNCHANGED:
            lines += _row_lines(row)
    counts = ", ".join(f"{len(difference.of(state))} {state.value}" for state in RowState)
    console.emit(spelt_out("\n".join([*lines, counts])) + "\n")
    return _told(difference.findings)


def import_file(file: Path, filed: Filed, chosen: Chosen, hand: Hand) -> int:
    """Apply what is taken of a declaration to a workspace as one command; nothing where the file has faults."""
    from subrescue.domain.evidence import Confidence
    from subrescue.exchange.declarations.changes import count_taken, import_changes
    from subrescue.store.workspace.command import Command

    def taken(opened: Workspace) -> tuple[DeclarationDifference, str]:
        registry = opened.registry()
        source = _source(registry, filed)
        difference = _compared(file, source.id, registry)
        if _wrong(difference.findings):
            return difference, ""
        accepted = tuple(_taken(difference, chosen))
        changes = import_changes(registry, difference, accepted, source, filed.date, Confidence(filed.confidence))
        if not changes:
            return difference, "nothing to change\n"
        stamp = desk.stamp(hand.who, hand.why or f"Import of {spelt_out(file.name)}")
        done = opened.apply(Command(**stamp.model_dump(), changes=changes))
        count = count_taken(accepted, done.changes)
        words = f"{count} {'entry' if count == 1 else 'entries'} changed by command {done.revision} in {opened.place}"
        return difference, f"{words}; `subrescue assets undo` takes it back\n"

    difference, words = desk.done(hand.workspace, hand.url, taken)
    if (code := _told(difference.findings)) != console.FINE:
        console.complain("nothing was imported")
        return code
    console.emit(words)
    return console.FINE


def _source(registry: Registry, filed: Filed) -> Source:
    """The source that a declaration is filed under: a known one, or a new one by its title."""
    known = registry.sources.get(filed.source)
    if known is not None:
        if filed.title is not None and filed.title != known.title:
            raise InputError(Problem("--source-title", f"'{filed.title}'", f"{known.id} is '{known.title}' already"))
        return known
    if filed.title is None:
        hint = f"{nearest(filed.source, list(registry.sources))}; a new source needs --source-title"
        raise InputError(Problem("--source", f"the unknown source '{filed.source}'", hint))
    data = {"id": filed.source, "title": filed.title, "date": desk.dated(filed.date)}
    return validated(Source, {name: value for name, value in data.items() if value is not None}, Origin())


def _taken(difference: DeclarationDifference, chosen: Chosen) -> Iterator[Acceptance]:
    """The rows and fields that are taken; raises InputError for a name that the difference does not have."""
    from subrescue.exchange.declarations.changes import Acceptance, accepted

    rows = {row.entry_id: {field.field for field in row.fields} for row in difference.rows}
    asked: dict[str, dict[str, set[str] | None]] = {}
    for option, texts in (("--accept", chosen.accept), ("--reject", chosen.reject)):
        asked[option] = {}
        for text in texts:
            entry_id, _, field = text.partition(":")
            if entry_id not in rows or (field and field not in rows[entry_id]):
                hint = nearest(field, sorted(rows[entry_id])) if entry_id in rows else nearest(entry_id, sorted(rows))
                raise InputError(Problem(option, f"'{text}', of which nothing differs", hint))
            fields = asked[option].setdefault(entry_id, set())
            asked[option][entry_id] = None if not field or fields is None else fields | {field}
    only, never = asked["--accept"], asked["--reject"]
    for one in accepted(
        difference,
        conflicts=chosen.conflicts or bool(only),
        cleared=chosen.cleared or bool(only),
        missing=chosen.missing or bool(only),
    ):
        if (only and one.entry_id not in only) or (one.entry_id in never and never[one.entry_id] is None):
            continue
        fields = set(one.fields) if one.fields is not None else None
        wanted, unwanted = only.get(one.entry_id), never.get(one.entry_id)
        if wanted is not None or unwanted is not None:
            fields = rows[one.entry_id] if fields is None else fields
            fields = (fields if wanted is None else fields & wanted) - (unwanted or set())
            if not fields:
                continue
        yield Acceptance(one.kind, one.entry_id, None if fields is None else tuple(sorted(fields)))


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


def _compared(file: Path, source: str | None, registry: Registry) -> DeclarationDifference:
    from subrescue.exchange.declarations.difference import compare
    from subrescue.exchange.declarations.reading import read_declaration

    return compare(registry, read_declaration(file), source)


def _wrong(findings: Iterable[Finding]) -> int:
    return sum(not finding.warning for finding in findings)


def _told(findings: Iterable[Finding]) -> int:
    for finding in findings:
        console.complain(spelt_out(f"warning: {finding}" if finding.warning else str(finding)))
    return console.WRONG if _wrong(findings) else console.FINE
