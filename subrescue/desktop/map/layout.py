"""Lays the scene out over a view: which symbols and names are shown, where, and what lies under the pointer.

A layout is made when the view's scale, the scene or the world changes, for a window with a margin; while the map is
moved by hand it is only shifted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from subrescue.desktop.map import lines
from subrescue.desktop.map.furniture import furniture_boxes
from subrescue.desktop.map.labels import Room, TextStyle, size_of, text_pixmap
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.scene import MapAsset, MapScene
from subrescue.desktop.map.symbols import (
    DISSUB_UNITS,
    UNITS,
    asset_symbol,
    count_badge,
    dissub_symbol,
    place_symbol,
)
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.words import tr
from subrescue.domain.response import Verdict

# Assets closer together than this on the screen share one symbol with a count.
STACK_PX = 21.0
PLACE_SPACING_PX = 56.0
# Names keep this far from the edge of the window.
_EDGE_PX = 3
# Degrees a pixel from which on all assets, naval bases, and airfields and ports bear their names.
_ASSET_NAMES_DEG = 0.06
_BASE_NAMES_DEG = 0.026
_PLACE_NAMES_DEG = 0.016
_VERDICT_ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3, None: 4}
_KIND_ORDER = {"rescue_system": 0, "intervention_system": 1, "ship": 2, "aircraft_fleet": 3}
_ROLE_WORDS = {"apoe": "APOE", "stop": "Stop", "apod": "APOD", "spod": "SPOD"}


@dataclass(frozen=True)
class Hit:
    """Something that can be pointed at: its middle and radius in pixels of the layout, its words, its assets."""

    x: float
    y: float
    radius: float
    text: str
    asset_ids: tuple[str, ...] = ()
    is_dissub: bool = False


@dataclass
class Layout:
    """What is painted over the base, in pixels of `view`."""

    view: Viewport
    margin: int
    tables: tuple[PlaceTable, ...] = ()
    legs: list[tuple[str, lines.PlacedLine]] = field(default_factory=list)
    ring: lines.PlacedLine | None = None
    places: list[tuple[int, int, QPixmap]] = field(default_factory=list)
    place_hits: list[Hit] = field(default_factory=list)
    pictures: list[tuple[int, int, QPixmap]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    rooms: tuple[Room, Room] | None = None  # taken by the case, and by airfields and ports too; None while dragged

    def paint(self, painter: QPainter, palette: MapPalette) -> None:
        """Paint airfields and ports, ring, legs, symbols and names, in this order."""
        for x, y, pixmap in self.places:
            painter.drawPixmap(x, y, pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.ring is not None:
            lines.paint_ring(painter, self.ring, palette)
        for kind, line in self.legs:
            lines.paint_leg(painter, kind, line, palette)
        for x, y, pixmap in self.pictures:
            painter.drawPixmap(x, y, pixmap)

    def at(self, x: float, y: float) -> Hit | None:
        """What lies at a pixel of the layout, the topmost first."""
        for hits in (self.hits, self.place_hits):
            for hit in hits:
                if (hit.x - x) ** 2 + (hit.y - y) ** 2 <= hit.radius**2:
                    return hit
        return None


class _Builder:
    """Collects a layout from below to above; names find their room in the order of weight."""

    def __init__(self, view: Viewport, margin: int, palette: MapPalette, ratio: float) -> None:
        self.layout = Layout(view, margin)
        self.view, self.palette, self.ratio = view, palette, ratio
        edge = margin + _EDGE_PX
        self.room = Room(view.width, view.height, (edge, edge, view.width - edge, view.height - edge))
        self._names: list[tuple[int, int, QPixmap]] = []
        self._symbols: list[tuple[int, int, QPixmap]] = []
        self._hits: list[Hit] = []
        self._waiting: list[tuple[float, float, QPixmap, float, bool]] = []

    def symbol(self, x: float, y: float, pixmap: QPixmap, taken: float) -> None:
        """Centre a symbol on a pixel; `taken` pixels around it stay free of names."""
        width, height = size_of(pixmap)
        self._symbols.append((round(x - width / 2), round(y - height / 2), pixmap))
        self.room.take(x - taken, y - taken, x + taken, y + taken)

    def name(self, x: float, y: float, text: str, style: TextStyle, gap: float, must: bool = False) -> None:
        """Ask for a name beside a pixel; it finds its room when all symbols have theirs."""
        self._waiting.append((x, y, text_pixmap(text, style, self.ratio), gap, must))

    def write_names(self) -> None:
        """Write the names asked for so far where there is room, in the order in which they were asked for."""
        for x, y, pixmap, gap, must in self._waiting:
            spot = self.room.place(x, y, *size_of(pixmap), gap, must)
            if spot is not None:
                self._names.append((round(spot[0]), round(spot[1]), pixmap))
        self._waiting.clear()

    def hit(self, hit: Hit) -> None:
        """Note what can be pointed at; what is noted first lies on top."""
        self._hits.append(hit)

    def collected(self) -> tuple[list[tuple[int, int, QPixmap]], list[Hit]]:
        """Hand over what was collected, to be painted from the first to the last: what came first lies on top."""
        self.write_names()
        pictures, hits = self._symbols[::-1] + self._names[::-1], self._hits
        self._symbols, self._names, self._hits = [], [], []
        return pictures, hits

    def visible(self, x: float, y: float) -> bool:
        """Whether a pixel lies in the window of the layout."""
        return -30 <= x <= self.view.width + 30 and -30 <= y <= self.view.height + 30


def build_layout(
    view: Viewport,
    margin: int,
    scene: MapScene,
    tables: tuple[PlaceTable, ...],
    palette: MapPalette,
    ratio: float = 1.0,
    places_of: Layout | None = None,
    blocked: QRectF | None = None,
) -> Layout:
    """Lay a scene out. view: the window with its margin; tables: airfields and ports of the world.

    places_of: an older layout whose airfields and ports are taken over, while the DISSUB is dragged.
    blocked: pixels of the window without its margin, where no name may stand.
    """
    builder = _Builder(view, margin, palette, ratio)
    for box in (*furniture_boxes(view.width - 2 * margin, view.height - 2 * margin), blocked):
        if box is not None:
            box = box.translated(margin, margin)
            builder.room.take(box.left(), box.top(), box.right(), box.bottom())
    for leg in scene.legs:
        if len(leg.points) >= 2:
            builder.layout.legs.append((leg.kind, lines.placed(view, lines.leg_points(leg))))
    if scene.dissub is not None and scene.error_radius_nm:
        builder.layout.ring = lines.ring(view, scene.dissub, scene.error_radius_nm)
    _add_dissub(builder, scene)
    stacks = _add_assets(builder, scene)
    _add_stops(builder, scene)
    _name_assets(builder, stacks)
    _add_leg_labels(builder, scene)
    _add_notes(builder, scene)
    builder.write_names()
    for _, line in builder.layout.legs:  # names of places keep off the legs
        for x, y in zip(*line.along, strict=True):
            builder.room.take(x - 3, y - 3, x + 3, y + 3)
    layout = builder.layout
    layout.pictures, layout.hits = builder.collected()
    layout.tables = tables
    of_case = builder.room.copy()
    if places_of is not None and places_of.view == view and places_of.tables is tables:
        layout.places, layout.place_hits = places_of.places, places_of.place_hits
    else:
        for table in tables:
            _add_places(builder, table)
        layout.places, layout.place_hits = builder.collected()
        layout.rooms = (of_case, builder.room)
    return layout


def _add_dissub(builder: _Builder, scene: MapScene) -> None:
    if scene.dissub is None:
        return
    palette = builder.palette
    x, y = (float(v) for v in builder.view.to_screen(scene.dissub.lat_deg, scene.dissub.lon_deg))
    if not builder.visible(x, y):
        return
    builder.symbol(x, y, dissub_symbol(palette, builder.ratio), DISSUB_UNITS / 2 - 3)
    builder.name(x, y, scene.label, TextStyle(14, palette.dissub, palette.halo, bold=True), 21, must=True)
    words = tr("{name} (drag to move)", name=scene.label)
    if scene.error_radius_nm is not None:
        words += "\n" + tr("Error radius {radius:g} NM", radius=scene.error_radius_nm)
    builder.hit(Hit(x, y, DISSUB_UNITS / 2, words, is_dissub=True))


def _add_stops(builder: _Builder, scene: MapScene) -> None:
    palette = builder.palette
    style = TextStyle(12, palette.text, palette.halo, bold=True)
    for place in scene.places:
        x, y = (float(v) for v in builder.view.to_screen(place.position.lat_deg, place.position.lon_deg))
        if not builder.visible(x, y):
            continue
        builder.symbol(x, y, place_symbol(place.role, palette, builder.ratio), 6)
        builder.name(x, y, f"{_ROLE_WORDS[place.role]} {place.name}", style, 8)
        builder.hit(Hit(x, y, 8, f"{_ROLE_WORDS[place.role]} {place.name}"))


def _weight(asset: MapAsset) -> tuple[bool, int, int]:
    return not asset.selected, _VERDICT_ORDER[asset.verdict], _KIND_ORDER.get(asset.kind, 9)


def _add_assets(builder: _Builder, scene: MapScene) -> list[tuple[float, float, MapAsset]]:
    """Set the symbols of the assets; return the pixel and the uppermost asset of each stack."""
    view, palette = builder.view, builder.palette
    if not scene.assets:
        return []
    assets = sorted(scene.assets, key=_weight)
    px, py = view.to_screen([a.position.lat_deg for a in assets], [a.position.lon_deg for a in assets])
    stacks: list[tuple[int, list[MapAsset]]] = []
    free = np.ones(len(assets), dtype=bool)
    for i, asset in enumerate(assets):
        if not free[i]:
            continue
        near = free & (np.abs(px - px[i]) < STACK_PX) & (np.abs(py - py[i]) < STACK_PX)
        free &= ~near
        if builder.visible(px[i], py[i]):
            stacks.append((i, [asset, *(assets[k] for k in np.flatnonzero(near) if k != i)]))
    for i, members in stacks:
        x, y, host = float(px[i]), float(py[i]), members[0]
        pixmap = asset_symbol(host.kind, host.verdict, host.selected, palette, builder.ratio)
        if len(members) > 1:
            badge = count_badge(len(members) - 1, palette, builder.ratio)
            builder.symbol(x + 11, y - 10, badge, 8)
        builder.symbol(x, y, pixmap, UNITS / 2 - 1)
        builder.hit(Hit(x, y, UNITS / 2, _words(members), tuple(a.id for a in members)))
    return [(float(px[i]), float(py[i]), members[0]) for i, members in stacks]


def _name_assets(builder: _Builder, stacks: list[tuple[float, float, MapAsset]]) -> None:
    palette = builder.palette
    named = builder.view.degrees_per_px <= _ASSET_NAMES_DEG
    for x, y, host in stacks:
        if not (named or host.selected):
            continue
        quiet = host.verdict in (None, Verdict.RED) and not host.selected
        style = TextStyle(
            12 if host.selected else 11, palette.text_quiet if quiet else palette.text, palette.halo, bold=host.selected
        )
        builder.name(x, y, _short(host.name), style, UNITS / 2 + 2, must=host.selected)


def _short(name: str, longest: int = 28) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _bare(name: str) -> str:
    """The name of an airfield without the words that its symbol says already."""
    for word in (" International Airport", " Intl Airport", " Regional Airport", " Airport", " Airfield"):
        name = name.replace(word, "")
    return name.replace(" Air Base", " AB").replace(" naval base", "").strip(" ,")


def _words(members: list[MapAsset]) -> str:
    """The tooltip of a stack: the name of each asset, and below it what its detail says."""
    shown = [
        asset.name + "".join(f"\n    {line}" for line in asset.detail.splitlines()) for asset in members[:12]
    ]
    if len(members) > 12:
        shown.append(tr("and {count} more", count=len(members) - 12))
    return "\n".join(shown)


def _add_leg_labels(builder: _Builder, scene: MapScene) -> None:
    palette = builder.palette
    colours = {"air": palette.air_leg, "road": palette.road_leg, "sea": palette.sea_leg}
    drawn = [leg for leg in scene.legs if len(leg.points) >= 2]
    for leg, (_, line) in zip(drawn, builder.layout.legs, strict=True):
        if leg.label and line.middle is not None:
            style = TextStyle(11, colours[leg.kind], palette.halo, bold=True)
            builder.name(*line.middle, leg.label, style, 8)


def _add_notes(builder: _Builder, scene: MapScene) -> None:
    palette = builder.palette
    style = TextStyle(11, palette.text, palette.halo, italic=True)
    for note in scene.notes:
        x, y = (float(v) for v in builder.view.to_screen(note.position.lat_deg, note.position.lon_deg))
        if builder.visible(x, y):
            builder.symbol(x, y, place_symbol("note", palette, builder.ratio), 6)
            builder.name(x, y, note.text, style, 8)
            builder.hit(Hit(x, y, 8, note.text))


def _add_places(builder: _Builder, table: PlaceTable) -> None:
    view, palette = builder.view, builder.palette
    chosen = table.shown(view, PLACE_SPACING_PX)
    if not len(chosen):
        return
    pixmap = place_symbol(table.kind, palette, builder.ratio)
    colour = palette.airfield if table.kind == "airfield" else palette.port
    style = TextStyle(10, colour, palette.halo)
    px, py = view.to_screen(table.lat[chosen], table.lon[chosen])
    named = view.degrees_per_px <= (_BASE_NAMES_DEG if table.kind == "naval_base" else _PLACE_NAMES_DEG)
    free = [builder.room.is_free(x - 4, y - 4, x + 4, y + 4) for x, y in zip(px, py, strict=True)]
    shown = [
        (int(table.numbers[row]), float(x), float(y))
        for row, x, y in zip(chosen[free], px[free], py[free], strict=True)
    ]
    for number, x, y in shown:
        builder.symbol(x, y, pixmap, 4)
        builder.hit(Hit(x, y, 7, f"{table.name(number)}\n{table.detail(number)}"))
    if named:
        for number, x, y in shown:
            builder.name(x, y, _short(_bare(table.name(number))), style, 6)
