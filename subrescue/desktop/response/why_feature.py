"""Why the chosen option takes as long as it does: worked out beside the window, told in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from subrescue.desktop.case.plan_service import FULL_SAMPLES, Resources
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.background import Background, Job
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import language, tr
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError
from subrescue.domain.response import Option
from subrescue.exchange.languages import speaking
from subrescue.exchange.problem_words import told_error

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

Told = Callable[[Theme], str]
"""Puts what was found into rich text, in the colours of a theme."""


def explained(case: Case, resources: Resources, option: Option) -> Told:
    """What the command `why` prints, in the language that is spoken then. Raises InputError without a way."""
    from subrescue.desktop.response.why_view import why_html
    from subrescue.domain.errors import Problem
    from subrescue.planning.questions.why import asset_names, why

    assert resources.world is not None  # load_resources always gives one
    found = None
    if option.asset_id in dict(asset_names(case, resources.registry)):  # else it has left the registry since
        # As many draws as the table's: its hours and chances are told, to the last digit.
        found = why(
            case,
            resources.registry,
            resources.assumptions,
            resources.world,
            option.asset_id,
            samples=FULL_SAMPLES,
        )
    if found is None:
        raise InputError(Problem("", option.name, "an asset that has a way to the datum"))
    return partial(why_html, found, case)


class WhyWindow(QDialog):
    """Shows words and tables; they can be selected and copied."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = FlowingText()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(12)
        self.text.setAccessibleName(tr("Why the option takes so long"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.resize(min(by_letters(900), window.width()), min(by_letters(720), window.height()))


class WhyFeature(Feature):
    """Asks the planner once for each time that the user asks; closing the window ends the work."""

    explain: Callable[[Case, Resources, Option], Told] = staticmethod(explained)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.background = Background(window)
        self.shown: WhyWindow | None = None
        self._job: Job | None = None
        self._told: Told | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The one action."""
        return {"why": self.ask}

    def ask(self) -> None:
        """Work out and show why the chosen option takes so long."""
        desk = self.window.desk
        # Of the case that the option is an answer to: the one on the desk may have been edited since.
        option, resources, case, spoken = desk.option, desk.resources, desk.answer.case or desk.case, language()
        if option is None or resources is None:
            return
        self._end()
        shown = self.shown = WhyWindow(self.window)
        shown.setWindowTitle(tr("Why: {name}", name=option.name))
        shown.text.setPlainText(tr("Working out what each phase, assumption and unknown fact weighs…"))
        shown.finished.connect(self._closed)
        shown.show()

        def work(_: object) -> Told:
            with speaking(spoken):
                return self.explain(case, resources, option)

        def failed(error: InputError) -> None:
            shown.text.setPlainText(told_error(error))

        self._job = self.background.run(work, self._show, failed)

    def _show(self, told: Told) -> None:
        self._told = told
        if self.shown is not None:
            self.shown.text.setHtml(told(self.window.theme))

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        if self._told is not None:
            self._show(self._told)

    def _closed(self) -> None:
        self.shown = self._told = None
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        if self.shown is not None:
            self.shown.close()

    def stop(self) -> None:
        """Close the window and end the work."""
        self._end()
        self.background.stop()
