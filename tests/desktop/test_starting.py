"""What a start of the window sets up before it reads a map."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from subrescue.desktop import app as starting
from subrescue.desktop.window import first_map
from subrescue.earth.map_files import on_disk
from subrescue.store.user_folders import data_folder


class _FarEnoughError(Exception):
    """A start that has got to its first map."""


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Set back what a start sets for the whole process."""
    interrupt, folder, collects = signal.getsignal(signal.SIGINT), on_disk._folder, gc.isenabled()
    yield
    signal.signal(signal.SIGINT, interrupt)
    on_disk.use_folder(folder)
    if collects:
        gc.enable()


@pytest.mark.usefixtures("as_it_was")
def test_arrays_of_maps_are_laid_down_in_the_users_folder_from_the_first_map_on(
    monkeypatch: pytest.MonkeyPatch, qapp: Any
) -> None:
    folders: list[object] = []

    def stop(*_: object) -> None:
        folders.append(on_disk._folder)
        raise _FarEnoughError

    monkeypatch.setattr(starting, "application", lambda: qapp)
    monkeypatch.setattr(first_map, "show_first_map", stop)
    with pytest.raises(_FarEnoughError):
        starting.run_window(None)
    assert folders == [data_folder()]
