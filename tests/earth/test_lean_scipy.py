"""Scipy comes without the parts of numpy that it only names; who asks for these later gets them."""

from __future__ import annotations

import subprocess
import sys

_LOOK = """
import sys
import numpy as np
listed = dir(np), list(np.__all__)
from subrescue.earth.imports.lean_scipy import import_scipy
import_scipy()
unused = ("f2py", "testing", "ma", "polynomial")
print([name for name in ("unittest", *map("numpy.{}".format, unused)) if name in sys.modules])
print("scipy.sparse.csgraph" in sys.modules, (dir(np), list(np.__all__)) == listed)
import scipy.spatial
import scipy.special
print(np.ma.array([1, 2], mask=[0, 1]).sum(), np.testing.assert_equal(1, 1), np.f2py.__name__)
"""


def test_scipy_is_imported_without_what_no_route_uses_and_numpy_is_as_before() -> None:
    # In a process of its own: this one has imported much already.
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True True", "1 None numpy.f2py"]
