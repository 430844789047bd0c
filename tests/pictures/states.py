"""The main states of the window: what a person does to reach each, and the widget that is then looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget

from subrescue.desktop.case.plan_service import Resources, plan_case
from subrescue.desktop.casualty.closed_passages import ClosedPassages
from subrescue.desktop.casualty.forecast_editor import ForecastEditor
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.registry.ais_dialog import AisDialog
from subrescue.desktop.registry.import_dialog import ImportDialog
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.response.why_feature import WhyFeature
from subrescue.desktop.window.crash_report import report_text
from subrescue.desktop.window.crash_window import CrashWindow
from subrescue.desktop.window.docks import bring_panel
from subrescue.desktop.window.guide_feature import GuideFeature
from subrescue.domain.case import Case
from subrescue.domain.response import Response, Verdict
from tests.pictures.entry_states import (
    airfield_form,
    clearance_form,
    known_clearances,
    known_places,
    landing_form,
    landing_form_with_times,
    place_form,
)
from tests.soak.stage import wait_for

DECLARATION = (
    "kind,id,name,nations,role,speed_kn,length_m\n"
    "ship,no-new,KV New,NO,support,16,\nship,it-anteo,Anteo,IT,mother_ship,19,98.4\nship,xx-wrong,Wrong,XX,tug,fast,\n"
)


@dataclass(frozen=True)
class Stage:
    """A window that stands, with its first response, and a folder for what a state needs."""

    window: MainWindow
    folder: Path

    def do(self, name: str) -> None:
        """Choose an action of the main window."""
        self.window.actions_by_id.by_id[name].trigger()


class Still:
    """A planner that plans once for real and gives that response from then on."""

    def __init__(self) -> None:
        self._response: Response | None = None

    def __call__(self, case: Case, resources: Resources, samples: int) -> Response:
        """The response of the first case."""
        if self._response is None:
            self._response = plan_case(case, resources, samples)
        return self._response


def opened(stage: Stage, kind: type[QWidget] = QDialog) -> QWidget:
    """The window that has opened beside the main one."""
    found: list[QWidget] = []

    def is_there() -> bool:
        tops = QApplication.topLevelWidgets()
        found[:] = [top for top in tops if isinstance(top, kind) and top.isVisible() and top is not stage.window]
        return bool(found)

    wait_for(is_there, f"a {kind.__name__}")
    return found[-1]


def by_action(name: str) -> Callable[[Stage], QWidget]:
    """A state that one action leads to: the box that it opens."""

    def state(stage: Stage) -> QWidget:
        stage.do(name)
        return opened(stage)

    return state


def plan(stage: Stage) -> QWidget:
    """The first thing that is seen: the case and its ranked response."""
    stage.window.desk.select(_option(stage, Verdict.GREEN, Verdict.AMBER, Verdict.RED))
    return stage.window


def orders(stage: Stage) -> QWidget:
    """The head of the response opened: who is sent together, what to order, stores, and where survivors are treated."""
    stage.window.response.head.fold(folded=False)
    return plan(stage)


def cannot(stage: Stage) -> QWidget:
    """An option that is not able, with why not, grouped by nation, with closed canals and refused words in the form."""
    stage.window.desk.select(_option(stage, Verdict.RED, Verdict.UNKNOWN))
    stage.do("group_nation")
    editor = stage.window.form.editors["dissub.depth_m"]
    stage.window.form.ensureWidgetVisible(editor)
    editor.setText("deep")  # type: ignore[union-attr]
    editor.setModified(True)  # type: ignore[union-attr]
    editor.editingFinished.emit()  # type: ignore[union-attr]
    return stage.window


def _option(stage: Stage, *verdicts: Verdict) -> str:
    response = stage.window.desk.response
    assert response is not None
    return next(o.asset_id for verdict in verdicts for o in response.options if o.verdict is verdict)


def form_end(stage: Stage) -> QWidget:
    """The lower end of the casualty form, and the log in front of the timeline."""
    bring_panel(stage.window, "log")
    bring_panel(stage.window, "casualty")
    stage.window.form.ensureWidgetVisible(stage.window.form.findChild(ClosedPassages))
    return stage.window


def assumptions(stage: Stage) -> QWidget:
    """The assumptions, one changed."""
    bring_panel(stage.window, "assumptions")
    response = stage.window.desk.response
    model = stage.window.assumptions.table.model()
    stage.window.assumptions.table.setCurrentIndex(model.index(2, 1))
    assert response is not None
    return stage.window


def stores(stage: Stage) -> QWidget:
    """The table of the compartments in the casualty form."""
    bring_panel(stage.window, "casualty")
    table = stage.window.form.findChild(QTableView, "compartments")
    assert table is not None
    stage.window.form.ensureWidgetVisible(table)
    return stage.window


def layers(stage: Stage) -> QWidget:
    """The layers panel, with sunlight on the map."""
    bring_panel(stage.window, "layers")
    return stage.window


def guide(stage: Stage) -> QWidget:
    """The first steps."""
    stage.do("guide")
    return stage.window


def why(stage: Stage) -> QWidget:
    """Why an option takes so long."""
    feature = feature_of(stage.window, WhyFeature)
    stage.window.desk.select(_option(stage, Verdict.GREEN, Verdict.AMBER))
    stage.do("why")
    box = opened(stage)
    wait_for(lambda: not feature.background.is_busy, "the reasons")
    return box


def compare(stage: Stage) -> QWidget:
    """Two options side by side."""
    response = stage.window.desk.response
    assert response is not None
    stage.do("unpin_options")
    for option in response.options[:2]:
        stage.window.desk.select(option.asset_id)
        stage.do("pin_option")
    return opened(stage)


def registry(stage: Stage) -> QWidget:
    """The registry with one entry chosen."""
    window = _registry(stage)
    window.choose(window.model.rows[0].key)
    return window


def _registry(stage: Stage) -> RegistryWindow:
    stage.do("registry")
    link = stage.window.registry
    assert link is not None
    wait_for(lambda: link.desk.is_open, "the workspace")
    window = link.window
    assert window is not None
    wait_for(lambda: bool(window.model.rows), "the rows of the registry")
    window.resize(stage.window.size())
    return window


def unknown(stage: Stage) -> QWidget:
    """What is not known of the rescue systems."""
    window = _registry(stage)
    window.choose_kind("rescue_system")
    window.actions_by_id.by_id["show_unknown"].trigger()
    return window


def importing(stage: Stage) -> QWidget:
    """A declaration with new, changed and wrong rows."""
    window = _registry(stage)
    path = stage.folder / "norway.csv"
    path.write_text(DECLARATION, encoding="utf-8")
    window.actions_by_id.by_id["import"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.open_file(path)
    wait_for(lambda: not window.background.is_busy, "the declaration")
    return dialog


def of_registry(name: str) -> Callable[[Stage], QWidget]:
    """A state that one action of the registry's window leads to."""

    def state(stage: Stage) -> QWidget:
        window = _registry(stage)
        window.choose(window.model.rows[0].key)
        window.actions_by_id.by_id[name].trigger()
        wait_for(lambda: window.dialog is not None, name)
        assert window.dialog is not None
        return window.dialog

    return state


