"""The longer tasks of the registry's window, each with its dialog: export, import, an empty template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from subrescue.desktop.registry.conflict_dialog import ConflictDialog
from subrescue.desktop.registry.dialogs import Template
from subrescue.desktop.registry.export_dialog import ExportDialog
from subrescue.desktop.registry.export_request import selection_of, write
from subrescue.desktop.registry.import_dialog import ImportDialog
from subrescue.desktop.registry.import_work import ImportWork
from subrescue.desktop.registry.new_entry import NewEntry
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.wording import text
from subrescue.store.files import write_atomically
from subrescue.store.registry import ASSET_KINDS

if TYPE_CHECKING:
    from subrescue.desktop.registry.desk import Refused
    from subrescue.desktop.registry.window import RegistryWindow
    from subrescue.store.workspace.fields import Key
    from subrescue.store.workspace.merge import Side


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


def import_declaration(window: RegistryWindow, path: Path | None = None) -> None:
    """Read a nation's declaration and ask what of it is taken; `path` is a file that was dropped."""
    if not window.desk.is_open:
        return
    work = ImportWork(window.desk, window.background, window.dialogs, window.preferences)
    dialog = ImportDialog(work, window.theme, lambda: save_template(window), window)
    dialog.accepted.connect(lambda: window.message_bar.show_message(dialog.done_words, note=True))
    window.ask(dialog)
    if path is not None:
        dialog.open_file(path)


def new_entry(window: RegistryWindow) -> None:
    """Ask for the facts of a new entry, and choose it when it is made."""

    def make(change: EntryChange, why: str) -> str:
        try:
            window.desk.make(change, why)
        except InputError as error:
            return told_error(error)
        return ""

    def chosen() -> None:
        if dialog.made is None:
            return
        kind, entry_id = dialog.made
        if window.model.kind not in (kind, None) or (window.model.kind is None and kind not in ASSET_KINDS):
            window.choose_kind(kind)
        if window.model.row_of(dialog.made) is None:
            window.facets.clear()
        window.choose(dialog.made)
        window.message_bar.show_message(text("registry.new.made", {"id": entry_id}), note=True)

    if window.desk.is_open:
        dialog = NewEntry(window.model.kind, window.desk.registry, window.sources, make, window)
        dialog.accepted.connect(chosen)
        window.ask(dialog)


def save_template(window: RegistryWindow) -> None:
    """Ask for kind and language of an empty table, and where it is written."""

    def take(kind: str, language: str) -> str:
        from subrescue.exchange.declarations.templates import SUFFIXES, template

        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = text("registry.template.title")
        path = window.dialogs.save_file(window, title, f"template-{kind}.xlsx", f"{kinds} ({kinds})")
        if path is None:
            return ""
        path = path if path.suffix else path.with_suffix(".xlsx")
        try:
            write_atomically(path, template(kind, path.suffix.lower(), language))
        except InputError as error:
            return told_error(error)
        window.message_bar.show_message(text("registry.template.written", {"path": str(path)}), note=True)
        return ""

    dialog = Template(window.model.kind, take, window)
    dialog.open()


def choose_sides(window: RegistryWindow, refused: Refused) -> None:
    """Show side by side what two desks changed, and apply what is chosen."""

    def settle(choices: dict[tuple[Key, str], Side]) -> None:
        window.desk.settle(refused, choices)

    def end(result: int) -> None:
        window.conflict = None
        window.detail.release()
        window.desk.refresh()
        window.table.setFocus()
        window.message_bar.show_message(text(f"registry.conflict.{'settled' if result else 'left'}"), note=True)

    if window.conflict is not None:  # the newer one holds what is chosen of the older one too
        window.conflict.blockSignals(True)
        window.conflict.close()
    parent = window.dialog if isinstance(window.dialog, ImportDialog) else window  # other questions are answered by it
    dialog = ConflictDialog(refused, window.desk.history, settle, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(end)
    window.conflict = dialog
    dialog.open()
