"""Takes single parts out of large packages without running the rest of them, until somebody asks for more."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.abc import Loader
from types import ModuleType
from typing import Any

_PARTS = {
    "asyncio": {"iscoroutine": "coroutines"},
    "pyproj": {"Geod": "geod"},
    "scipy.sparse.csgraph": {"dijkstra": "_shortest_path"},
    "scipy.spatial": {"cKDTree": "_ckdtree"},
    "scipy.special": {"betaincinv": "_ufuncs", "ndtri": "_ufuncs"},
}
"""Of each package the names that are often asked for, and the modules that hold them."""

_OF_PACKAGES = frozenset({"__all__", "__version__"})


class _Lean(ModuleType):
    """A package whose own code has not been run; asked for anything but its parts it runs it and is as any other.

    Import locks of Python guard its modules. Should two threads ask at once, both run the code, which makes the same
    of it: a lock of our own might wait for one that waits for it.
    """

    def __getattr__(self, name: str) -> Any:
        module = _PARTS[self.__name__].get(name)
        if module is not None:
            with suppress(ImportError, AttributeError), _within(self):  # another version may have it elsewhere
                return getattr(importlib.import_module(f"{self.__name__}.{module}"), name)
        # Who looks for the source of modules, as Qt's Python layer does, asks for many such names that no package has.
        is_of_any = name.startswith("__") and name not in _OF_PACKAGES
        if is_of_any or _is_within(self):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        _fill(self)
        return getattr(self, name)

    def __dir__(self) -> list[str]:
        _fill(self)
        return dir(self)


class _Folders(list[str]):
    """Where the modules of a package lie. An import of one goes through them: what the package sets up is there before
    any but its parts.
    """

    def __init__(self, package: _Lean, folders: Iterable[str]) -> None:
        super().__init__(folders)
        self._package = package

    def __iter__(self) -> Iterator[str]:
        if isinstance(self._package, _Lean) and not _is_within(self._package):
            _fill(self._package)
        return super().__iter__()


class _Busy(threading.local):
    """The packages that this thread runs, or parts of which it imports."""

    names: frozenset[str] = frozenset()


_busy = _Busy()


@contextmanager
def _within(package: _Lean) -> Iterator[None]:
    before, _busy.names = _busy.names, _busy.names | {package.__name__}
    try:
        yield
    finally:
        _busy.names = before


def _is_within(package: _Lean) -> bool:
    return package.__name__ in _busy.names


def _fill(package: _Lean) -> None:
    loader = package.__loader__
    assert isinstance(loader, Loader)
    with _within(package):
        loader.exec_module(package)
    package.__class__ = ModuleType  # type: ignore[assignment]  # a module may become a plain one; mypy knows none that does


def make_lean(name: str) -> None:
    """Put a package in place of which only the parts that are asked for are run; nothing happens where it is there.

    Scipy's and pyproj's packages import all that they have: of the 56 MB that came along, with a client for the web
    and solvers of equations, routes and plans use a third, and a fifth of a second went into it. So do SQLAlchemy and
    asyncio, with the encryption of sockets: 3 MB and 40 ms, and no workspace waits for anything that way.
    """
    if name in sys.modules:
        return
    above, _, last = name.rpartition(".")
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None or spec.submodule_search_locations is None:
        return
    package = _Lean(name, None)
    package.__dict__.update(
        __spec__=spec, __loader__=spec.loader, __package__=name, __file__=spec.origin,
        __path__=_Folders(package, spec.submodule_search_locations),
    )  # fmt: skip
    sys.modules[name] = package
    if above:
        setattr(sys.modules[above], last, package)
