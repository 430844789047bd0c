"""The DISSUB under the hand: it moves with its ring and the legs to it over a layout of all else, which stays.

To lay out the whole map for every move takes longer than to paint it. At rest names keep off the DISSUB and the legs;
meanwhile those that its names would cover are not shown.
"""

from __future__ import annotations

from dataclasses import replace

from subrescue.desktop.map.layout import Layout, LayoutWork
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.map.viewport import Viewport


def what_stays(scene: MapScene) -> MapScene:
    """A scene without what moves with the DISSUB."""
    return replace(scene, dissub=None, error_radius_nm=None, legs=())


def what_moves(scene: MapScene) -> MapScene:
    """What moves with the DISSUB alone."""
    return replace(scene, assets=(), places=(), notes=())


def stays_as_it_is(before: MapScene, scene: MapScene) -> bool:
    """Whether what stays looks the same in two scenes; what tooltips say of an asset is not looked at."""
    if (before.places, before.notes) != (scene.places, scene.notes):
        return False
    return before.assets is scene.assets or _looks(before) == _looks(scene)


def _looks(scene: MapScene) -> list[tuple[object, ...]]:
    return [(one.id, one.name, one.position, one.kind, one.verdict, one.selected) for one in scene.assets]


class HeldDissub:
    """The DISSUB, its ring and the legs as they were laid out last: kept while neither they nor the view change."""

    def __init__(self) -> None:
        self._made: tuple[MapScene, Viewport, MapPalette, float, Layout] | None = None

    def layout(self, scene: MapScene, view: Viewport, palette: MapPalette, ratio: float) -> Layout:
        """What moves of a scene, laid out for a view without a margin."""
        made = self._made
        if made is not None and made[0] is scene and made[1:4] == (view, palette, ratio):
            return made[4]
        before = made[4] if made is not None else None
        found = LayoutWork(view, 0, what_moves(scene), (), palette, ratio, None, before).whole()
        self._made = scene, view, palette, ratio, found
        return found

    def let_go(self) -> None:
        """Forget it: nobody holds it any more."""
        self._made = None
