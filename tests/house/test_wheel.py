"""The wheel that Windows and macOS install: it carries the registry and the maps, and both open from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]

OPEN_BOTH = """
import json, subrescue
from datetime import UTC, datetime
from subrescue.datafiles import data_dir
from subrescue.earth.world import load_world
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case, shipped_cases
from subrescue.store.registry import load_registry
from subrescue.store.workspace.opening import open_workspace

world, registry, assumptions = load_world(), load_registry(), load_assumptions()
print(json.dumps({
    "package": subrescue.__file__,
    "maps": str(data_dir("maps")),
    "resources": str(data_dir("resources")),
    "south_pole_is_land": bool(world.land.is_land(-89.9, 0.0)),
    "north_pole_is_land": bool(world.land.is_land(89.9, 0.0)),
    "assumptions": len(assumptions.items),
    "cases": sorted(path.stem for path in shipped_cases() if read_case(path)),
    "workspace": open_workspace("new.sqlite", now=datetime(2026, 1, 1, tzinfo=UTC)).registry() == registry,
    "registry": {
        kind: len(getattr(registry, kind))
        for kind in ("rescue_systems", "intervention_systems", "ships", "aircraft_types", "submarine_classes")
    },
}))
"""

# What the registry must hold at least.
LEAST = {
    "rescue_systems": 25,
    "intervention_systems": 8,
    "ships": 25,
    "aircraft_types": 9,
    "submarine_classes": 30,
}


def step(command: list[str], cwd: Path, **environment: str) -> str:
    """Run a step and return what it printed; what it said otherwise is in the failure."""
    run = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, f"{' '.join(command)}\n{run.stdout}{run.stderr}"
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network: the build backend is among the developers' libraries."""
    folder = tmp_path_factory.mktemp("wheel")
    step(
        [*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        folder,
    )
    (built,) = folder.glob("subrescue-*.whl")
    return built


def test_the_wheel_carries_every_file_of_the_registry_and_the_maps(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"subrescue/_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("resources", "maps")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert wanted
    assert wanted <= carried


def test_the_wheel_leaves_tests_and_tools_at_home(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"subrescue"}


def test_registry_and_maps_open_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    step([*PIP, "install", "--no-deps", "--no-index", "--no-compile", "--target", str(site), str(wheel)], tmp_path)
    seen = json.loads(step([sys.executable, "-c", OPEN_BOTH], elsewhere, PYTHONPATH=str(site)))
    assert Path(seen["package"]) == site / "subrescue/__init__.py"
    assert Path(seen["maps"]) == site / "subrescue/_data/maps"
    assert Path(seen["resources"]) == site / "subrescue/_data/resources"
    assert (seen["south_pole_is_land"], seen["north_pole_is_land"]) == (True, False)
    assert seen["assumptions"] > 0
    assert "demo-norwegian-sea" in seen["cases"]
    assert seen["workspace"]
    assert {kind: count for kind, count in seen["registry"].items() if count < LEAST[kind]} == {}
