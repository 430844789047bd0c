"""An entry taken apart into fields and put together again, so that the journal holds what changed and no more."""

from __future__ import annotations

from typing import Any

from subrescue.domain.errors import InputError, Problem

Entry = dict[str, Any]
Key = tuple[str, str]
"""Kind and id of an entry."""

ChangedField = tuple[str, Any, Any]
"""Field, value before, value after; None where it is not known."""

WHOLE = ""
"""The name of the field where an entry is made or retired as a whole."""

EVIDENCE = "evidence"
_PREFIX = f"{EVIDENCE}."

OBSERVED: dict[str, str] = {"ship": "seen"}
"""The field of a kind that observations alone change: an edit, an import and an undo leave it as it stands."""

OBSERVED_BY: dict[str, str] = {"ship": "mmsi"}
"""The field by which what is observed is known: where an edit changes it, what was observed was of another one."""


def flat(entry: Entry) -> dict[str, Any]:
    """The fields by name, the evidence of each as `evidence.NAME`."""
    fields = {name: value for name, value in entry.items() if name != EVIDENCE}
    for name, statements in (entry.get(EVIDENCE) or {}).items():
        fields[_PREFIX + name] = statements
    return fields


def differences(before: Entry | None, after: Entry | None) -> list[ChangedField]:
    """What turns one state of an entry into another; one whole row where either is not there."""
    if before is None or after is None:
        return [] if before is after else [(WHOLE, before, after)]
    old, new = flat(before), flat(after)
    names = [*old, *(name for name in new if name not in old)]
    return [(name, old.get(name), new.get(name)) for name in names if not same(old.get(name), new.get(name))]


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: unlike for Python, `true` is not 1, though 5 is 5.0."""
    # What is written alike is alike, and most is: only the rest is looked through.
    return bool(one == other) and (repr(one) == repr(other) or _same_kinds(one, other))


def _same_kinds(one: Any, other: Any) -> bool:
    """Whether two values that are equal for Python have true and false in the same places."""
    if isinstance(one, dict):
        return all(_same_kinds(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple):
        return all(_same_kinds(a, b) for a, b in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool)


def with_field(entry: Entry | None, field: str, value: Any) -> Entry | None:
    """The entry with one field set, or taken out where the value is None; a whole row replaces the entry.

    Raises InputError where there is no entry: the journal is broken.
    """
    if field == WHOLE:
        return None if value is None else dict(value)
    if entry is None:
        found = f"a journal that changes the field '{field}' of an entry that is not there"
        raise InputError(Problem("workspace", found, "restore a backup: `subrescue workspace restore`"))
    changed = dict(entry)
    place = changed
    name = field
    if field.startswith(_PREFIX):
        place = changed[EVIDENCE] = dict(changed.get(EVIDENCE) or {})
        name = field.removeprefix(_PREFIX)
    if value is None:
        place.pop(name, None)
    else:
        place[name] = value
    return changed


def unit(field: str) -> str:
    """The fact that a field belongs to, value and evidence together: `evidence.shipment.mass_t` is of `shipment`."""
    return field.removeprefix(_PREFIX).split(".")[0]


def observed_as_in(entry: Entry | None, kind: str, stands: Entry | None) -> Entry | None:
    """The entry with what is observed of it as in another state; without it where that state has none."""
    name = OBSERVED.get(kind)
    if entry is None or name is None:
        return entry
    return with_field(entry, name, (stands or {}).get(name))


def is_of_another(kind: str, before: Entry | None, after: Entry | None) -> bool:
    """Whether a change makes what was observed of an entry an observation of something else."""
    name = OBSERVED_BY.get(kind)
    return name is not None and before is not None and after is not None and before.get(name) != after.get(name)
