"""Of large packages only the parts that are asked for are run; who asks for more gets all of it."""

from __future__ import annotations

import subprocess
import sys

_LOOK = """
import sys
import threading
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.imports.lean_packages import _Lean, make_lean
from subrescue.earth.imports.lean_scipy import import_scipy
def run(*names):
    return [name for name in names if not isinstance(sys.modules[name], _Lean)]
import subrescue.store.workspace.engine
import asyncio
print(run("asyncio"), asyncio.iscoroutine(1), [name for name in ("ssl", "asyncio.events") if name in sys.modules])
import_scipy()
nm = round(distance_nm(0.0, 0.0, 0.0, 1.0), 3)
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from scipy.special import betaincinv, ndtri
import inspect
import numpy as np
names = "pyproj", "scipy.sparse.csgraph", "scipy.spatial", "scipy.special"
for name in names:
    inspect.getsource(sys.modules[name])
print(run(*names), [name for name in ("urllib.request", "pyproj.crs") if name in sys.modules])
print(nm, dijkstra([[0, 2], [0, 0]], indices=0).tolist(), cKDTree([[0.0], [3.0]]).query([2.0]), ndtri(0.5))

import pyproj.crs  # a module that is no part
print(run(*names), pyproj.CRS(4326).is_geographic, pyproj.geod.Geod is pyproj.Geod, pyproj.__name__)
from scipy.spatial import ConvexHull  # a name that is no part
print(run(*names), ConvexHull([[0, 0], [1, 0], [0, 1]]).volume, sys.modules["scipy.spatial"].cKDTree is cKDTree)
try:
    from scipy.special import nobody
except ImportError as error:
    print("nobody" in str(error), run(*names))
found = []
def ask():
    from scipy.sparse.csgraph import connected_components
    found.append(connected_components(np.ones((2, 2)))[0])
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(found, run(*names) == list(names), "gamma" in dir(sys.modules["scipy.special"]))
async def five():
    await asyncio.sleep(0)
    return 5
print(asyncio.run(five()), run("asyncio"))
make_lean("json")
import json
print(json.loads("1"), "decoder" in dir(json), make_lean("no_such_package"))
"""


def test_parts_of_packages_come_alone_and_the_rest_when_it_is_asked_for() -> None:
    # In a process of its own: this one has imported much already.
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "[] False []",
        "[] []",
        "60.108 [0.0, 2.0] (1.0, 1) 0.0",
        "['pyproj'] True True pyproj",
        "['pyproj', 'scipy.spatial', 'scipy.special'] 0.5 True",
        "True ['pyproj', 'scipy.spatial', 'scipy.special']",
        "[1, 1, 1, 1, 1, 1, 1, 1] True True",
        "5 ['asyncio']",
        "1 True None",
    ]


def test_a_part_that_another_version_has_elsewhere_is_found_by_the_whole_package() -> None:
    look = """
from subrescue.earth.imports import lean_packages
lean_packages._PARTS["scipy.special"]["betaincinv"] = "_nowhere"
lean_packages._PARTS["scipy.special"]["ndtri"] = "_basic"
from subrescue.earth.imports.lean_scipy import import_scipy
import_scipy()
from scipy.special import ndtri
from scipy.special import betaincinv
print(ndtri(0.5), betaincinv(1.0, 1.0, 0.25))
"""
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "0.0 0.25\n"
