"""Isochrones of the time to first rescue on the window's map, of the chosen option or of whichever is soonest: worked
out beside the window."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from subrescue.desktop.case.plan_service import Resources
from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.isochrones import ShownHours, drawn, hour_grid, paint_caption, paint_drawn
from subrescue.desktop.map.kept_picture import KeptPicture, KeptUnderlay, Paint
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.background import Background, Job, Tick
from subrescue.desktop.parts.words import language, tr, trn
from subrescue.domain.case import Case
from subrescue.domain.response import Option

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.earth.world import World

LAYER = "isochrones"
_REMEMBERED = "isochrones_of"


def hours_of(option: Option, case: Case, resources: Resources) -> ShownHours | None:
    """The hours of an option of the response to a case; None where it has no first rescue or no way by sea."""
    from subrescue.planning.questions.first_rescue_field import first_rescue_field

    found = None
    if resources.world is not None:
        with resources.world.router.fields.looked_for():
            found = first_rescue_field(option, case, resources.registry, resources.world)
    if found is None:
        return None
    return ShownHours(hour_grid(found.hours, found.speed_kn), found.asset, found.origin.name, found.speed_kn)


def soonest_of(options: tuple[Option, ...], case: Case, resources: Resources, tick: Tick) -> ShownHours | None:
    """The hours of whichever option of the response to a case is soonest; None where none has any."""
    from subrescue.planning.questions.first_rescue_field import soonest_field

    found = None
    if resources.world is not None:
        with resources.world.router.fields.looked_for():
            found = soonest_field(options, case, resources.registry, resources.world, tick)
    return ShownHours(hour_grid(found.hours, found.speed_kn), count=len(found.assets)) if found is not None else None


class IsochronesFeature(KeptUnderlay, Feature):
    """Keeps the hours of the chosen option, or of the soonest of all, while the layer is shown; a newer response
    replaces what is under way.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.background = Background(window)
        self.picture = KeptPicture(window)
        self.shown: ShownHours | None = None
        self.of_all = window.preferences.text(_REMEMBERED, "", ("", "all")) == "all"
        self._of: tuple[tuple[Option, ...], Case] | None = None  # what `shown`, or the job, is worked out from
        self._world: World | None = None  # whose fields are kept
        self._job: Job | None = None
        self._layers: LayersFeature | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """On and off, and of which."""
        return {
            "isochrones_layer": self.toggle,
            "isochrones_of_option": lambda: self.choose(of_all=False),
            "isochrones_of_all": lambda: self.choose(of_all=True),
        }

    def connect(self) -> None:
        """Follow desk and layers, and paint."""
        desk, layers = self.window.desk, feature_of(self.window, LayersFeature)
        self._layers = layers
        layers.titles[LAYER] = self.title
        layers.listeners.append(self.refresh)
        desk.response_changed.connect(self.refresh)
        desk.selection_changed.connect(self.refresh)
        desk.resources_loaded.connect(self.refresh)
        self.window.map.ground.add(self)
        self.window.map.overlays.append(self._paint_caption)
        self.picture.changed.connect(self.window.map.update)
        self.choose(of_all=self.of_all, show=False)

    def toggle(self) -> None:
        """Show the layer or take it away."""
        layers = feature_of(self.window, LayersFeature)
        layers.show_layer(LAYER, not layers.choice.shows(LAYER))

    def choose(self, *, of_all: bool, show: bool = True) -> None:
        """Show the hours of the soonest of all, or of the chosen option."""
        self.of_all = of_all
        value = "all" if of_all else ""
        self.window.preferences.set_text(_REMEMBERED, value)
        self.window.actions_by_id.choose("isochrones_of", value)
        if show and self._layers is not None and not self._layers.choice.shows(LAYER):
            self._layers.show_layer(LAYER, True)
        self.refresh()

    def title(self) -> str:
        """The line of the layers panel, with the asset whose hours are shown, or that there are none."""
        if self.shown is not None and self.shown.count:
            return trn("Isochrones of TTFR: {count} asset", "Isochrones of TTFR: the soonest of {count} assets",
                       self.shown.count)  # fmt: skip
        if self.shown is not None:
            return tr("Isochrones of TTFR: {asset}", asset=self.shown.asset)
        if self._of is None or self._job is not None:
            return ""
        if self.of_all:
            return tr("Isochrones of TTFR: no asset may go")
        return tr("Isochrones of TTFR: none for {asset}", asset=self._of[0][0].name)

    def refresh(self) -> None:
        """Work the hours out anew where option or case are others; while the DISSUB is dragged the old ones hold."""
        desk, layers = self.window.desk, self._layers
        if layers is None:
            return
        option, case, resources, of_all = desk.option, desk.answer.case, desk.resources, self.of_all
        if not layers.choice.shows(LAYER) or option is None or case is None or resources is None:
            self._drop()
            self._forget_fields()
            return
        options = desk.response.options if of_all and desk.response is not None else (option,)
        if desk.shows_preview and self._is_of(options):
            return
        if self._of is not None and self._of[1] is case and self._of[0] == options:
            return
        if not self._is_of(options):
            self._drop()
        elif self._job is not None:
            self._job.cancel()
        self._of = (options, case)

        self._world = resources.world

        def work(tick: Tick) -> ShownHours | None:
            return soonest_of(options, case, resources, tick) if of_all else hours_of(option, case, resources)

        self._job = self.background.run(work, self._take, lambda _: self._take(None), lambda *_: None)

    def _is_of(self, options: tuple[Option, ...]) -> bool:
        """Whether what is shown, or under way, is of the same assets: it stays until the next is there."""
        return self._of is not None and {one.asset_id for one in self._of[0]} == {one.asset_id for one in options}

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._of = self.shown = None
        self.picture.clear()

    def _take(self, found: ShownHours | None) -> None:
        self._job, self.shown = None, found
        if found is None:
            self.picture.clear()
        if self._layers is not None:
            self._layers.refresh()
        self.window.map.update()

    def _forget_fields(self) -> None:
        """Let what a hidden layer was worked out from go."""
        if self._world is not None:
            self._world.forget_fields()
        self._world = None

    def wish(self, canvas: Canvas) -> tuple[Hashable, Paint] | None:
        """The lines with their colours and language."""
        shown = self.shown
        if shown is None or not canvas.layers.shows(LAYER):
            return None
        palette, ratio, spoken = canvas.palette, canvas.ratio, language()
        key: Hashable = (shown, palette, spoken)

        def paint(into: QPainter, view: Viewport, given_up: Callable[[], bool]) -> None:
            found = drawn(view, shown.grid, palette, ratio)
            if not given_up():
                paint_drawn(into, found, palette, ratio)

        return key, paint

    def _paint_caption(self, painter: QPainter, canvas: Canvas) -> None:
        if self.shown is not None and canvas.layers.shows(LAYER):
            paint_caption(painter, canvas.view, canvas.palette, canvas.ratio, self.shown)

    def stop(self) -> None:
        """End working and painting."""
        self.background.stop()
        self.picture.stop()
