"""The window: casualty and assumptions at the left, the map, the response at the right, the timeline below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QVBoxLayout, QWidget

from subrescue.desktop.all_features import FEATURES
from subrescue.desktop.assumptions.panel import AssumptionsPanel
from subrescue.desktop.case.desk import POSITION, Desk
from subrescue.desktop.casualty.casualty_form import CasualtyForm
from subrescue.desktop.map.canvas import PROJECTIONS
from subrescue.desktop.map.widget import MapWidget
from subrescue.desktop.parts.boxes import SMALLEST, bring_to_front, first_size
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.entry_end import end_entry
from subrescue.desktop.parts.file_drops import FileDrops
from subrescue.desktop.parts.message_bar import MessageBar
from subrescue.desktop.parts.open_question import question_left
from subrescue.desktop.parts.themes import THEMES, Theme, dress
from subrescue.desktop.parts.tool_rows import ToolRows
from subrescue.desktop.parts.words import language, tr
from subrescue.desktop.places.go_to_place import GoToPlace
from subrescue.desktop.places.place_finder import PlaceFinder
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.link import RegistryLink
from subrescue.desktop.response.response_panel import ResponsePanel
from subrescue.desktop.timeline.legend import TimelineLegend
from subrescue.desktop.timeline.view import TimelineArea, TimelineView
from subrescue.desktop.window.action_set import ActionSet
from subrescue.desktop.window.banner import Banner
from subrescue.desktop.window.desk_views import DeskViews
from subrescue.desktop.window.docks import add_docks, arrange, hide_unused_tab_bars
from subrescue.desktop.window.kept_view import remember, restore_panels, restore_view
from subrescue.desktop.window.preferences import Preferences
from subrescue.desktop.window.tab_walk import TabWalk
from subrescue.desktop.window.window_commands import NOTATIONS, handlers_of

_LATEST_START_MS = 1500


class MainWindow(FileDrops, TabWalk):
    """All views on one desk. Views only show; every change goes to the desk."""

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences,
        dialogs: Dialogs | None = None,
        registry: RegistryDesk | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        desk.has_registry = registry is not None
        self.preferences = preferences
        self.dialogs = dialogs or Dialogs()
        self.notation = preferences.text("notation", "dm", NOTATIONS)
        self.theme: Theme = THEMES[preferences.text("theme", "day", tuple(THEMES))]
        self.map = MapWidget()
        self.form = CasualtyForm()
        self.assumptions = AssumptionsPanel()
        self.response = ResponsePanel()
        self.timeline = TimelineView()
        self.legend = TimelineLegend()
        self.message_bar = MessageBar()
        self.banner = Banner()
        self.views = DeskViews(self)
        self.finder = PlaceFinder(self)
        self.place_box: GoToPlace | None = None
        self._is_retired = self._is_started = False
        self.successor: MainWindow | None = None
        self.registry = RegistryLink(self, registry) if registry is not None else None
        self.features = tuple(make(self) for make in FEATURES)
        self._lay_out()
        handlers = handlers_of(self)
        for feature in self.features:
            handlers |= feature.handlers()
        self.actions_by_id = ActionSet(self, handlers)
        self.actions_by_id.fill_menus(self.menuBar(), self._fill_cases)
        self._tool_rows.fill(self.actions_by_id.on_toolbar())
        self._connect()
        self.setAcceptDrops(True)
        self.take_files((".toml",), self.open_file)
        self.set_theme(self.theme.id)
        self.set_notation(self.notation)
        self.set_projection(preferences.text("projection", "azimuthal", PROJECTIONS))
        self.actions_by_id.choose("language", language())
        self.views.show_case()
        self.views.show_response()
        restore_panels(self)
        restore_view(self)

    # Layout

    def _lay_out(self) -> None:
        self.setWindowTitle("Subrescue")
        self.resize(first_size(self, 1600, 1000))
        self.setMinimumSize(SMALLEST)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self._tool_rows = ToolRows(self, "case_bar", tr("Case"), self.banner)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.map, 1)
        self.message_bar.lie_over(self.map)
        self.setCentralWidget(centre)
        scroll = TimelineArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.timeline)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the timeline takes the keys
        scroll.verticalScrollBar().valueChanged.connect(self.timeline.update)
        panels: dict[str, QWidget] = {
            "casualty": self.form,
            "assumptions": self.assumptions,
            "response": self.response,
            "timeline": scroll,
        }
        for feature in self.features:
            panels |= feature.panels()
        self._docks = add_docks(self, panels)
        for name in ("casualty", "assumptions"):
            self._docks[name].setTitleBarWidget(QWidget())  # the tab says it already
        self._docks["timeline"].setTitleBarWidget(self.legend)
        self.reset_layout()
        self.statusBar().addWidget(self.views.pointer, 1)
        self.statusBar().addPermanentWidget(self.views.state)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(8, 0, 8, 0)

    def reset_layout(self) -> None:
        """Put the panels where they were at first."""
        arrange(self, self._docks)

    # Between desk and views

    def _connect(self) -> None:
        desk = self.desk
        desk.opened.connect(self._show_opened)
        desk.at_hand = self.response.assets_in_sight
        self.views.follow()
        self.form.clock = desk.clock
        self.form.edited.connect(desk.edit)
        self.assumptions.edited.connect(lambda key, value: desk.edit(f"assumptions.{key}", value))
        self.response.asset_selected.connect(desk.select)
        self.timeline.asset_selected.connect(desk.select)
        self.map.asset_selected.connect(desk.select)
        self.map.dissub_moved.connect(desk.preview_position)
        self.map.dissub_dropped.connect(desk.drop_position)
        self.map.dissub_put_back.connect(desk.put_back_position)
        desk.in_hand.given_up.append(lambda path: self.map.put_back() if path == POSITION else None)
        self.map.base_painted.connect(self._start, Qt.ConnectionType.QueuedConnection)
        for feature in self.features:
            feature.connect()

    def _show_opened(self) -> None:
        self.map.put_back()
        self.timeline.let_go()
        self.form.show_case(self.desk.case)
        self.form.forget_all()
        self.assumptions.table.give_up_entry()
        self.message_bar.clear()
        self.views.show_scene()
        if self._is_started:
            self.map.fit_scene()
        else:
            restore_view(self)

    # What actions do to the window itself

    def set_theme(self, name: str) -> None:
        """Day, dusk or red night over every window, menu and tooltip."""
        self.theme = THEMES[name]
        dress(self.theme)
        self.map.set_palette(self.theme.map)
        for view in (self.response, self.timeline, self.legend, self.assumptions):
            view.set_theme(self.theme)
        for feature in self.features:
            feature.set_theme(self.theme)
        if self.registry is not None and self.registry.window is not None:
            self.registry.window.set_theme(self.theme)
        self.actions_by_id.choose("theme", name)
        self.preferences.set_text("theme", name)

    def set_notation(self, notation: str) -> None:
        """Show positions in another notation."""
        self.notation = notation
        self.form.set_notation(notation)
        self.actions_by_id.choose("notation", notation)
        self.preferences.set_text("notation", notation)

    def set_projection(self, name: str) -> None:
        """Show the map in another projection."""
        self.map.set_projection(next(known for known in PROJECTIONS if known == name))
        self.actions_by_id.choose("projection", name)
        self.preferences.set_text("projection", name)

    def go_to_place(self) -> None:
        """Ask for a place and show it on the map."""
        if self.place_box is None:
            self.place_box = GoToPlace(self.finder, self)
            self.place_box.chosen.connect(lambda place: self.map.show_place(place.name, place.position))
        self.finder.prepare(self.desk.resources)
        bring_to_front(self.place_box)

    def _fill_cases(self, menu: object) -> None:
        from subrescue.desktop.window.window_commands import fill_cases_menu

        fill_cases_menu(self, menu)

    def may_leave(self) -> bool:
        """Ask about edits that are in no file; true where the case may go."""
        if question_left(self):
            return False
        end_entry(self)
        if not self.desk.session.unsaved:
            return True
        answer = self.dialogs.leave(self, self.desk.case.title)
        if answer == "save":
            self.actions_by_id.by_id["save_as"].trigger()
            return not self.desk.session.unsaved
        return answer == "discard"

    def open_file(self, path: Path) -> None:
        """Open a case file, unless the user wants to stay with unsaved edits."""
        if self.may_leave():
            self.desk.open_file(path)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Tidy the panels; the work behind the window starts once the map has been painted, or soon without that."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: hide_unused_tab_bars(self))
        QTimer.singleShot(_LATEST_START_MS, self, self._start)

    def _start(self) -> None:
        if not self._is_retired and not self._is_started:
            self._is_started = True
            self.desk.start()
            if self.registry is not None:
                self.registry.start()

    def show_registry(self) -> None:
        """Open the registry's window."""
        if self.registry is not None:
            self.registry.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved edits, remember the layout, end the threads."""
        if not self.may_leave():
            event.ignore()
            return
        self.hide()
        self.retire()
        if self.registry is not None:
            self.registry.stop()
        self.desk.service.stop()
        super().closeEvent(event)

    def retire(self) -> None:
        """Remember the layout and let go of the desk: nothing of it is shown here any more. Once only."""
        if self._is_retired:
            return
        self._is_retired = True
        remember(self)
        self.preferences.save()
        self.views.stop()
        if self.place_box is not None:
            self.place_box.hide()
        self.finder.stop()
        for feature in self.features:
            feature.stop()
        if self.registry is not None:
            self.registry.close_window()
        self.desk.forget_views()
        self.map.stop()

    def show_what_is_loaded(self) -> None:
        """Show registry, assumptions and world that the desk has already."""
        self.views.show_resources()
        self.views.show_case()

    def event(self, event: QEvent) -> bool:
        """Keep status tips of menus out of the status bar: the pointer's position stands there."""
        return True if event.type() == QEvent.Type.StatusTip else super().event(event)
