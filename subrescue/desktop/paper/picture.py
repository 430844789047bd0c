"""Pictures of a case as PNG files, made without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.desktop.paper.window_picture import go_without_screen, write_png

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QImage

    from subrescue.desktop.map.scene import MapScene
    from subrescue.domain.case import Case, RangeRing
    from subrescue.domain.registry import Registry
    from subrescue.earth.world import World


def ensure_application() -> QGuiApplication:
    """The Qt application, made without a screen where there is none."""
    go_without_screen()
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    application = QGuiApplication.instance()
    return application if isinstance(application, QGuiApplication) else QApplication([])


def map_image(scene: MapScene, world: World, width: int, height: int, rings: tuple[RangeRing, ...] = ()) -> QImage:
    """Paint the map of a scene with its title block, in full detail; rings: the range rings of the case."""
    ensure_application()
    from PySide6.QtGui import QImage, QPainter

    from subrescue.desktop.map.base_image import render_base
    from subrescue.desktop.map.base_worker import depth_raster
    from subrescue.desktop.map.canvas import Canvas
    from subrescue.desktop.map.names_layer import paint_names_now
    from subrescue.desktop.map.places import tables_of
    from subrescue.desktop.map.range_rings import paint_rings

    canvas = Canvas(width, height)
    canvas.set_tables(tables_of(world))
    canvas.set_scene(scene)
    canvas.fit()
    canvas.underlays.append(paint_names_now)
    canvas.base = render_base(canvas.wanted_base(0), canvas.palette, depth_raster(world))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.paint(painter, with_title=True)
    paint_rings(painter, canvas, rings)
    painter.end()
    return image


def save_map_picture(
    case: Case, path: Path, width: int = 1600, height: int = 1000, registry: Registry | None = None
) -> None:
    """Plan a case and write its map, with the chain of the best option, as a PNG file.

    Without a registry, the shipped one is planned with. Raises InputError where the file cannot be written.
    """
    from subrescue.desktop.case.derived import first_that_can
    from subrescue.desktop.map.case_scene import scene_of
    from subrescue.earth.world import load_world
    from subrescue.planning.answer.respond import plan
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.registry import load_registry

    world, assumptions = load_world(), load_assumptions()
    registry = registry if registry is not None else load_registry()
    response = plan(case, registry, assumptions, world)
    scene = scene_of(case, response, registry, first_that_can(response), assumptions)
    write_png(map_image(scene, world, width, height, case.range_rings), path)
