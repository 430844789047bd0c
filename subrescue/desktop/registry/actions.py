"""Every action of the registry's window in one table, as for the main window; the words stand in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from subrescue.desktop.window.actions import Action, Standing, always
from subrescue.exchange.wording import text

MENUS = ("registry", "edit", "view")


def _chosen(standing: Standing) -> bool:
    return standing.has_selection


def registry_actions() -> tuple[Action, ...]:
    """The actions in the order of their menus."""

    def action(
        name: str,
        menu: str,
        shortcut: str = "",
        enabled: Callable[[Standing], bool] = always,
        toolbar: bool = False,
        also: str = "",
        line: bool = False,
    ) -> Action:
        title, tip = text(f"registry.action.{name}"), text(f"registry.action.{name}_help")
        short = title.rstrip("…") if toolbar else ""
        return Action(name, menu_title(menu), title, tip, shortcut, enabled, short, also=also, line=line)

    return (
        action("import", "registry", "Ctrl+I", toolbar=True),
        action("export", "registry", "Ctrl+Shift+E", toolbar=True),
        action("template", "registry"),
        action("show_on_map", "registry", "Ctrl+M", _chosen, toolbar=True, line=True),
        action("show_unknown", "registry", "Ctrl+Shift+N"),
        action("show_history", "registry", "Ctrl+H"),
        action("positions", "registry", "Ctrl+L", toolbar=True, line=True),
        action("close", "registry", "Ctrl+W", line=True),
        action("undo", "edit", "Ctrl+Z", lambda s: s.can_undo, toolbar=True),
        action("redo", "edit", "Ctrl+Shift+Z", lambda s: s.can_redo, toolbar=True, also="Ctrl+Y"),
        action("new_entry", "edit", "Ctrl+N", toolbar=True, line=True),
        action("edit_cell", "edit", "F2", _chosen),
        action("bulk_edit", "edit", "Ctrl+B", _chosen, toolbar=True),
        action("duplicate", "edit", "Ctrl+D", _chosen, toolbar=True),
        action("retire", "edit", "Ctrl+Delete", _chosen, toolbar=True),
        action("copy", "edit", "Ctrl+C", line=True),
        action("go_to_source", "edit", "Ctrl+K", line=True),
        action("find", "view", "Ctrl+F"),
        action("clear_facets", "view", "Ctrl+Shift+F"),
        action("columns", "view", "Ctrl+T", toolbar=True, line=True),
        action("registry_order", "view", "Ctrl+0"),
        action("help", "view", "F1", line=True),
    )


def menu_title(menu: str) -> str:
    """The word of a menu."""
    return text(f"registry.menu.{menu}")
