"""A user's own files on the map: added by dialog or dropped on the window, listed among the layers, remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QPainter

from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.kept_picture import KeptPicture, KeptUnderlay, Paint
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.layers_panel import LayerRow
from subrescue.desktop.map.own_layers import COLOURS, OwnLayer, OwnLook, colour_in, own_layer, paint_own
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.background import Background, Job, Tick
from subrescue.desktop.parts.words import later, tr, trn
from subrescue.domain.errors import InputError
from subrescue.exchange.map_files import SUFFIXES, read_map_file
from subrescue.exchange.problem_words import told_error

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.themes import Theme

_REMEMBERED = "own_layers"
_PREFIX = "own:"
MOST_FILES = 30
FILES = later("Map layers (*.gpkg *.geojson *.json *.kml *.shp *.000);;All files (*)")


@dataclass(frozen=True)
class Own:
    """A file that the user wants on the map. layer: None while it is being read, or where it cannot be."""

    path: Path
    look: OwnLook
    layer: OwnLayer | None = None
    problem: str = ""


class OwnLayersFeature(KeptUnderlay, Feature):
    """Reads files beside the window and paints them under the symbols of the case."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.background = Background(window)
        self.picture = KeptPicture(window)
        self.own: tuple[Own, ...] = _remembered(window.preferences.text(_REMEMBERED, ""))
        self._jobs: dict[Path, Job] = {}
        self._layers: LayersFeature | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Add a file."""
        return {"add_layer": self.ask}

    def connect(self) -> None:
        """Stand among the layers, take dropped files, and read what was remembered once the window has its data."""
        window = self.window
        self._layers = feature_of(window, LayersFeature)
        self._layers.more_rows.append(self._rows)
        panel = self._layers.panel
        panel.add_wanted.connect(self.ask)
        panel.ticked.connect(lambda row, shown: self._change(row, lambda look: replace(look, shown=shown)))
        panel.faded.connect(lambda row, percent: self._change(row, lambda look: replace(look, percent=percent)))
        panel.coloured.connect(lambda row, colour: self._change(row, lambda look: replace(look, colour=colour)))
        panel.named.connect(lambda row, names: self._change(row, lambda look: replace(look, names=names)))
        panel.remove_wanted.connect(self.remove)
        panel.zoom_wanted.connect(self.zoom_to)
        window.take_files(SUFFIXES, self.add)
        window.map.ground.add(self)
        self.picture.changed.connect(window.map.update)
        window.desk.resources_loaded.connect(self._read_all)
        self._layers.refresh()
        if window.desk.resources is not None:  # this window stands in the place of another
            self._read_all()

    def set_theme(self, theme: Theme) -> None:
        """Show the squares of colour as the map has them."""
        if self._layers is not None:
            self._layers.refresh()

    def ask(self) -> None:
        """Ask for a file and add it."""
        path = self.window.dialogs.open_file(self.window, tr("Add a layer to the map"), str(Path.home()), tr(FILES))
        if path is not None:
            self.add(path)

    def add(self, path: Path) -> None:
        """Read a file and show it; one that is there already is read anew."""
        path = path.absolute()
        before = self._find(path)
        if before is None:
            if len(self.own) >= MOST_FILES:
                self.window.message_bar.show_message(
                    tr("{count} own layers are on the map; remove one before another is added.", count=len(self.own))
                )
                return
            taken = [own.look.colour for own in self.own]
            colour = min(range(len(COLOURS)), key=lambda number: (taken.count(number), number))
            self.own = (Own(path, OwnLook(colour)), *self.own)
        self.window.message_bar.clear()
        self._read(path, is_new=before is None)

    def remove(self, row: str) -> None:
        """Take a file off the map."""
        own = self._of_row(row)
        if own is None:
            return
        job = self._jobs.pop(own.path, None)
        if job is not None:
            job.cancel()
        self.own = tuple(each for each in self.own if each.path != own.path)
        self._show()

    def zoom_to(self, row: str) -> None:
        """Show all of a file."""
        own = self._of_row(row)
        box = own.layer.file.shapes.bounds() if own is not None and own.layer is not None else None
        if box is None:
            return
        west, south, east, north = box
        share = np.linspace(0.0, 1.0, 9)
        lon, lat = west + share * (east - west), south + share * (north - south)
        lat_deg = np.concatenate((lat, lat, np.full(9, south), np.full(9, north)))
        lon_deg = np.concatenate((np.full(9, west), np.full(9, east), lon, lon))
        self.window.map.show_places(lat_deg, lon_deg)

    # Reading

    def _read_all(self) -> None:
        for own in self.own:
            if own.layer is None and not own.problem and own.path not in self._jobs:
                self._read(own.path, is_new=False)

    def _read(self, path: Path, *, is_new: bool) -> None:
        def work(tick: Tick) -> OwnLayer:
            layer = own_layer(read_map_file(path, tick))
            tick(1, 1)
            return layer

        def done(layer: OwnLayer) -> None:
            self._jobs.pop(path, None)
            own = self._find(path)
            if own is not None:
                names = layer.file.usual_name if is_new else own.look.names
                self._replace(replace(own, layer=layer, problem="", look=replace(own.look, names=names)))
                if is_new and self._layers is not None:
                    self._layers.panel.choose(_PREFIX + str(path))  # its colour and names are chosen next

        def failed(error: InputError) -> None:
            self._jobs.pop(path, None)
            own = self._find(path)
            if is_new:  # what cannot be shown is not kept
                self.own = tuple(each for each in self.own if each.path != path)
                self._show()
            elif own is not None:  # it was there before: a drive may be missing today
                self._replace(replace(own, layer=None, problem=told_error(error)))
            self.window.message_bar.show_message(told_error(error))

        running = self._jobs.get(path)
        if running is not None:
            running.cancel()
        self._jobs[path] = self.background.run(work, done, failed)
        self._show()

    # What is on the map

    def _find(self, path: Path) -> Own | None:
        return next((own for own in self.own if own.path == path), None)

    def _of_row(self, row: str) -> Own | None:
        return self._find(Path(row.removeprefix(_PREFIX))) if row.startswith(_PREFIX) else None

    def _change(self, row: str, change: Callable[[OwnLook], OwnLook]) -> None:
        own = self._of_row(row)
        if own is not None:
            self._replace(replace(own, look=change(own.look)))

    def _replace(self, new: Own) -> None:
        self.own = tuple(new if own.path == new.path else own for own in self.own)
        self._show()

    def _show(self) -> None:
        self.window.preferences.set_text(_REMEMBERED, _as_text(self.own))
        if self._layers is not None:
            self._layers.refresh()
        if not any(own.layer is not None and own.look.shown for own in self.own):
            self.picture.clear()
        self.window.map.update()

    def _rows(self) -> tuple[str, list[LayerRow]]:
        return tr("Own layers"), [self._row(own) for own in self.own]

    def _row(self, own: Own) -> LayerRow:
        fields: tuple[str, ...] = ()
        if own.layer is not None:
            file = own.layer.file
            fields = tuple(file.names)
            words = tr("{format}, {layers}, {features}", format=file.format,
                       layers=trn("{count} layer", "{count} layers", len(file.layers)),
                       features=trn("{count} feature", "{count} features", file.count)) + f"\n{own.path}"  # fmt: skip
        else:
            words = own.problem or tr("Being read: {path}", path=own.path)
        title = own.path.name if not own.problem else tr("{name} (cannot be read)", name=own.path.name)
        colour = colour_in(self.window.theme.map, own.look.colour).name()
        look, row = own.look, _PREFIX + str(own.path)
        return LayerRow(row, title, words, look.shown, look.percent, True, colour, look.colour, look.names, fields)

    def shown(self) -> tuple[tuple[OwnLayer, OwnLook], ...]:
        """The layers that are on the map, the uppermost first."""
        return tuple((own.layer, own.look) for own in self.own if own.layer is not None and own.look.shown)

    def wish(self, canvas: Canvas) -> tuple[Hashable, Paint] | None:
        """The layers with their colours."""
        layers = self.shown()
        if not layers:
            return None
        palette, ratio = canvas.palette, canvas.ratio

        def paint(into: QPainter, view: Viewport, given_up: Callable[[], bool]) -> None:
            paint_own(into, view, layers, palette, ratio, given_up)

        return (layers, palette), paint

    def stop(self) -> None:
        """End reading and painting."""
        self.background.stop()
        self.picture.stop()


def _as_text(files: tuple[Own, ...]) -> str:
    return json.dumps([
        {"path": str(own.path), "colour": own.look.colour, "names": own.look.names, "percent": own.look.percent,
         "shown": own.look.shown} for own in files
    ])  # fmt: skip


def _remembered(text: str) -> tuple[Own, ...]:
    """What was remembered; entries that make no sense are left out."""
    try:
        rows = json.loads(text)
    except ValueError:
        return ()
    found: dict[Path, Own] = {}
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("path"), str) or "\0" in row["path"]:
            continue
        path = Path(row["path"])
        colour, names, percent, shown = (row.get(key) for key in ("colour", "names", "percent", "shown"))
        if path.is_absolute() and type(colour) is int and type(percent) is int and 10 <= percent <= 100:
            look = OwnLook(colour % len(COLOURS), names if isinstance(names, str) else "", percent, shown is not False)
            found.setdefault(path, Own(path, look))
    return tuple(found.values())[:MOST_FILES]
