"""The history of an entry from the journal: who changed which fact when and why, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import later, tr
from subrescue.exchange.declarations.shown import in_words
from subrescue.exchange.languages import colon
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import facts_of
from subrescue.exchange.wording import text
from subrescue.store.workspace.command import FieldChange
from subrescue.store.workspace.fields import EVIDENCE, WHOLE, unit
from subrescue.store.workspace.offers import FROM_PROGRAM

_FROM_PROGRAM = later("the registry that travels with the program")
"""Why a workspace began with an entry; what people gave as their reason stays in their words."""


def history_html(row: Row | None, changes: Sequence[FieldChange], field: str, theme: Theme) -> str:
    """The changes of an entry, newest first, the facts by their titles; those of `field` are marked."""
    if row is None:
        return f"<p style='color:{theme.quiet}'>{escape(text('registry.detail.none'))}</p>"
    titles = {fact.path.split(".")[0]: tr(fact.title).split(":")[0].rstrip() for fact in facts_of(row.kind)}
    parts = [f"<h4>{escape(getattr(row.entry, 'name', row.entry.id))}</h4>"]
    for change in reversed(changes):
        root = unit(change.field)
        title = titles.get(root, root) if change.field != WHOLE else text("journal.whole")
        if change.field.startswith(f"{EVIDENCE}."):
            title = text("registry.history.evidence", {"fact": title})
        marked = "▸ " if field and root == field.split(".")[0] else ""
        before, after = (escape(in_words(value, change.field)) for value in (change.before, change.after))
        said = tr(_FROM_PROGRAM) if change.why == FROM_PROGRAM else change.why
        why = f"<br><i>{escape(said)}</i>" if said else ""
        parts.append(
            f"<p style='margin:0 0 6px 0'><span style='color:{theme.quiet}'>{change.at:%Y-%m-%d %H:%M:%SZ} "
            f"{escape(change.who)}, {escape(text(f'journal.{change.act.value}', {'of': change.of_revision}))}</span>"
            f"<br>{marked}<b>{escape(title)}</b>{colon()}{before} → {after}{why}</p>"
        )
    return "".join(parts)
