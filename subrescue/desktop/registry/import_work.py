"""What an import does beside the window: read a declaration, compare it with the registry, apply what was taken."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from subrescue.desktop.parts.background import Background, Tick
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.evidence import Confidence, Source
from subrescue.exchange.declarations.changes import Acceptance, count_taken, import_changes
from subrescue.exchange.declarations.choice import Choice, choice_of
from subrescue.exchange.declarations.difference import DeclarationDifference, compare
from subrescue.exchange.declarations.reading import FORMATS, Declaration, read_declaration
from subrescue.exchange.wording import text


class ImportWork:
    """The work of one import. `read`, `compare` and `apply` are called on other threads than the GUI's."""

    def __init__(self, desk: RegistryDesk, background: Background, dialogs: Dialogs, preferences: Preferences) -> None:
        self.desk, self.background = desk, background
        self._dialogs, self._preferences = dialogs, preferences

    def ask_file(self, parent: QWidget) -> Path | None:
        """Ask for the declaration; its folder is offered the next time."""
        kinds = " ".join(f"*{suffix}" for suffix in FORMATS)
        folder = self._preferences.text("import_folder", "")
        path = self._dialogs.open_file(parent, text("registry.import.title"), folder, f"{kinds} ({kinds})")
        if path is not None:
            self._preferences.set_text("import_folder", str(path.parent))
        return path

    def read(self, path: Path, source: str, tick: Tick) -> tuple[Declaration, DeclarationDifference, Choice]:
        """The file, what it would change and what there is to choose; half of the ticks each. Raises InputError."""
        declaration = read_declaration(path, lambda row, of: tick(row, 2 * of))
        return declaration, *self.compare(declaration, source, lambda row, of: tick(of + row, 2 * of))

    def compare(self, declaration: Declaration, source: str, tick: Tick) -> tuple[DeclarationDifference, Choice]:
        """What a declaration would change in the registry as it stands, and what there is to choose of it."""
        difference = compare(self.desk.registry, declaration, source, tick)
        return difference, choice_of(difference)

    def apply(
        self,
        difference: DeclarationDifference,
        taken: Iterable[Acceptance],
        source: Source,
        date: str | None,
        confidence: Confidence,
        why: str,
    ) -> int:
        """Apply what was taken as one command; how many of its entries changed. Raises InputError."""
        taken = tuple(taken)
        changes = import_changes(self.desk.registry, difference, taken, source, date, confidence)
        if not changes:
            return 0
        done = self.desk.apply_beside(changes, why)
        return count_taken(taken, getattr(done, "changes", ()))
