"""Ties the registry's desk and window to the main window: plans are made from it, its assets stand on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.domain.registry import Registry

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.registry.window import RegistryWindow
    from subrescue.domain.position import Position


# The workspace is opened so long after the window began to work, whether its response stands or not.
_LATEST_MS = 60_000


class RegistryLink(QObject):
    """A main window with a registry that lives: every change of it changes the response of the open case."""

    def __init__(self, window: MainWindow, desk: RegistryDesk) -> None:
        super().__init__(window)
        self.desk = desk
        self.window: RegistryWindow | None = None
        self._main = window
        desk.changed.connect(self._plan_anew)
        desk.message.connect(window.message_bar.show_message)

    def start(self) -> None:
        """Open the workspace once there is a whole response, or why there is none; or some time later without that.

        To make one takes two seconds of processor that the planner would wait for. What one says that is there already
        the first response is made from (`own_registry`).
        """
        self._main.desk.response_changed.connect(self._open_when_answered)
        QTimer.singleShot(_LATEST_MS, self, self.desk.start)
        self._open_when_answered()

    def _open_when_answered(self) -> None:
        desk = self._main.desk
        if desk.answer.trouble or (desk.response is not None and not desk.answer.is_brief):
            self.desk.start()

    def show(self) -> None:
        """Open the registry's window, or bring it to the front."""
        from subrescue.desktop.registry.window import RegistryWindow

        self.desk.start()
        if self.window is None:
            self.window = RegistryWindow(self.desk, self._main.preferences, self._main.theme, self._main.dialogs)
            self.window.place_asked.connect(self._show_place)
            self.window.facets.search.setFocus()
            self.window.actions_by_id.menus[0].addAction(self._main.actions_by_id.by_id["quit"])
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    @property
    def is_shown(self) -> bool:
        """Whether the registry's window is open."""
        return self.window is not None and self.window.isVisible()

    def stop(self) -> None:
        """Close the window and the workspace."""
        self.close_window()
        self.desk.stop()

    def close_window(self) -> None:
        """Close the window; the workspace stays open."""
        if self.window is not None:
            self.window.leave()
            self.window.deleteLater()
            self.window = None

    def _plan_anew(self) -> None:
        registry = self.desk.registry
        self._main.desk.service.change(lambda resources: with_registry(resources, registry))

    def _show_place(self, name: str, position: Position) -> None:
        self._main.map.show_place(name, position)
        self._main.raise_()
        self._main.activateWindow()


def with_registry(resources: Resources, registry: Registry) -> Resources:
    """The resources with this registry; the very same where it says the same."""
    return resources if resources.registry == registry else replace(resources, registry=registry)
