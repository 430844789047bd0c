"""The layers of the map that can be taken away or made faint: what there are, and what is left of scene and colours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache

from PySide6.QtGui import QColor

from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.parts.words import later

_CLEAR = "#00000000"
FAINTEST_PERCENT = 10


@dataclass(frozen=True)
class MapLayer:
    """One layer. fades: it can be made faint; at_first: it is shown until somebody takes it away.

    of_case: it belongs to the case, so that the map says when it is taken away.
    """

    id: str
    title: str
    help: str
    fades: bool = False
    at_first: bool = True
    of_case: bool = False


LAYERS: tuple[MapLayer, ...] = (
    MapLayer("notes", later("Notes on the map"), later("Notes on places that the case keeps"), of_case=True),
    MapLayer("rings", later("Range rings"), later("Rings about DISSUB, assets and points"), of_case=True),
    MapLayer("routes", later("Routes"), later("Legs of the chosen option by air, road and sea, with the airfields and "
             "ports on its way"), of_case=True),
    MapLayer("rescue_system", later("Rescue systems"), later("Vehicles and chambers where they are kept"),
             of_case=True),
    MapLayer("intervention_system", later("Intervention systems"), later("Systems that look, clear and supply, where "
             "they are kept"), of_case=True),
    MapLayer("ship", later("Ships"), later("Ships where they were seen last, or at their base"), of_case=True),
    MapLayer("aircraft_fleet", later("Aircraft fleets"), later("Fleets of aircraft at their bases"), of_case=True),
    MapLayer("error_ring", later("Error of the datum"), later("The circle in which the DISSUB lies"), of_case=True),
    MapLayer("naval_base", later("Naval bases"), later("Shown from medium scales on")),
    MapLayer("airfield", later("Airfields"), later("The longer the runway, the farther off they are shown")),
    MapLayer("port", later("Ports"), later("Shown from large scales on")),
    MapLayer("isochrones", later("Isochrones of TTFR"), later("Lines of equal time from the alert to the first rescue "
             "(P50) by the chosen option, were the DISSUB there: same ship from the same place at the same hour, at "
             "the speed that she makes good to the datum, canals as on that way; on a grid of half a degree, none "
             "where land narrower than that divides the water. Map > Isochrones of the soonest takes whichever of the "
             "assets that may go is there first, each by its way to the datum: another port or ship might be sooner "
             "there, and depth and weather are those of the datum"), at_first=False),
    MapLayer("night", later("Day and night"), later("Night and the three twilights (sun 6°, 12° and 18° below the "
             "horizon), at the hour of the time slider; without it now, or at the alert where the case is not "
             "running now"), fades=True, at_first=False),
    MapLayer("sea_names", later("Names of seas"), later("Oceans, seas, gulfs and straits in slanted letters, in the "
             "language of the window")),
    MapLayer("country_names", later("Names of countries"), later("Countries and territories in capitals, in the "
             "language of the window: no statement on anybody's claim")),
    MapLayer("graticule", later("Graticule"), later("Meridians and parallels with their names at the edges")),
    MapLayer("borders", later("Borders"), later("Borders of countries and shores of lakes, as Natural Earth draws "
             "them, dashed where they are disputed or not settled: no statement on anybody's claim")),
    MapLayer("land", later("Land"), later("The fill of the land; coasts are always drawn"), fades=True),
    MapLayer("contours", later("Depth contours"), later("Lines of 200, 1,000, 2,000 m and so on, from nearer by 500 m "
             "too: smoothed out of the grid of 5 arc minutes, an estimate and not for navigation; left out where the "
             "scale is larger than the grid bears")),
    MapLayer("depths", later("Depth tint"), later("Colours and relief of the sea floor"), fades=True),
)  # fmt: skip
"""From the uppermost on the map to the lowest."""
BY_ID = {layer.id: layer for layer in LAYERS}


@dataclass(frozen=True)
class LayerChoice:
    """What the user chose: layers that are not as they were at first; how strong those are that fade, in percent."""

    shown: dict[str, bool] = field(default_factory=dict)
    strength: dict[str, int] = field(default_factory=dict)

    def shows(self, layer: str) -> bool:
        """Whether a layer is on the map."""
        return self.shown.get(layer, BY_ID[layer].at_first)

    def percent(self, layer: str) -> int:
        """How strong a layer is painted: 100 is whole."""
        return self.strength.get(layer, 100)

    def with_shown(self, layer: str, shown: bool) -> LayerChoice:
        """The choice with one layer shown or taken away."""
        rest = {name: value for name, value in self.shown.items() if name != layer}
        return replace(self, shown=rest if shown == BY_ID[layer].at_first else {**rest, layer: shown})

    def with_percent(self, layer: str, percent: int) -> LayerChoice:
        """The choice with one layer painted stronger or fainter."""
        rest = {name: value for name, value in self.strength.items() if name != layer}
        return replace(self, strength=rest if percent == 100 else {**rest, layer: percent})

    def missing_of_case(self) -> tuple[MapLayer, ...]:
        """The layers of the case that are taken away."""
        return tuple(layer for layer in LAYERS if layer.of_case and not self.shows(layer.id))

    def as_text(self) -> str:
        """The choice in the form in which it is remembered."""
        return json.dumps({"shown": self.shown, "strength": self.strength}, sort_keys=True)

    def scene(self, scene: MapScene) -> MapScene:
        """What is left of a scene."""
        if not self.missing_of_case():
            return scene
        return replace(
            scene,
            assets=tuple(asset for asset in scene.assets if self.shows(asset.kind)),
            legs=scene.legs if self.shows("routes") else (),
            places=scene.places if self.shows("routes") else (),
            notes=scene.notes if self.shows("notes") else (),
            error_radius_nm=scene.error_radius_nm if self.shows("error_ring") else None,
        )

    def tables(self, tables: tuple[PlaceTable, ...]) -> tuple[PlaceTable, ...]:
        """What is left of airfields and ports."""
        return tuple(table for table in tables if self.shows(table.kind))

    def palette(self, palette: MapPalette) -> MapPalette:
        """The colours with those of layers of the base faint or clear."""
        return _faded(
            palette,
            self.percent("land") if self.shows("land") else 0,
            self.percent("depths") if self.shows("depths") else 0,
            self.shows("borders"),
            self.shows("graticule"),
            self.shows("contours"),
        )


@lru_cache(maxsize=32)
def _faded(palette: MapPalette, land: int, depths: int, borders: bool, graticule: bool, contours: bool) -> MapPalette:
    if depths < 100:
        stops = tuple((depth_m, _mixed(palette.sea, colour, depths)) for depth_m, colour in palette.depth_stops)
        palette = replace(palette, depth_stops=stops)
    # The land is painted in cells that overlap: mixed with the sea, not made clear, it shows no seams.
    if land == 0:
        palette = replace(palette, land=_CLEAR)
    elif land < 100:
        palette = replace(palette, land=_mixed(palette.sea, palette.land, land))
    if not borders:
        palette = replace(palette, border=_CLEAR)
    if not contours:
        palette = replace(palette, contour=_CLEAR, contour_label=_CLEAR)
    return palette if graticule else replace(palette, graticule=_CLEAR, graticule_label=_CLEAR)


def _mixed(below: str, above: str, percent: int) -> str:
    a, b, share = QColor(below), QColor(above), percent / 100.0
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in parts)


def choice_from_text(text: str) -> LayerChoice:
    """Read what was remembered; what this program does not know of it is left out."""
    try:
        found = json.loads(text)
    except ValueError:
        return LayerChoice()
    choice = LayerChoice()
    if not isinstance(found, dict):
        return choice
    shown, strength = found.get("shown"), found.get("strength")
    for name, value in shown.items() if isinstance(shown, dict) else ():
        if name in BY_ID and isinstance(value, bool):
            choice = choice.with_shown(name, value)
    for name, value in strength.items() if isinstance(strength, dict) else ():
        known = name in BY_ID and BY_ID[name].fades and type(value) is int
        if known and FAINTEST_PERCENT <= value <= 100:
            choice = choice.with_percent(name, value)
    return choice
