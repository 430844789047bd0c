"""The report of the case on a window: as PDF, on a printer, or to look at; made beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from subrescue.desktop.case.case_files import file_name
from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.paper.product_file import ask_file
from subrescue.desktop.parts.background import Background, Tick
from subrescue.desktop.parts.boxes import bring_to_front
from subrescue.desktop.parts.words import tr
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.problem_words import told_error

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.paper.dialog import Goal, Make, ReportDialog
    from subrescue.desktop.paper.pages import Bound, ReportJob
    from subrescue.desktop.paper.preview import PreviewWindow


class ReportFeature(Feature):
    """Takes plain values from the desk, then all work is done on another thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.background = Background(window)
        self.dialog: ReportDialog | None = None
        self.preview: PreviewWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Ask how the report is to look and make it."""
        return {
            "report_pdf": partial(self.ask, "pdf"),
            "report_print": partial(self.ask, "print"),
            "report_preview": partial(self.ask, "preview"),
        }

    def ask(self, goal: Goal) -> None:
        """Show the form for a goal; one at a time. What it needs is read beside the window first."""
        self.window.setCursor(Qt.CursorShape.BusyCursor)
        self.background.run(_read_modules, lambda _: self._show(goal), self._refuse)

    def _refuse(self, error: InputError) -> None:
        self.window.unsetCursor()
        self.window.message_bar.show_message(told_error(error))

    def _show(self, goal: Goal) -> None:
        from subrescue.desktop.paper.dialog import ReportDialog

        if self.dialog is not None:
            self.dialog.reject()
        window = self.window
        window.unsetCursor()
        begins: dict[Goal, Callable[[ReportDialog], Make | None]] = {
            "pdf": self._begin_pdf,
            "print": self._begin_print,
            "preview": self._begin_preview,
        }
        self.dialog = ReportDialog(goal, window.preferences, self.background, begins[goal], window)
        self.dialog.finished.connect(self._closed)
        bring_to_front(self.dialog)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _job(self, dialog: ReportDialog) -> ReportJob:
        """What the report is made from, as it stands now: the case that the response answers."""
        from subrescue.desktop.map.isochrones_feature import IsochronesFeature
        from subrescue.desktop.map.layers_feature import LayersFeature
        from subrescue.desktop.map.measure_tool import MeasureTool
        from subrescue.desktop.map.own_layers_feature import OwnLayersFeature
        from subrescue.desktop.paper.letters import bring_letters
        from subrescue.desktop.paper.map_page import MapLook
        from subrescue.desktop.paper.pages import ReportJob
        from subrescue.desktop.timeline.time_slider import TimeSliderFeature

        desk = self.window.desk
        if desk.response is None or desk.resources is None:
            raise InputError(Problem("", tr("no response yet"), tr("the report is made of a response")))
        bring_letters()
        wishes = dialog.wishes(desk.clock())
        case = desk.case
        if desk.shows_preview and desk.answer.case is not None:  # a response to another case stands on the desk
            of_map = {name: getattr(case, name) for name in ("log", "annotations", "range_rings")}
            case = desk.answer.case.model_copy(update=of_map)
        layers, tool = feature_of(self.window, LayersFeature), self.window.map.tool
        look = MapLook(
            layers.choice,
            feature_of(self.window, OwnLayersFeature).shown(),
            feature_of(self.window, IsochronesFeature).shown,
            layers.light_at(),
        )
        if isinstance(tool, MeasureTool):
            look = replace(look, measured=tool.points, is_area=tool.is_closed)
        time = feature_of(self.window, TimeSliderFeature)
        if time.hour is not None:
            at = case.alert + timedelta(minutes=round(time.hour * 60))
            look = replace(look, carriers=time.layer.carriers, carriers_at=(case.alert, at))
        return ReportJob(case, desk.response, desk.resources, desk.selected, wishes, dialog.size_of_paper(), look)

    def _begin_pdf(self, dialog: ReportDialog) -> Make | None:
        job, window = self._job(dialog), self.window
        name = file_name(job.case, "-report.pdf")
        path = ask_file(window, tr("Export PDF"), name, ".pdf", tr("PDF (*.pdf)"), dialog)
        if path is None:
            return None

        def make(tick: Tick) -> None:
            from subrescue.desktop.paper.output import to_pdf
            from subrescue.store.files import write_atomically

            write_atomically(path, _made(job, tick, to_pdf))

        dialog.finish = lambda _: window.message_bar.show_message(tr("Report written to {path}", path=path), note=True)
        return make

    def _begin_print(self, dialog: ReportDialog) -> Make | None:
        job, window = self._job(dialog), self.window
        printer = window.dialogs.choose_printer(dialog)
        if printer is None:
            return None
        printer.setDocName(file_name(window.desk.case, ""))  # what the queue of a printer tells
        dialog.finish = lambda _: window.message_bar.show_message(
            tr("Report sent to {printer}", printer=printer.printerName() or printer.outputFileName()), note=True
        )

        def make(tick: Tick) -> None:
            from subrescue.desktop.paper.output import paint_on

            _made(job, tick, lambda bound, told: paint_on(printer, printer.resolution(), bound, told))

        return make

    def _begin_preview(self, dialog: ReportDialog) -> Make | None:
        job = self._job(dialog)

        def make(tick: Tick) -> Any:
            from subrescue.desktop.paper.output import to_pictures

            return _made(job, tick, to_pictures)

        def show(images: Any) -> None:
            from subrescue.desktop.paper.preview import PreviewWindow

            if self.preview is not None:
                self.preview.close()
            self.preview = PreviewWindow(images, job.case.title, self.window)
            self.preview.finished.connect(self._forget_preview)
            self.preview.wanted.connect(self.ask)
            bring_to_front(self.preview)

        dialog.finish = show
        return make

    def _forget_preview(self) -> None:
        self.preview = None

    def stop(self) -> None:
        """Close form and preview and end what is being made."""
        if self.dialog is not None:
            self.dialog.reject()
        if self.preview is not None:
            self.preview.close()
        self.background.stop()


def _read_modules(_: Tick) -> None:
    from importlib import import_module

    for name in ("dialog", "output", "pages"):
        import_module(f"subrescue.desktop.paper.{name}")


def _made(job: ReportJob, tick: Tick, put: Callable[[Bound, Tick], Any]) -> Any:
    """Lay out and paint, on a worker's thread."""
    from subrescue.desktop.paper.pages import lay_out

    return put(lay_out(job, tick), tick)
