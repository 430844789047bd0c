"""Works responses out beside the window: one worker thread, the latest request wins, results come back by signals."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from subrescue.desktop.case.plan_requests import Change, PlanRequest, PlanRequests
from subrescue.desktop.case.quick_answer import AtHand, Sketch, estimate_at_hand, plan_at_hand, plan_in_brief
from subrescue.desktop.parts.spare_memory import HeapsForPlans, give_back
from subrescue.desktop.parts.uninterrupted import give_way, letting_others
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response
from subrescue.domain.samples import SAMPLES
from subrescue.planning.basis.giving_up import GivenUpError, unless

if TYPE_CHECKING:
    from subrescue.earth.world import World

_log = logging.getLogger(__name__)

FULL_SAMPLES = SAMPLES
PREVIEW_SAMPLES = 300
"""Samples of a plan while the casualty is dragged: medians are steady to a few per cent, and the map stays smooth."""

_PATIENCE_S = 2.0
_HEAPS_S = 1.0
"""Once nothing has been asked for so long, the memory that plans work in goes back to the system."""
_IDLE_S = 20.0
"""Once nothing has been asked for so long, what the next plan can soon work out again is let go."""
_WAYS_BYTES = 8_000_000
"""Ways round closed airspace that take more are let go after a plan: far from help they took 10 MB, and more with each
other ocean. A plan near by did not ask for them again."""


@dataclass(frozen=True)
class Resources:
    """What a plan is made from besides the case."""

    registry: Registry
    assumptions: Assumptions
    world: World | None
    has_depth_files: bool = False
    depth_problems: tuple[Problem, ...] = ()
    """Grids and charts of the user that are remembered and cannot be used."""


Loader = Callable[[], Resources]
Planner = Callable[[Case, Resources, int], Response]
Brief = Callable[[Case, Resources, int, str | None], Response]
"""The response to a preview; the last argument is the option that is chosen, whose way is drawn."""

Look = Callable[[Case, Resources, int, str | None, AtHand], Sketch | None]
"""The options at hand alone; None where there is no such answer."""

Estimate = Callable[[Case, Resources, AtHand], Sketch | None]
"""The options at hand by an estimate; None where there is none."""


def load_resources(registry: Callable[[], Registry] | None = None) -> Resources:
    """A registry, else the shipped one, assumptions and world, with the depth files that the user has loaded."""
    from subrescue.desktop.casualty.depth_data import opened
    from subrescue.earth.world import load_world
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.registry import load_registry

    return opened(Resources((registry or load_registry)(), load_assumptions(), load_world()))


def plan_case(case: Case, resources: Resources, samples: int) -> Response:
    """The response to a case from the planner."""
    from subrescue.planning.answer.respond import plan
    from subrescue.store.checks import check_case, refuse

    assert resources.world is not None  # load_resources always gives one
    refuse(check_case(case, resources.registry, resources.world, resources.assumptions))
    return plan(case, resources.registry, resources.assumptions, resources.world, samples=samples)


def _warm_up(case: Case, world: World) -> None:
    """Read what the estimates at the datum are made from, so that the window need not wait for it."""
    world.climate.sea_surface_c(case.dissub.fix.position, case.alert)


class PlanService(QObject):
    """A worker thread that loads the resources first and then answers the latest case that it was asked for.

    `planned` carries the case and its response. What is asked for next, and a change of the resources, has the plan
    that is being worked on given up at its next step. While the hand moves, more previews are asked for than can be
    answered: they are told of by estimates, and the plan follows when the hand rests, or once a second; two threads of
    Python hold each other up, and the window is one of them. Where nothing can be estimated a preview gives way to
    another only once it has told of its options at hand, for each would end the one before.
    """

    loaded = Signal(object)
    planned = Signal(object, object)
    sketched = Signal(object, object)  # a case and what there is first of a preview or of the first plan, a Sketch
    failed = Signal(str)
    not_changed = Signal(str)  # why the resources stayed as they are
    busy = Signal(bool)
    warmed = Signal()  # depth grid and climate are in memory: an estimate takes no time from here on

    def __init__(self, loader: Loader = load_resources, planner: Planner | None = None) -> None:
        super().__init__()
        self._loader = loader
        self._planner: Planner = planner or plan_case
        self._brief: Brief | None = plan_in_brief if planner is None else None
        self._estimate: Estimate | None = estimate_at_hand if planner is None else None
        self._look: Look | None = plan_at_hand if planner is None else None
        self._requests = PlanRequests()
        self._has_answered = False
        self._planned_with: World | None = None  # what has been planned with and not been let go since
        self._heaps = HeapsForPlans()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the worker; a second call does nothing."""
        if self._thread is None and not self._requests.are_over:
            self._thread = threading.Thread(target=self._run, name="planner", daemon=True)
            self._thread.start()

    def ask(
        self,
        case: Case,
        *,
        preview: bool = False,
        chosen: str | None = None,
        at_hand: AtHand | None = None,
        is_held: bool = False,
    ) -> None:
        """Ask for the response to a case; a request that waits is replaced.

        chosen: the option to be drawn; at_hand: what a preview tells of first. is_held: nothing is done until
        `wait_for_estimate`.
        """
        samples = PREVIEW_SAMPLES if preview else FULL_SAMPLES
        self._requests.ask(case, samples, preview=preview, chosen=chosen, at_hand=at_hand, is_held=is_held)

    def wait_for_estimate(self, most_s: float) -> None:
        """Leave Python's lock to the worker until it has looked for an estimate of what was asked for last: beside a
        window that paints meanwhile it takes some frames."""
        self._requests.let_go()
        request = self._requests.latest
        if request is not None and request.at_hand is not None and self._thread is not None and self._estimate:
            with letting_others():
                request.guessed.wait(most_s)

    def change(self, change: Change) -> None:
        """Change the resources, on the worker: `loaded` brings the new ones, `not_changed` the words of an InputError;
        neither comes where the change gives the same resources back.

        The plan that is being worked on is given up at its next step and begun anew after the change. Plans that follow
        are made from the new resources; whoever listens to `loaded` asks again.
        """
        self._requests.change(change)

    def stop(self) -> None:
        """End the worker after the step that it is at. A long one is not waited for: its answer goes nowhere."""
        self._requests.end()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            self._thread = None

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._heaps.end()

    def _work(self) -> None:
        from subrescue.desktop.casualty.depth_data import depth_of

        self.busy.emit(True)
        resources = self._load()
        if resources is None:
            self.busy.emit(False)
            return
        self.loaded.emit(resources)
        warm = resources.world is None
        while (request := self._wait()) is not None:
            self.busy.emit(True)
            if not isinstance(request, PlanRequest):
                changed = self._changed(request, resources)
                warm = warm and changed is resources
                resources = changed
                self.busy.emit(False)
                continue
            self._answer(request, resources)
            self._planned_with = resources.world
            is_idle = self._requests.finish()
            if self._requests.are_over:
                return
            if is_idle:
                self.busy.emit(False)
            if not request.preview:
                self._let_go_of_legs()
            if not warm and resources.world is not None:
                warm = True
                depth_of(resources.world, request.case.dissub.fix.position)
                _warm_up(request.case, resources.world)
                give_back()
                self.warmed.emit()

    def _load(self) -> Resources | None:
        try:
            return self._loader()
        except InputError as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001 - the window outlives a broken installation; logged and shown
            _log.exception("the resources could not be loaded")
            self._fail(f"The data could not be loaded: {error}")
        return None

    def _changed(self, change: Change, resources: Resources) -> Resources:
        try:
            changed = change(resources)
        except InputError as error:
            if not self._requests.are_over:
                self.not_changed.emit(str(error))
            return resources
        if not self._requests.are_over and changed is not resources:
            self.loaded.emit(changed)
        return changed

    def _wait(self) -> PlanRequest | Change | None:
        while True:
            patience_s = _HEAPS_S if self._heaps.are_used else _IDLE_S if self._planned_with is not None else None
            if self._requests.wait(patience_s):
                return self._requests.take()
            if self._heaps.are_used:
                self._heaps.end()
            else:
                self._let_go()

    def _let_go_of_legs(self) -> None:
        from subrescue.planning.airlift.airlift import let_go_of_flights
        from subrescue.planning.geography.field_detours import let_go_of_ways
        from subrescue.planning.geography.places import let_go_of_legs

        if self._planned_with is not None:
            let_go_of_legs(self._planned_with)
            let_go_of_flights()
            let_go_of_ways(_WAYS_BYTES)

    def _let_go(self) -> None:
        from subrescue.planning.basis.ground import let_go_of_earlier_grounds
        from subrescue.planning.geography.field_detours import let_go_of_ways

        if self._planned_with is not None:
            self._let_go_of_legs()
            let_go_of_ways()
            let_go_of_earlier_grounds()
            self._planned_with = None

    def _answer(self, request: PlanRequest, resources: Resources) -> None:
        try:
            self._heaps.begin()
            with unless(lambda: self._is_unwanted(request, resources)):
                if request.preview and self._brief is not None:
                    self._tell_at_hand(request, resources)
                    response = self._brief(request.case, resources, request.samples, request.chosen)
                else:
                    if not self._has_answered:
                        self._tell_in_brief(request, resources)
                    response = self._planner(request.case, resources, request.samples)
        except GivenUpError:
            return
        except InputError as error:
            self._fail(str(error))
            return
        except Exception as error:  # noqa: BLE001 - the window outlives a fault of the planner; logged and shown
            _log.exception("the planner failed on the case %s", request.case.id)
            self._fail(f"The response could not be worked out ({type(error).__name__}: {error})")
            return
        if not self._requests.are_over and not request.unwanted:
            self._has_answered = True
            self.planned.emit(request.case, response)

    def _tell_at_hand(self, request: PlanRequest, resources: Resources) -> None:
        """Tell of the options at hand, first by an estimate.

        Once they are worked out, a newer preview may end this one; none that waits is let wait.
        """
        if request.at_hand is None or self._look is None:
            return
        self._tell_estimate(request, resources)
        if request.moves and request.estimated:
            self._requests.wait_for_rest(request)
        sketch = self._look(request.case, resources, request.samples, request.chosen, request.at_hand)
        if sketch is None or request.unwanted:
            return
        self.sketched.emit(request.case, replace(sketch, is_overtaken=request.overtaken))
        self._requests.show(request)

    def _is_unwanted(self, request: PlanRequest, resources: Resources) -> bool:
        """Between two steps of a plan, on the worker: what waits meanwhile is told of.

        The plan is given up where the hand moves on, unless it is due.
        """
        give_way()
        if request.preview and not request.unwanted:
            waits = self._requests.waiting
            if waits is not None and waits.preview and self._tell_estimate(waits, resources):
                request.overtaken = True
                if waits.moves and not request.is_due:
                    request.unwanted = True
        return request.unwanted

    def _tell_estimate(self, request: PlanRequest, resources: Resources) -> bool:
        """Tell of the options at hand by an estimate, once for each request; false where there is none to tell."""
        if self._estimate is None or request.at_hand is None or request.guessed.is_set():
            return False
        try:
            estimate = self._estimate(request.case, resources, request.at_hand)
            if estimate is None or request.unwanted:
                return False
            request.estimated = True
            self.sketched.emit(request.case, estimate)
        finally:
            request.guessed.set()
        return True

    def _tell_in_brief(self, request: PlanRequest, resources: Resources) -> None:
        """Tell of the best ways of the first plan before the others: what was looked for until then is kept for it."""
        if self._brief is None:
            return
        response = self._brief(request.case, resources, request.samples, request.chosen)
        if not self._requests.are_over and not request.unwanted:
            self.sketched.emit(request.case, Sketch(response, frozenset()))

    def _fail(self, words: str) -> None:
        if not self._requests.are_over:
            self.failed.emit(words)
