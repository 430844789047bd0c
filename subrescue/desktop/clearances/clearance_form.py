"""The form of one clearance: nations, passages and ships by name, what is refused and the hours that leave takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from subrescue.desktop.casualty.fields import FormField
from subrescue.desktop.clearances.clearance_facts import (
    HELP,
    PLACES,
    ClearanceEntry,
    facts_to_ask,
    named_for,
    passages_meant,
)
from subrescue.desktop.entries.entry_form import Check, EntryForm, Take
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.names_editor import NamesEditor
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.editors import FactEditor
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.registry_table.facts import Fact

if TYPE_CHECKING:
    from subrescue.desktop.case.desk import Desk

_SEVERAL = 6  # passages whose names are told of in a line


class ClearanceForm(EntryForm):
    """Asks what a nation says. Lists that are empty mean all, and say so."""

    def __init__(
        self, title: str, entry: ClearanceEntry, desk: Desk, check: Check, take: Take, parent: QWidget
    ) -> None:
        self._desk = desk
        words = {
            "clearances": tr("What a nation allows the transport aircraft of others in this case. Leave empty what is "
                             "not known."),
            "sea_clearances": tr("What a nation allows the ships of others in its straits and ice in this case. Leave "
                                 "empty what is not known."),
        }  # fmt: skip
        high = 480 if entry.path == "clearances" else 600
        super().__init__(
            title, words[entry.path], entry, facts_to_ask(entry.path), check, take, desk.clock, parent, high
        )
        self.tell({})

    def editor_for(self, fact: Fact) -> FactEditor:
        """The editor of a fact: nations, passages and ships are named."""
        help_words = tr(HELP.get(fact.path, fact.help))
        if fact.path in PLACES:
            of_all = super().editor_for(replace(fact, help=HELP[fact.path], required=True))  # empty is not unknown
            if isinstance(of_all, TextEditor):
                of_all.setPlaceholderText(tr("all"))
            return of_all
        if fact.path != "nation" and fact.kind != "list":
            return super().editor_for(fact)
        field = FormField(fact.path, fact.heading, "", help_words, "text", required=True)  # empty is not unknown
        named = named_for(fact.path, self._desk.case, self._desk.resources)
        editor = NamesEditor(field, named, many=fact.kind == "list")
        if fact.kind == "list":
            editor.setPlaceholderText(tr("none") if fact.path == "but_of" else tr("all"))
        else:
            editor.setPlaceholderText(tr("name or code"))
        return editor

    def show_value(self, editor: FactEditor, value: Any) -> None:
        """Show names in place of codes and ids."""
        if isinstance(editor, NamesEditor):
            editor.show_values((value,) if isinstance(value, str) else value or ())
        else:
            super().show_value(editor, value)

    def is_untouched(self, editor: FactEditor, value: Any) -> bool:
        """Whether an editor shows what it started from; a nation that is missing is always told of."""
        if isinstance(editor, NamesEditor):
            return editor.is_as_shown and value != ""
        return super().is_untouched(editor, value)

    def read(self, editor: FactEditor, fact: Fact) -> Any:
        """The codes and ids of what is named."""
        if not isinstance(editor, NamesEditor):
            return super().read(editor, fact)
        values = editor.values()
        if fact.kind == "list":
            return list(values)
        if not values:
            raise InputError(Problem(fact.path, "nothing", "the name or the code of a nation is needed"))
        return values[0]

    def tell(self, values: Mapping[str, Any]) -> None:
        """Name the passages that are meant where none is named."""
        hint = self.hints.get("passages")
        if hint is None or not isinstance(self.entry, ClearanceEntry):
            return
        named = values.get("passages", getattr(self.entry.fact, "passages", ()))
        meant = passages_meant(self.entry, values) if not named else []
        more = len(meant) - _SEVERAL
        names = ", ".join(meant[:_SEVERAL]) + (f" +{more}" if more > 0 else "")
        hint.setText(tr("It is about: {names}", names=names) if meant else "")
        hint.setToolTip(", ".join(meant))
        hint.setVisible(bool(meant))
