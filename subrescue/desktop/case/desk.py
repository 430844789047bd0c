"""The desk behind the window, without widgets: the case under edit, its response, what is selected."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from subrescue.desktop.case.case_files import content_of
from subrescue.desktop.case.derived import first_that_can, moved, planned_part
from subrescue.desktop.case.in_hand import InHand
from subrescue.desktop.case.plan_service import PlanService, Resources
from subrescue.desktop.case.quick_answer import AtHand, Sketch
from subrescue.desktop.case.session import CaseSession, Edit
from subrescue.desktop.case.sketch_turns import SketchTurns
from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.turns import at_once
from subrescue.desktop.window.actions import Standing
from subrescue.domain.case import Case, LogEntry
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.response import Option, Response
from subrescue.exchange.problem_words import told_error, told_lines

_log = logging.getLogger(__name__)
_MOST_AT_HAND = 8  # half of what a whole answer takes goes into ways by sea that all share, each of these adds its own
POSITION = "dissub.fix.position"
_ESTIMATE_S = 0.012  # the window waits so long at most, in a turn of its own
_SIGNALS = (
    "opened", "case_changed", "response_changed", "selection_changed", "resources_loaded", "refused", "kept",
    "message", "working",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the desk shows: nothing before the first response, then a response or why there is none."""

    response: Response | None = None
    case: Case | None = None
    """The case as it was when the response was asked for."""
    trouble: str = ""
    behind: frozenset[str] = frozenset()
    """Assets whose options still answer the case before the one tried."""
    estimated: frozenset[str] = frozenset()
    """Those of them whose hours are estimates for the one tried."""
    is_brief: bool = False
    """Other ways and other options' lines are still to come."""


