"""The group of commands `subrescue depth-sources`: list, add, forget."""

from __future__ import annotations

from typing import Annotated

import typer

from subrescue.cli import console
from subrescue.cli.options import PositiveOption

depths_app = typer.Typer(
    help="Grids (GEBCO, ETOPO) and charts (S-57) of yours that answer for depths, remembered on this machine.",
    no_args_is_help=True,
)


@depths_app.command("list")
@console.told
def list_depth_sources() -> None:
    """The sources in the order in which they are asked."""
    from subrescue.cli import depth_sources

    depth_sources.listed()


@depths_app.command("add")
@console.told
def add_depth_sources(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Grids (netCDF) and charts (S-57, .000).")],
    positive: PositiveOption = None,
) -> None:
    """Load files for good: the window, depth and plan ask them before the grid that travels along."""
    from subrescue.cli import depth_sources

    depth_sources.add(files, positive.value if positive else None)


@depths_app.command("forget")
@console.told
def forget_depth_sources(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Which; all without one.")] = None,
) -> None:
    """Forget files that were loaded, or all of them; the files stay."""
    from subrescue.cli import depth_sources

    depth_sources.forget(files or [])
