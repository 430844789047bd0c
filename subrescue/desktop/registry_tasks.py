"""The longer tasks of the registry's window, each with its dialog: export, import, an empty template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.desktop.export_dialog import ExportDialog
from subrescue.desktop.export_request import selection_of, write
from subrescue.exchange.wording import text

if TYPE_CHECKING:
    from subrescue.desktop.registry_window import RegistryWindow


def export(window: RegistryWindow) -> None:
    """Ask how the table, filtered as it is seen, goes into a file."""
    model = window.model
    if not model.rows:
        window.message_bar.show_message(text("registry.export.nothing"), note=True)
        return
    desk = window.desk
    selection = selection_of(model.kind, window.facets.facets(), (row.key for row in model.rows))
    dialog = ExportDialog(
        selection,
        desk.today,
        window.preferences,
        window.dialogs,
        window.background,
        lambda request, tick: write(request, desk.registry, desk.workspace, tick),
        window,
    )
    dialog.accepted.connect(lambda: window.message_bar.show_message(dialog.written, note=True))
    window.ask(dialog)
