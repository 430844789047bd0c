"""What can go wrong with a command: somebody else was quicker; the error holds both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from subrescue.domain.errors import InputError, Problem
from subrescue.store.validation import shown
from subrescue.store.workspace.command import JournalRow
from subrescue.store.workspace.fields import Entry
from subrescue.store.workspace.merge import FieldView, side_by_side


@dataclass(frozen=True)
class Stale:
    """An entry that is not any more what a change was made from; `last` is the command that made it so."""

    kind: str
    entry_id: str
    base: Entry | None
    mine: Entry | None
    theirs: Entry | None
    last: JournalRow | None

    def fields(self) -> tuple[FieldView, ...]:
        """Every fact that either side changed, side by side; `conflict` where both did, differently."""
        return side_by_side(self.base, self.mine, self.theirs)


class StaleWriteError(InputError):
    """A command is refused as another desk changed the same entries meanwhile; nothing of it was applied.

    `stale` holds base, mine and theirs of each such entry; `merge.merge` settles what does not conflict.
    """

    def __init__(self, stale: Sequence[Stale]) -> None:
        self.stale = tuple(stale)
        super().__init__([problem for entry in stale for problem in _problems(entry)])


def _problems(stale: Stale) -> list[Problem]:
    name = f"{stale.kind}[{stale.entry_id}]"
    who = f"{stale.last.who} at {stale.last.at:%Y-%m-%d %H:%M:%SZ}" if stale.last else "another desk"
    views = stale.fields()
    conflicts = [view for view in views if view.conflict]
    if not conflicts:
        found = f"an entry that {who} changed meanwhile"
        return [Problem(name, found, "both changes can stand: apply it again, merging")]
    problems = []
    for view in conflicts:
        field = f"{name}.{view.field}" if view.field else name
        if view.field:
            found = f"{shown(view.theirs)} by {who}, where it was {shown(view.base)} and shall be {shown(view.mine)}"
        else:
            found = f"an entry that {who} {'retired' if stale.theirs is None else 'made or changed'} meanwhile"
        problems.append(Problem(field, found, "choose one of both"))
    return problems