class Desk(QObject):
    """One case at a time. Every change goes through here, and every view is told by the signals."""

    opened = Signal()  # another case lies on the desk
    filed = Signal()  # the case has a file, or another
    case_changed = Signal()
    response_changed = Signal()
    selection_changed = Signal()
    resources_loaded = Signal()
    refused = Signal(str, object)  # path and InputError of an edit that was not taken
    kept = Signal(str)  # path of an edit that changed nothing
    message = Signal(str)
    working = Signal(bool)

    def __init__(
        self,
        service: PlanService,
        case: Case,
        path: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.service = service
        self.clock = clock
        self.session = CaseSession(case, line_of=self._line_of)
        self.path, self._content = path, content_of(path)
        self.answer = Answer()
        self._asked: Case | None = None  # what the last request was made from
        self._tried: Case | None = None  # the case of the last request, where that only tries something
        self.resources: Resources | None = None
        self._known: tuple[Case, Response] | None = None  # the last response without estimates, and its case
        self.at_hand: Callable[[], tuple[str, ...]] = tuple  # the assets that somebody looks at
        self.depth_ready = False
        self.has_registry = False
        self.selected: str | None = None
        self.pinned: tuple[str, ...] = ()  # assets that are to be compared, two at most
        self._chosen_by_user = False
        self.in_hand = InHand()
        service.loaded.connect(self._take_resources)
        service.planned.connect(self._take_response)
        self.sketches = SketchTurns(self._take_sketch, self)
        service.sketched.connect(self.sketches.take)
        service.failed.connect(self._take_failure)
        service.warmed.connect(self._take_warmth)
        service.not_changed.connect(self._take_refusal)
        service.busy.connect(self.working)
        self.session.changed.append(self._show_case)

    def forget_views(self) -> None:
        """Tell nobody any more: the views on the desk are about to be made anew."""
        self.at_hand = tuple
        self.sketches.ask = at_once
        self.sketches.drop()  # it would be told to nobody
        for name in _SIGNALS:
            try:
                getattr(self, name).disconnect()
            except RuntimeError:
                _log.debug("nobody listened to %s", name)
        self.in_hand.forget()
        if self._tried is not None:
            self._ask(self.case)  # nobody will end what the hand began, or let go what was asked for in its turn

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.session.case

    @property
    def response(self) -> Response | None:
        """The response that is shown."""
        return self.answer.response

    @property
    def shows_preview(self) -> bool:
        """Whether the response is to a case that the desk only tries, or not all of it is worked out: something is
        being dragged, or was until a moment ago."""
        asked = self.answer.case
        other = asked is not None and planned_part(asked) != planned_part(self.case)
        return other or bool(self.answer.behind)

    @property
    def marks_what_it_tries(self) -> bool:
        """Whether something is dragged, and the table says of its rows which still are as before."""
        return self._tried is not None and bool(self.answer.behind)

    @property
    def standing(self) -> Standing:
        """What can be done now."""
        return Standing(
            can_undo=self.session.can_undo,
            can_redo=self.session.can_redo,
            has_response=self.response is not None and not self.answer.is_brief,
            has_selection=self.selected is not None,
            has_depth_files=self.resources is not None and self.resources.has_depth_files,
            has_registry=self.has_registry,
            has_rings=bool(self.case.range_rings),
            has_changed_assumptions=bool(self.case.assumptions),
            pins=len(self.pinned),
        )

    @property
    def option(self) -> Option | None:
        """The selected option."""
        if self.response is None:
            return None
        return next((option for option in self.response.options if option.asset_id == self.selected), None)

    def start(self) -> None:
        """Begin to work: load what plans are made from, and ask for the first response."""
        self._ask(self.case)
        self.service.start()

    def open_file(self, path: Path) -> bool:
        """Put the case of a file on the desk; false, with a message, where it cannot be read."""
        from subrescue.store.cases import read_case

        try:
            case = read_case(path)
        except InputError as error:
            self.message.emit(told_error(error))
            return False
        self.open_case(case, path)
        return True

    def open_case(self, case: Case, path: Path | None) -> None:
        """Put another case on the desk."""
        self.resume(CaseSession(case), path)

    def resume(self, session: CaseSession, path: Path | None, *, as_filed: bool = True) -> None:
        """Put a case on the desk with the edits that were made to it; `as_filed`: its file says what they began from.

        Over a file that says something else the case is not saved, as over one that changes from here on.
        """
        self.in_hand.give_up()
        self.sketches.drop()
        self.session = session
        session.line_of = self._line_of
        self.session.changed.append(self._show_case)
        self.answer, self._asked, self._tried, self._known = Answer(), None, None, None
        self.selected, self._chosen_by_user = None, False
        self._file_under(path)
        if not as_filed:
            self._content = None
        self.opened.emit()
        self.response_changed.emit()
        self._show_case(self.case)

    def edit(self, path: str, value: Any) -> bool:
        """Change a field of the case; false where it was refused or is the same."""
        try:
            changed = self.session.set(path, value)
        except InputError as error:
            self.refused.emit(path, error)
            return False
        if not changed:
            self.kept.emit(path)
        return changed

    def write_log(self, text: str) -> bool:
        """Add a line to the log, at the time that the clock shows; false where it is empty or was refused."""
        words = text.strip()
        line = LogEntry(at=self.clock().replace(microsecond=0), text=words)
        return bool(words) and self.edit("log", (*self.case.log, line))

    def _line_of(self, edit: Edit) -> LogEntry | None:
        """What the log says of an edit; None of one that no plan feels."""
        from subrescue.exchange.case_log import AUTOMATIC, change_words
        from subrescue.exchange.entry_names import names_by_id
        from subrescue.exchange.languages import speaking

        known = self.resources
        assumptions = known.assumptions.items if known is not None else {}
        today = known.registry.of_the_day(self.case) if known is not None else None
        with speaking("en"):  # the line goes into the file
            names = names_by_id(today)
            words = change_words(edit.path, edit.before, edit.after, assumptions, names)
        at = self.clock().replace(microsecond=0)
        return LogEntry(at=at, text=words, source=AUTOMATIC) if words else None

    def undo(self) -> None:
        """Take the last edit back; what the hand still holds came after it, and is given up alone."""
        if not self._put_back():
            self.session.undo()

    def redo(self) -> None:
        """Do the edit again; what the hand holds is given up."""
        self._put_back()
        self.session.redo()

    def go_to_edit(self, at: int) -> None:
        """Go to where the first `at` edits hold; what the hand holds is given up."""
        self._put_back()
        self.session.go_to(at)

    def _put_back(self) -> bool:
        held = self.in_hand.give_up()
        if held:
            self.end_preview()
        return held

    def preview_position(self, position: Position) -> None:
        """Ask what the response would be with the DISSUB elsewhere; the case stays as it is."""
        self.in_hand.take(POSITION, self.case)
        self.preview(moved(self.case, position), is_held=True)
        self.sketches.ask("estimate", lambda: self.service.wait_for_estimate(_ESTIMATE_S))

    def preview(self, case: Case, *, is_held: bool = False) -> None:
        """Ask what the response would be if the case were another; it stays as it is, and the last one asked wins."""
        self._asked, self._tried = None, case
        chosen = self.selected if self._chosen_by_user else None
        self.service.ask(case, preview=True, chosen=chosen, at_hand=self._at_hand(), is_held=is_held)

    def _at_hand(self) -> AtHand | None:
        """What is looked at, with the best and the chosen option; None where there is no response to begin from."""
        if self._known is None:
            return None
        case, before = self._known
        best = first_that_can(before)
        looked_at = dict.fromkeys(asset for asset in (best, self.selected, *self.at_hand()) if asset is not None)
        return AtHand(tuple(looked_at)[:_MOST_AT_HAND], before, case, self.selected)

    def end_preview(self) -> None:
        """Ask for the response to the case as it is, where something else was asked for since."""
        self._show_case(self.case)

    def drop_position(self, position: Position) -> None:
        """Move the DISSUB; where that is refused the old place is shown again."""
        self.in_hand.let_go(POSITION)
        if not self.edit(POSITION, position):
            self._show_case(self.case)

    def put_back_position(self) -> None:
        """Leave the DISSUB where it is: the hand that held it has let it go for nothing."""
        self.in_hand.let_go(POSITION)
        self.end_preview()

    def select(self, asset_id: str | None) -> None:
        """Choose an asset everywhere."""
        if asset_id != self.selected:
            self.selected = asset_id
            self._chosen_by_user = asset_id is not None
            self.selection_changed.emit()
            if self._tried is not None:  # never in the place of an answer to the case itself, which may be waited for
                self.preview(self._tried)  # only the option that was chosen is drawn in it

    def saved(self, path: Path) -> None:
        """The case as it is now has been written into a file, which is its own from here on."""
        self.session.saved()
        self._file_under(path)
        self.case_changed.emit()

    def _file_under(self, path: Path | None) -> None:
        self.path, self._content = path, content_of(path)
        self.filed.emit()

    @property
    def is_behind_its_file(self) -> bool:
        """Whether somebody else has written the file of the case since it was opened or saved here."""
        return content_of(self.path) not in (self._content, None)

    def _show_case(self, case: Case) -> None:
        self.in_hand.follow(case)
        self.case_changed.emit()
        if self._asked is None or planned_part(case) != self._asked:
            self._ask(case)

    def _ask(self, case: Case) -> None:
        self._asked, self._tried = planned_part(case), None
        self.service.ask(case)

    def load_depths(self, path: Path) -> None:
        """Take depths from a grid or chart from now on; a message tells where it cannot be used."""
        from subrescue.desktop.casualty.depth_data import with_file

        self.service.change(lambda resources: with_file(resources, path))

    def forget_depths(self) -> None:
        """Take depths from the shipped grid alone."""
        from subrescue.desktop.casualty.depth_data import without_files

        self.service.change(without_files)

    def _take_resources(self, resources: Resources) -> None:
        first, self.resources = self.resources is None, resources
        self.resources_loaded.emit()
        if resources.depth_problems:
            self.message.emit("\n".join(str(problem) for problem in resources.depth_problems))
        if not first:
            self._ask(self.case)

    def _take_warmth(self) -> None:
        self.depth_ready = True
        self.case_changed.emit()

    def _take_sketch(self, case: Case, sketch: Sketch) -> None:
        is_first = self.response is None and not sketch.behind
        if self._tried is None and not is_first:
            return  # it came late, after the hand had rested
        if sketch.is_overtaken and self.answer.estimated and case.id == self.case.id:
            # What is shown lies nearer to where the hand is; the next estimates are made from this.
            self._known = case, sketch.response
        else:
            self._show(Answer(sketch.response, case, "", sketch.behind, sketch.estimated, is_first))

    def _take_response(self, case: Case, response: Response) -> None:
        self.sketches.drop()
        self._show(Answer(response, case))

    def _show(self, answer: Answer) -> None:
        case, response = answer.case, answer.response
        assert case is not None
        assert response is not None
        if case.id != self.case.id:
            return
        self.answer = answer
        if not answer.estimated:
            self._known = case, response
        ids = {option.asset_id for option in response.options}
        if self.selected not in ids or not self._chosen_by_user:
            self.selected = first_that_can(response)
            self._chosen_by_user = False
        self.response_changed.emit()

    def _take_refusal(self, words: str) -> None:
        self.message.emit(told_lines(words))

    def _take_failure(self, words: str) -> None:
        self.sketches.drop()
        self.answer, self._known = Answer(trouble=told_lines(words)), None
        self.response_changed.emit()
