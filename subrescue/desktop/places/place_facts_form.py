"""The form of one place: what an airfield or a port answers, or a port that no list has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from subrescue.desktop.entries.entry_form import Check, EntryForm, Take
from subrescue.desktop.parts.editors import ChoiceEditor
from subrescue.desktop.parts.words import tr
from subrescue.desktop.places.place_facts import ASKED_IN_VAIN, PlaceEntry, facts_to_ask
from subrescue.desktop.registry.editors import FactEditor
from subrescue.domain.case_ports import QuayAnswer
from subrescue.exchange.registry_table.facts import Fact


class PlaceFactForm(EntryForm):
    """Asks what an airfield or a port knows; of a quay it may answer that it does not know."""

    def __init__(
        self,
        title: str,
        entry: PlaceEntry,
        new_port: bool,
        check: Check,
        take: Take,
        clock: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        words = tr("What the place itself answers goes before all tables. Leave empty what is not known.")
        high = 440 if entry.path == "ports" else 430
        super().__init__(title, words, entry, facts_to_ask(entry.path, new_port), check, take, clock, parent, high)

    def editor_for(self, fact: Fact) -> FactEditor:
        """The editor of a fact; that of a fit-out has one answer more."""
        editor = super().editor_for(fact)
        if fact.path == "fit_out" and isinstance(editor, ChoiceEditor):
            answers = (QuayAnswer.YES, QuayAnswer.NO)
            words = [(tr(one.value), one.value) for one in answers]
            editor.set_choices([*words, (tr(ASKED_IN_VAIN), QuayAnswer.UNKNOWN.value)])
        return editor
