"""What the tests of commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.store.workspace.opening import open_workspace
from tests.store.workspace.samples import MORNING, small_registry


@pytest.fixture
def small_workspace(throwaway_profile: Path) -> None:
    """The user's own workspace, with the small registry."""
    open_workspace(now=MORNING, registry=small_registry).close()
