"""What the actions of the registry's window do to entries: state a fact, bulk edit, duplicate, retire, undo, redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt

from subrescue.desktop.registry import tasks as registry_tasks
from subrescue.desktop.registry.desk import change_of
from subrescue.desktop.registry.dialogs import BulkEdit, Duplicate
from subrescue.desktop.registry.editors import words_of
from subrescue.desktop.registry.views import shared_facts
from subrescue.domain.errors import InputError
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact
from subrescue.exchange.sightings import position_now
from subrescue.exchange.wording import text
from subrescue.store.workspace.errors import StaleWriteError

if TYPE_CHECKING:
    from subrescue.desktop.registry.window import RegistryWindow
    from subrescue.store.workspace.command import JournalRow


def handlers_of(window: RegistryWindow) -> dict[str, Callable[[], object]]:
    """The function of every action of the table."""
    return {
        "import": lambda: registry_tasks.import_declaration(window),
        "template": lambda: registry_tasks.save_template(window),
        "new_entry": lambda: registry_tasks.new_entry(window),
        "export": lambda: registry_tasks.export(window),
        "show_on_map": lambda: show_on_map(window),
        "positions": lambda: window.positions.show(),
        "show_unknown": lambda: window.turn_to(2, window.asked),
        "show_history": lambda: window.turn_to(1, window.history),
        "close": window.close,
        "undo": lambda: undo(window),
        "redo": lambda: redo(window),
        "edit_cell": window.edit_cell,
        "bulk_edit": lambda: bulk_edit(window),
        "duplicate": lambda: duplicate(window),
        "retire": lambda: retire(window),
        "go_to_source": lambda: window.sources.source.setFocus(Qt.FocusReason.ShortcutFocusReason),
        "find": window.go_to_search,
        "clear_facets": window.facets.clear,
        "columns": window.ask_columns,
        "registry_order": window.unsort,
        "copy": lambda: copy_rows(window),
        "help": lambda: show_help(window),
    }


def copy_rows(window: RegistryWindow) -> None:
    """Copy the chosen rows of the table that has the keys, of the entries where none has them."""
    from PySide6.QtWidgets import QApplication

    from subrescue.desktop.parts.table_copy import copy_from, table_at

    copy_from(table_at(QApplication.focusWidget()) or window.table)


def show_help(window: RegistryWindow) -> None:
    """Show what the registry says, how to read it, and its keys."""
    from subrescue.desktop.window.help_feature import HelpWindow

    shown = HelpWindow(window)
    shown.show_help("registry")
    shown.show()


def edit_fact(window: RegistryWindow, row: Row, fact: Fact, value: Any) -> str:
    """State a fact of an entry; what was wrong in words, or nothing."""
    if window.conflict is not None:  # an editor that loses the focus to the choice between both sides asks again
        return text("registry.conflict.title")
    try:
        said, why = window.sources.statement(), window.sources.why()
        window.desk.state_facts([(row.kind, row.entry)], fact.path, value, said, why)
    except InputError as error:
        return words_of(error, fact.path)
    return ""


def check_fact(window: RegistryWindow, row: Row, fact: Fact, value: Any) -> str:
    """What would be wrong with a fact, or nothing."""
    try:
        change_of(row.kind, row.entry, fact.path, value, window.sources.statement())
    except InputError as error:
        return words_of(error, fact.path)
    return ""


def bulk_edit(window: RegistryWindow) -> None:
    """Ask for one fact of all chosen entries."""
    rows = window.chosen_rows()
    shared = shared_facts(rows)

    def take(fact: Fact, value: Any) -> str:
        try:
            entries = [(row.kind, row.entry) for row in rows]
            window.desk.state_facts(entries, fact.path, value, window.sources.statement(), window.sources.why())
        except StaleWriteError:
            return ""  # the choice between both sides takes over
        except InputError as error:
            return words_of(error, fact.path)
        return ""

    if shared:
        window.ask(BulkEdit(shared, len(rows), take, window))


def duplicate(window: RegistryWindow) -> None:
    """Ask for id and name of an entry that is made like the chosen one."""
    row = window.chosen_row()
    if row is None:
        return

    def take(entry_id: str, name: str) -> str:
        try:
            window.desk.duplicate(row.kind, row.entry, entry_id, name, window.sources.why())
        except InputError as error:
            return told_error(error)
        window.choose((row.kind, entry_id))
        return ""

    window.ask(Duplicate(row.entry, take, window))


def retire(window: RegistryWindow) -> None:
    """Take the chosen entries out of use; undo brings them back."""
    rows = window.chosen_rows()
    if attempt(window, lambda: window.desk.retire(((row.kind, row.entry) for row in rows), window.sources.why())):
        window.message_bar.show_message(text("registry.retired", {"count": len(rows)}), note=True)
        window.narrow()


def undo(window: RegistryWindow) -> None:
    """Take the last command of this desk back, and say which it was."""
    _step(window, "undo")


def redo(window: RegistryWindow) -> None:
    """Do again what was taken back last, and say so."""
    _step(window, "redo")


def _step(window: RegistryWindow, act: Literal["undo", "redo"]) -> None:
    desk = window.desk
    command, is_long = desk.next_step(act)

    def tell(done: JournalRow | None) -> None:
        window.enable()
        if done is not None:
            named = command if act == "undo" and command is not None else done
            window.message_bar.show_message(text(f"registry.{act}_done", _told(named, done)), note=True)

    def fail(error: InputError) -> None:
        window.enable()
        window.message_bar.show_message(told_error(error))

    def refreshed(then: Callable[[Any], None]) -> Callable[[Any], None]:
        def run(found: Any) -> None:
            desk.refresh()
            then(found)

        return run

    window.message_bar.hide()
    if is_long:
        window.message_bar.show_message(text(f"registry.{act}_long"), note=True)
        for name in ("undo", "redo"):
            window.actions_by_id.by_id[name].setEnabled(False)
        window.background.run(lambda _: desk.step_beside(act), refreshed(tell), refreshed(fail))
        return
    try:
        tell(getattr(desk, act)())
    except InputError as error:
        fail(error)


def _told(command: JournalRow, done: JournalRow) -> dict[str, object]:
    """What a command was: its reason, or the time at which it was given; and how many entries it changed."""
    entries = {(change.kind, change.entry_id) for change in getattr(done, "changes", ())}
    what = command.why or text("registry.change_of", {"at": f"{command.at:%H:%M:%SZ}"})
    return {"what": what, "count": len(entries)}


def attempt(window: RegistryWindow, act: Callable[[], object]) -> bool:
    """Do something and say what was wrong with it; whether it was done."""
    window.message_bar.hide()
    try:
        act()
    except InputError as error:
        window.message_bar.show_message(told_error(error))
        return False
    window.enable()
    return True


def show_on_map(window: RegistryWindow) -> None:
    """Show where the chosen entry is kept, or where it is now."""
    row = window.chosen_row()
    if row is None:
        return
    position = position_now(row.entry)
    if position is None:
        window.message_bar.show_message(text("registry.no_position", {"name": row.entry.id}), note=True)
        return
    window.message_bar.hide()
    window.place_asked.emit(getattr(row.entry, "name", row.entry.id), position)
