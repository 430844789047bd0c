"""What is not known and would matter, as a list to send: questions about the DISSUB, then about each asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.desktop.case.session import value_at
from subrescue.desktop.casualty.fields import SECTIONS, described
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.words import tr, trn
from subrescue.domain.case import Case
from subrescue.domain.response import Response
from subrescue.exchange.questions import of_assets, of_the_dissub
from subrescue.exchange.response_json import banner_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NO_QUESTION = ("dissub.stores.canister_source",)
"""Fields of the form that tell where another field comes from."""


def questions(case: Case, response: Response) -> str:
    """The list as plain text: what gates, survival and escape miss of the DISSUB, the fields of the form that are
    empty, and what is unknown of each asset. Lines stand once, in the order of the ranking."""
    flag = f" ({case.dissub.nation})" if case.dissub.nation else ""
    lines = [banner_words(case), tr("Questions about {name}{flag}", name=case.dissub.name, flag=flag)]
    lines += [f"- {words}" for words in of_the_dissub(response)]
    missing = missing_fields(case)
    if missing:
        lines += ["", tr("Not in the case"), *(f"- {title}" for title in missing)]
    asked = list(of_assets(response))
    if asked:
        lines += ["", tr("Questions about the assets")]
    for place, (option, unknown) in enumerate(asked):
        head = f"{option.name} ({' '.join(option.nations)})"
        lines += [*([""] if place else []), head, *(f"- {words}" for words in unknown)]
    return "\n".join(lines) + "\n"


def missing_fields(case: Case) -> list[str]:
    """Titles with units of the fields of the DISSUB that the form asks and nobody has filled in; of stores only where
    they are not given by compartment."""
    paths = [
        path
        for section in SECTIONS
        for path in section.paths
        if path.startswith("dissub.") and path not in _NO_QUESTION
    ]
    if case.dissub.compartments:
        paths = [path for path in paths if not path.startswith("dissub.stores.")]
    fields = [described(path) for path in paths if value_at(case, path) is None]
    return [f"{field.title}, {field.unit}" if field.unit else field.title for field in fields]


class OwnerQuestionsFeature(Feature):
    """Puts the list on the clipboard."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """One action of the menu of the response."""
        return {"copy_questions": self.copy}

    def copy(self) -> None:
        """Copy the list, and say how long it is."""
        from PySide6.QtWidgets import QApplication

        desk = self.window.desk
        if desk.response is None:
            return
        text = questions(desk.case, desk.response)
        QApplication.clipboard().setText(text)
        count = sum(line.startswith("- ") for line in text.splitlines())
        told = trn("{count} question copied", "{count} questions copied", count)
        self.window.message_bar.show_message(told, note=True)
