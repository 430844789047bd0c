"""The depth sources of a command: those named in the call, or else those that the user has loaded on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from subrescue.cli import console
from subrescue.domain.errors import InputError, Problem
from subrescue.earth.world import World, load_world
from subrescue.store.depth_files import DepthFile, open_all, open_remembered, remember, remembered

SHIPPED_WORD = "shipped"
"""Named as a source it stands for the grid that travels with the program, and nothing else is asked."""

Positive = Literal["up", "down"]


def world_with(named: Sequence[str], positive: Positive | None, option: str) -> World:
    """The world with the depth sources named on the command line, which then are all; raises InputError for a bad one.

    Without a name those that the user has loaded are taken; one that cannot be used is told on stderr.
    """
    world = load_world()
    if not named:
        if positive is not None:
            raise InputError(Problem("--positive", f"'{positive}' without a grid", f"a grid is named with {option}"))
        sources, problems = open_remembered(world.land)
        console.warn(problems)
    else:
        if SHIPPED_WORD in named and len(named) > 1:
            found = f"'{SHIPPED_WORD}' beside other sources"
            raise InputError(Problem(option, found, "the shipped grid is asked last in any case"))
        files = [DepthFile(Path(name), positive) for name in named if name != SHIPPED_WORD]
        sources, problems = open_all(files, world.land)
        if problems:
            raise InputError(problems)
    return world.with_depths(world.depth.with_sources(sources)) if sources else world


def add(names: Sequence[str], positive: Positive | None) -> None:
    """Load files for good; raises InputError, and keeps none of them, where one cannot be used."""
    files = [DepthFile(Path(name), positive) for name in names]
    _, problems = open_all(files, None)
    if problems:
        raise InputError(problems)
    known = {file.path: file for file in (*remembered(), *(DepthFile(f.path.absolute(), f.positive) for f in files))}
    remember(known.values())
    listed()


def forget(names: Sequence[str]) -> None:
    """Forget files, or all of them; raises InputError for one that is not loaded."""
    if not names:
        remember(())
        listed()
        return
    gone = {Path(name).absolute() for name in names}
    known = {file.path: file for file in remembered()}
    if strange := sorted(gone - known.keys()):
        shown = ", ".join(f"'{path}'" for path in known) or "none"
        raise InputError([Problem("FILE", f"'{path}', which is not loaded", f"loaded: {shown}") for path in strange])
    remember(file for path, file in known.items() if path not in gone)
    listed()


def listed() -> None:
    """Print the sources in the order in which they are asked; one that cannot be used is told on stderr."""
    from subrescue.exchange import depth_words

    world = load_world()
    sources, problems = open_remembered(None)
    console.warn(problems)
    rows = [(facts, facts.path) for facts in world.depth.with_sources(sources).sources]
    lines = [f"{number}  {depth_words.source(facts)}" + (f"\n   {path}" if path else "") for number, (facts, path)
             in enumerate(rows, 1)]  # fmt: skip
    console.emit("\n".join(lines) + "\n")
