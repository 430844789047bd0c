"""Imports scipy without what it drags along and no route or plan uses."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from subrescue.earth.imports.lean_packages import make_lean

# A compiler of Fortran, numpy's tools for tests with unittest and asyncio behind them, masked arrays and polynomials.
_UNUSED = frozenset({"f2py", "ma", "polynomial", "testing"})
_LEAN = ("scipy.sparse.csgraph", "scipy.spatial", "scipy.special")
_lock = threading.Lock()


def import_scipy() -> None:
    """Import what routes need of scipy, and make other packages of it lean; nothing happens where it is there already.

    Scipy's array layer copies every name of numpy into a module of its own, and numpy imports these parts when they
    are named: 8 MB and a tenth of a second. While this runs numpy does not list them; asked for, they are there.
    """
    with _lock:
        if "scipy._lib._array_api" not in sys.modules:
            with _unlisted():
                importlib.import_module("scipy.sparse")
                for name in _LEAN:
                    make_lean(name)


@contextmanager
def _unlisted() -> Iterator[None]:
    module = vars(np)
    usual = {name: module[name] for name in ("__all__", "__dir__")}
    shown = [name for name in dir(np) if name not in _UNUSED]
    module["__all__"] = [name for name in usual["__all__"] if name not in _UNUSED]
    module["__dir__"] = lambda: shown
    try:
        yield
    finally:
        module.update(usual)