def forecast(stage: Stage) -> QWidget:
    """The forecast editor of the casualty form, with two hours in it."""
    editor = stage.window.form.findChild(ForecastEditor)
    assert editor is not None
    QApplication.clipboard().setText("2026-11-23 06:00\t2\t18\n2026-11-23 12:00\t4.5\t32")
    editor.paste()
    stage.window.form.ensureWidgetVisible(editor)
    return stage.window


def crash(stage: Stage) -> QWidget:
    """The report of an unforeseen error."""
    box = CrashWindow(stage.window)
    when = datetime(2026, 11, 23, 6, tzinfo=UTC)
    text = report_text(RuntimeError, RuntimeError("an error for a picture"), None, when, stage.folder)
    box.show_report(text, stage.folder / "report.txt", 1)
    box.show()
    return box


def positions(stage: Stage) -> QWidget:
    """Where positions in direct come from."""
    window = _registry(stage)
    window.actions_by_id.by_id["positions"].trigger()
    return opened(stage, AisDialog)


def history_of_entry(stage: Stage) -> QWidget:
    """What was said of an entry, by when and by whom."""
    window = _registry(stage)
    window.choose(window.model.rows[0].key)
    window.actions_by_id.by_id["show_history"].trigger()
    return window


MAIN: dict[str, Callable[[Stage], QWidget]] = {
    "plan": plan,
    "cannot": cannot,
    "form": form_end,
    "assumptions": assumptions,
    "layers": layers,
    "why": why,
    "compare": compare,
    "registry": registry,
    "unknown": unknown,
    "import": importing,
}
"""The ten main states."""

BOXES: dict[str, Callable[[Stage], QWidget]] = {
    "orders": orders,
    "guide": guide,
    "preferences": by_action("preferences"),
    "palette": by_action("palette"),
    "history": by_action("edit_history"),
    "place": by_action("go_to_place"),
    "places": known_places,
    "place-form": place_form,
    "airfield-form": airfield_form,
    "clearances": known_clearances,
    "clearance-form": clearance_form,
    "landing-times": landing_form_with_times,
    "landing-form": landing_form,
    "shortcuts": by_action("shortcuts"),
    "about": by_action("about"),
    "help": by_action("panel_help"),
    "report": by_action("report_preview"),
    "new-entry": of_registry("new_entry"),
    "export": of_registry("export"),
    "bulk": of_registry("bulk_edit"),
    "duplicate": of_registry("duplicate"),
    "positions": positions,
    "stores": stores,
    "forecast": forecast,
    "crash": crash,
    "legend": by_action("map_legend"),
    "entry-history": history_of_entry,
}
"""Boxes and windows besides."""


def tidy(stage: Stage) -> None:
    """Close what a state opened, so that the next begins with the window alone."""
    window = stage.window
    link = window.registry
    if link is not None and link.window is not None:
        if link.window.dialog is not None:
            link.window.dialog.reject()
        link.window.tabs.setCurrentIndex(0)
        link.window.choose_kind(None)
        link.window.hide()
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            top.close()
    feature_of(window, GuideFeature).end()
    while window.desk.session.can_undo:
        window.desk.undo()
    stage.do("group_none")
    stage.do("unpin_options")
    window.form.forget_all()
    window.form.show_case(window.desk.case)
    window.form.verticalScrollBar().setValue(0)
    window.message_bar.hide()
    window.response.head.fold(folded=True)
    bring_panel(window, "casualty")
    bring_panel(window, "timeline")
