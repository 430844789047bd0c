"""What the panels show of the desk: its case, its response, what is chosen, what it works at. They only show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.case.work_clock import WorkClock
from subrescue.desktop.casualty.depth_data import depth_of
from subrescue.desktop.casualty.hints import pointer_depth
from subrescue.desktop.casualty.usual import conditions_of
from subrescue.desktop.map.case_scene import legs_of, scene_of
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.status_line import StatusLine
from subrescue.desktop.parts.turns import Turns
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.desktop.parts.words import tr, trn
from subrescue.desktop.timeline.layout import timeline
from subrescue.exchange.entry_names import names_by_id
from subrescue.exchange.numbers import position as position_text
from subrescue.exchange.problem_words import told_error

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.domain.errors import InputError
    from subrescue.domain.position import Position

_AFTER_ESTIMATES_MS = 150  # a plan may follow by then; else they go on, and a timeline takes longer to paint than they


class DeskViews(QObject):
    """Follows the desk of a window and its map's pointer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.pointer, self.state = StatusLine(), PlainLabel()
        self._clock = WorkClock(window)
        self.turns = Turns(window)
        self._rest = {"details": window.response.show_details, "map": self.show_scene, "timeline": self.show_timeline}
        self._rest_is_due = QTimer(self)
        self._rest_is_due.setSingleShot(True)
        self._rest_is_due.timeout.connect(self._ask_for_rest)

    def follow(self) -> None:
        """Listen from now on."""
        window, desk = self._window, self._window.desk
        desk.sketches.ask = self.turns.ask
        window.map.in_turn = window.response.table.in_turn = self.turns.ask
        desk.case_changed.connect(self.show_case)
        desk.response_changed.connect(self.show_response)
        desk.selection_changed.connect(self._show_selection)
        desk.resources_loaded.connect(self.show_resources)
        desk.refused.connect(self._show_refusal)
        desk.kept.connect(window.form.accept)
        desk.message.connect(window.message_bar.show_message)
        desk.working.connect(self._show_state)
        window.map.pointer_moved.connect(self._show_pointer)
        self._clock.said.connect(self._show_work)

    def stop(self) -> None:
        """Nothing more is shown."""
        self._clock.end()
        self._rest_is_due.stop()
        self.turns.stop()

    def show_case(self) -> None:
        """Show the case in form, assumptions, banner, title and map."""
        window, desk = self._window, self._window.desk
        case, world = desk.case, desk.resources.world if desk.resources is not None else None
        if desk.depth_ready and world is not None:
            window.form.show_case(case, depth_of(world, case.dissub.fix.position), conditions_of(case, world))
        else:
            window.form.show_case(case)
        window.assumptions.show_case(case)
        window.banner.show_case(case, unsaved=desk.session.unsaved)
        window.setWindowTitle(f"{case.title}[*] - Subrescue")
        window.setWindowModified(desk.session.unsaved)
        window.actions_by_id.enable(desk.standing)
        self.show_scene()

    @uninterrupted
    def show_response(self) -> None:
        """Show the response in its table and the banner at once, elsewhere in turn where a hand may be at work."""
        window, desk = self._window, self._window.desk
        marks = {"behind": desk.answer.behind, "estimated": desk.answer.estimated}
        others_wait = window.response.show_response(
            desk.case, desk.response, desk.selected, desk.answer.trouble, is_preview=desk.shows_preview, **marks
        )
        window.banner.show_response(desk.response)
        if desk.answer.is_brief:
            self._clock.begin(tr("Looking for the other ways"))
        window.actions_by_id.enable(desk.standing)
        if not others_wait:
            self._show_rest_now()
            return
        self.turns.ask("headline", window.response.show_headline)
        if not desk.answer.estimated:
            self._ask_for_rest()
            return
        window.map.canvas.take_legs(legs_of(desk.option))
        if not self._rest_is_due.isActive():
            self._rest_is_due.start(_AFTER_ESTIMATES_MS)

    def _ask_for_rest(self) -> None:
        self._rest_is_due.stop()
        for name, act in self._rest.items():
            self.turns.ask(name, act)

    def _show_rest_now(self) -> None:
        self._rest_is_due.stop()
        for name, act in self._rest.items():
            self.turns.forget(name)
            act()

    def _show_selection(self) -> None:
        self._window.response.select(self._window.desk.selected)
        self.show_scene()
        self.show_timeline()

    def show_scene(self) -> None:
        """Show case and chosen option on the map."""
        desk = self._window.desk
        known = (desk.resources.registry, desk.resources.assumptions) if desk.resources is not None else (None, None)
        self._window.map.set_scene(scene_of(desk.case, desk.response, known[0], desk.selected, known[1]))

    def show_timeline(self) -> None:
        """Show the response on the timeline."""
        desk = self._window.desk
        response, chosen = desk.response, desk.selected
        laid_out = timeline(response, selected=chosen, behind=desk.answer.behind) if response is not None else None
        self._window.timeline.show_timeline(laid_out, desk.case.alert, chosen)

    def show_resources(self) -> None:
        """Show what was loaded: classes in the form, assumptions, places and land on the map."""
        window, resources = self._window, self._window.desk.resources
        if resources is None:
            return
        of_the_day = resources.registry.of_the_day(window.desk.case)
        window.form.set_registry(of_the_day)
        window.response.names = names_by_id(of_the_day)
        window.assumptions.set_assumptions(resources.assumptions)
        if resources.world is not None:
            window.map.set_world(resources.world)
        window.actions_by_id.enable(window.desk.standing)

    def _show_refusal(self, path: str, error: InputError) -> None:
        if path.startswith("assumptions."):
            self._window.assumptions.show_problem(told_error(error))
        else:
            self._window.form.show_problem(path, error)

    def _show_state(self, working: bool) -> None:
        if not working:
            self._clock.end()
        elif self._window.desk.depth_ready:
            self._clock.begin(tr("Working out the response"))
        else:
            self._clock.begin(tr("Reading registry, coasts and sea routes, and working out the first response"))

    def _show_work(self, words: str) -> None:
        response = self._window.desk.response
        count = len(response.options) if response is not None else 0
        self.state.setText(words or trn("{count} option", "{count} options", count))
        self._window.response.show_progress(words)

    def _show_pointer(self, position: Position | None) -> None:
        if position is None:
            self.pointer.setText("")
            return
        words, desk = position_text(position, self._window.notation), self._window.desk
        world = desk.resources.world if desk.resources is not None else None
        if desk.depth_ready and world is not None:
            words += "    " + pointer_depth(world.depth.estimate(position))
        self.pointer.setText(words)
