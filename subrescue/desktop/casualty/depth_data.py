"""The user's grids and charts in the window: loading one, forgetting all, and what they say of a place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.desktop.case.plan_service import Resources
from subrescue.desktop.parts.words import later
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position

if TYPE_CHECKING:
    from subrescue.earth.depth.depth_answers import DepthAnswer, Slope
    from subrescue.earth.shape.shore import NearestShore
    from subrescue.earth.world import World

FILES = later("Depth grids and charts (*.nc *.grd *.cdf *.000);;All files (*)")


@dataclass(frozen=True)
class DepthOfPlace:
    """What all sources say of a place."""

    answer: DepthAnswer
    slope: Slope | None
    shore: NearestShore


def depth_of(world: World, position: Position) -> DepthOfPlace:
    """Ask for depth, slope and shore of a place; a few milliseconds once all is read."""
    return DepthOfPlace(world.depth.ask(position), world.depth.slope(position), world.land.shore(position))


def with_file(resources: Resources, path: Path) -> Resources:
    """The resources with one more source of depths, remembered for the next start. Raises InputError."""
    from subrescue.store.depth_files import DepthFile, open_all, remember, remembered

    world = resources.world
    if world is None:
        return resources
    file = DepthFile(path.absolute())
    _, problems = open_all([file], world.land)
    if problems:
        raise InputError(problems)
    known = {one.path: one for one in remembered()}
    remember([*known.values(), *([] if file.path in known else [file])])
    return opened(resources)


def without_files(resources: Resources) -> Resources:
    """The resources with the shipped grid alone; the files stay, the list of them goes. Raises InputError."""
    from subrescue.store.depth_files import remember

    remember(())
    return opened(resources)


def opened(resources: Resources) -> Resources:
    """The resources with the sources of depths that are remembered; those that cannot be used become problems."""
    from subrescue.store.depth_files import open_remembered, settings_path

    world = resources.world
    if world is None:
        return resources
    sources, problems = open_remembered(world.land)
    own = world.with_depths(world.depth.with_sources(sources))
    return replace(resources, world=own, has_depth_files=settings_path().exists(), depth_problems=tuple(problems))
