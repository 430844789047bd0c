"""What a source says of fields of an entry, as a change: the new value with its source, the old one kept as dissent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Evidence
from subrescue.domain.quantities import Pert
from subrescue.store.tables import at
from subrescue.store.workspace.entries import dump, model_of
from subrescue.store.workspace.fields import EVIDENCE, Entry, same

WITHOUT_EVIDENCE = frozenset(
    {"name", "nations", "operator", "notes", "vehicle_type", "intervention_kind", "role", "charter", "civilian"}
)
"""Fields that name and describe rather than state a fact; any other needs a source."""


def stated(
    kind: str, entry_id: str, before: Entry, values: Mapping[str, Any], statement: Evidence | None
) -> EntryChange:
    """The change that sets fields (`max_depth_m`, `shipment.mass_t`; None for not known) on the word of a source.

    What other sources said of the old value stays in the evidence, with that value. Raises InputError where a field
    needs a source and none is given.
    """
    evidence = {name: list(items) for name, items in (before.get(EVIDENCE) or {}).items()}
    has_evidence = EVIDENCE in model_of(kind).model_fields
    after = dict(before)
    problems = []
    for field, value in values.items():
        old = at(before, field.split("."))
        if same(old, value):
            continue
        after = _with(after, field.split("."), value)
        if not has_evidence or (statement is None and field.split(".")[0] in WITHOUT_EVIDENCE):
            continue
        if statement is None:
            problems.append(Problem(field, "a new value without a source", "every fact needs a source: name its id"))
            continue
        root = field.split(".")[0]
        name = root if root in evidence and field not in evidence else field  # `base` stands for its position too
        others = [item for item in evidence.get(name, ()) if item["source"] != statement.source]
        evidence[name] = [dump(statement), *(dissent(item, old) for item in others)]
    if problems:
        raise InputError(problems)
    if has_evidence:
        after[EVIDENCE] = evidence
    return EntryChange(kind=kind, entry_id=entry_id, before=before, after=after)


def dissent(item: Entry, old: Any) -> Entry:
    """What a source said of the old value: the value goes with it, as text where it is no plain one."""
    if "value" in item or old is None:
        return item
    if isinstance(old, dict) and old.keys() == Pert.model_fields.keys():
        old = "/".join(f"{old[name]:g}" for name in Pert.model_fields)
    elif isinstance(old, list) and all(isinstance(part, str) for part in old):
        old = ", ".join(old)
    elif not isinstance(old, str | float | int):
        old = json.dumps(old, ensure_ascii=False)
    return {**item, "value": old}


def _with(entry: Entry, path: list[str], value: Any) -> Entry:
    name, *rest = path
    changed = dict(entry)
    if rest:
        changed[name] = _with(changed.get(name) or {}, rest, value)
    elif value is None:
        changed.pop(name, None)
    else:
        changed[name] = value
    return changed
