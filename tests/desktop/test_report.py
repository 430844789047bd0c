"""The report on paper says what the command line says, page after page under its marking, and nothing of it is cut."""

from __future__ import annotations

import itertools
import re
import threading
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtWidgets import QPushButton
from typer.testing import CliRunner

from subrescue.cli.main import app
from subrescue.desktop.case.derived import first_that_can
from subrescue.desktop.case.plan_service import FULL_SAMPLES, load_resources, plan_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.paper.dialog import ReportDialog
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.paper.frame import MARGIN, Paper
from subrescue.desktop.paper.hatching import hatching
from subrescue.desktop.paper.letters import bring_letters
from subrescue.desktop.paper.marks import Words
from subrescue.desktop.paper.output import to_pdf, to_pictures
from subrescue.desktop.paper.pages import Bound, ReportJob, lay_out
from subrescue.desktop.parts.background import StoppedError
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.words import language, product_in, tr
from subrescue.domain.case import Case, CaseKind, LogEntry
from subrescue.domain.errors import InputError
from subrescue.domain.quantities import Pert
from subrescue.exchange.report import ReportWishes, heading_lines
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, RESOURCES, response

NOW = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
WISHES = ReportWishes(NOW, marking="RELEASABLE TO ISMERLO", originator="Watch desk")


def no_tick(done: int, of: int) -> None:
    """Nobody waits."""


def small(case: Case = CASE, wishes: ReportWishes = WISHES, paper: Paper = Paper.A4) -> Bound:
    bring_letters()
    return lay_out(ReportJob(case, response(case), RESOURCES, "gb-nsrs", wishes, paper), no_tick)


def read(pdf: bytes) -> list[str]:
    """The words of each page, whatever stands between them."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words(bound: Bound) -> str:
    return " ".join(mark.text for page in bound.pages for mark in page.marks if isinstance(mark, Words))


@pytest.fixture(scope="module")
def demo(qapp: Any) -> Bound:
    case, resources = read_case(find_case("demo-norwegian-sea")), load_resources()
    answer = plan_case(case, resources, FULL_SAMPLES)
    bring_letters()
    return lay_out(ReportJob(case, answer, resources, first_that_can(answer), WISHES), no_tick)


def test_the_pages_say_what_the_command_says(demo: Bound, tmp_path: Path) -> None:
    pages = read(to_pdf(demo, no_tick))
    table = tmp_path / "plan.txt"
    CliRunner().invoke(app, ["plan", "demo-norwegian-sea", "-o", str(table)])
    said = table.read_text("utf-8")
    ranked = re.sub(r"First that can:.*?(?=Cannot as things stand)", "", said, flags=re.DOTALL)
    lines = re.sub(r"Order now, .*?(?=\n *# )", "", ranked, flags=re.DOTALL).splitlines()  # by the clock on paper
    told = Counter(word.strip(";:,") for line in lines[1:] for word in line.split() if word.strip("─"))
    lacking = told - Counter(word.strip(";:,") for word in " ".join(pages).split())
    # what the command cuts short with "also" stands in full on paper, so words may be fewer there, numbers never
    assert {word for word in lacking if any(sign.isdigit() for sign in word)} == set()
    assert pages[0].startswith("EXERCISE ")
    assert re.search(r" \d+ \(\d+-\d+\) ", pages[0])


def test_every_page_has_marking_case_datum_watermark_maker_and_number(demo: Bound) -> None:
    pages = read(to_pdf(demo, no_tick))
    assert len(pages) == len(demo.pages) > 3
    for number, page in enumerate(pages, start=1):
        assert (page.startswith("EXERCISE"), page.count("RELEASABLE TO ISMERLO") >= 2) == (True, True)
        case = "EXSUB NORTH, 64°30.000'N 007°30.000'E ± 0.5 NM, 255 m; Alert: 2026-11-23 06:00Z"
        told = (case, "Watch desk 2026-11-26 09:05Z", f"Page {number} of {len(pages)}")
        assert [words for words in told if words not in page] == []


def test_tables_lie_upright_map_and_timeline_across(demo: Bound) -> None:
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in
             PdfReader(BytesIO(to_pdf(demo, no_tick))).pages]  # fmt: skip
    across = [size for size in sizes if size == (842, 595)]
    assert set(sizes) - {(842, 595)} == {(595, 842)}
    first = sizes.index((842, 595))
    assert sizes[first : first + 2] == across


def test_the_heads_are_explained_before_they_are_read_and_the_sources_come_last(demo: Bound) -> None:
    pages = read(to_pdf(demo, no_tick))
    assert "TLR: to the last." in " ".join(pages).partition("Response (")[0]
    order = [next(place for place, page in enumerate(pages) if f" {title} " in page) for title in ("Map", "Timeline")]
    sources = next(place for place, page in enumerate(pages) if " Sources Source Title " in page)
    assert order[0] < order[1] < sources


def test_the_way_of_the_chosen_option_stands_on_paper_phase_by_phase_and_sortie_by_sortie(demo: Bound) -> None:
    _, _, phases, sorties, *_ = demo.report.tables
    assert phases.title == "NSRS with SRV Nemo: Phases, median hours (* critical path)"
    assert phases.rows[0][1:3] == ("*", "alert")
    assert any(row[2] == "further sorties" and row[3].startswith("EGPK > ENKB") for row in phases.rows)
    assert sorties.title.startswith("Airlift to ENKB by the medians: first item on the ground after ")
    assert sorties.rows[0][2:4] == ("SRV Nemo, 30 t", "EGPK > ENKB")
    assert len(sorties.rows) == 14
    dives = next(table for table in demo.report.tables if table.title.endswith("People out against time")).rows
    assert [int(row[2]) for row in dives] == list(itertools.accumulate(int(row[1]) for row in dives))
    asked = next(table for table in demo.report.tables if table.title == "What is not known and matters").rows
    about = ", ".join(row[0] for row in asked)
    assert {"LR5", "ADS2000 atmospheric diving suits"} < set(about.split(", "))
    questions = [words for row in asked for words in row[1].split("\n")]
    assert len(questions) == len(set(questions))
    assert sorties.title.endswith("; times: day of the month and hour, UTC")


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_no_words_reach_beyond_the_margins(qapp: Any, paper: Paper, code: str) -> None:
    title = " ".join(["Exercise with a name that is as long as nobody would ever call one"] * 3)
    case = CASE.model_copy(update={"title": title})
    bound = small(case, ReportWishes(NOW, code, "M" * 200, "o" * 200), paper)
    for page in bound.pages:
        width, height = paper.size(page.landscape)
        for mark in page.marks:
            if isinstance(mark, Words):
                assert mark.x >= MARGIN - 0.5, mark
                assert mark.x + mark.width <= width - MARGIN + 0.5, mark
                assert 8 <= mark.y <= height - 8, mark


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_no_words_stand_over_others(qapp: Any, code: str) -> None:
    for page in small(wishes=ReportWishes(NOW, code)).pages:
        lines: dict[float, list[Words]] = {}
        for mark in page.marks:
            if isinstance(mark, Words):
                lines.setdefault(round(mark.y, 2), []).append(mark)
        for line in lines.values():
            line.sort(key=lambda mark: mark.x)
            assert all(one.x + one.width <= other.x for one, other in pairwise(line)), line


def test_words_in_the_file_begin_inside_their_page(demo: Bound) -> None:
    for page in PdfReader(BytesIO(to_pdf(demo, no_tick))).pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        found: list[tuple[float, float]] = []

        def seen(text: str, cm: list[float], tm: list[float], _: Any, __: Any, at: Any = found) -> None:
            if text.strip():
                x, y = tm[4], tm[5]
                at.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

        page.extract_text(visitor_text=seen)
        assert found
        assert all(0 < x < wide and 0 < y < high for x, y in found)


def test_the_title_block_tells_case_datum_alert_time_and_version(qapp: Any) -> None:
    block = dict(small().report.block)
    assert block["Case"] == "Drill (drill), EXERCISE"
    assert block["Datum"] == "64°30.001'N 007°30.001'E ± 0.5 NM, 255 m"
    assert block["Alert"] == "2026-11-23 06:00Z"
    assert block["As of"] == "2026-11-26 09:05Z"
    assert block["Originator"] == "Watch desk"
    assert block["Made with"].startswith("Subrescue ")


def test_a_row_has_verdict_as_shape_and_word_way_hours_chance_and_limit(qapp: Any) -> None:
    able, unable = (table for table in small().report.tables if table.verdicts)
    assert able.headings == (
        "#", "Verdict", "Asset [nations]", "How", "TTFI h", "TTFR h", "TLR h", "In time", "Why",
    )  # fmt: skip
    row = able.rows[0]
    assert row[:3] == ("1", "● go", "NSRS [GB FR NO]")
    # first rescue at 30 + 255.125 / 10 = 55.5 h, P10 0.9 and P90 1.3 of it
    assert row[5] == "56 (50-72)"
    assert row[7] == "87 %"
    assert unable.rows[0][:3] == ("2", "■ no-go", "<Bell> [XX]")
    assert unable.rows[0][5] == "depth: DISSUB at 255 m, limit 90 m; would reach a DISSUB above 90 m"


def test_changed_assumptions_stand_beside_the_standard_and_the_log_comes_on_request(qapp: Any) -> None:
    log = (LogEntry(at=NOW, text="Ship  sailed\nat last", source="NOR"),)
    case = CASE.model_copy(
        update={"assumptions": {"fit_out.certified_h": Pert(min=6, mode=8, max=10)}, "log": log}
    )  # fmt: skip
    tables = {table.title: table for table in small(case).report.tables}
    assert tables["Assumptions changed for this case"].rows == (
        ("Fit-out of a certified ship", "6 / 8 / 10 h", "8 / 12 / 24 h", "our assumption"),
    )
    assert "Log" not in tables
    wishes = ReportWishes(NOW, with_log=True)
    logged = {table.title: table for table in small(case, wishes).report.tables}["Log"]
    assert logged.rows == (("2026-11-26 09:05:00Z", "T+75:05", "Ship sailed at last", "NOR"),)


def test_a_real_case_has_no_watermark_and_says_so(qapp: Any) -> None:
    bound = small(CASE.model_copy(update={"kind": CaseKind.REAL}))
    assert bound.report.watermark is None
    assert "EXERCISE" not in words(bound)
    assert dict(bound.report.block)["Case"] == "Drill (drill), REAL"


def test_a_long_table_goes_on_under_the_same_heads(qapp: Any) -> None:
    log = tuple(LogEntry(at=NOW, text=f"entry number {number}") for number in range(150))
    bound = small(CASE.model_copy(update={"log": log}), ReportWishes(NOW, with_log=True))
    upright = [page for page in bound.pages if not page.landscape]
    with_entries = [[mark.text for mark in page.marks if isinstance(mark, Words)] for page in upright]
    with_entries = [texts for texts in with_entries if any("entry number" in text for text in texts)]
    assert len(with_entries) >= 3
    assert all("Entry" in texts for texts in with_entries)
    assert sum("entry number" in text for texts in with_entries for text in texts) == 150


def test_a_row_longer_than_a_page_goes_on_too(qapp: Any) -> None:
    long = " ".join(f"w{number}" for number in range(6000))
    log = (LogEntry(at=NOW, text=long),)
    bound = small(CASE.model_copy(update={"log": log}), ReportWishes(NOW, with_log=True))
    told = re.findall(r"\bw\d+", words(bound))
    assert told == long.split()


def test_the_language_is_that_of_the_report_and_not_of_the_window(qapp: Any) -> None:
    bound = small(wishes=ReportWishes(NOW, "fr"))
    assert bound.report.watermark == "EXERCICE"
    assert language() == "en"
    with product_in("ru"):
        assert (language(), tr("UTC")) == ("ru", "UTC")
        assert "УЧЕНИЕ" in words(small(wishes=ReportWishes(NOW, "ru")))
    assert language() == "en"


def test_patterns_are_lines_a_plain_bar_has_none(qapp: Any) -> None:
    area = QRectF(0, 0, 90, 60)
    assert hatching(area, Qt.BrushStyle.SolidPattern) == []
    assert hatching(area, Qt.BrushStyle.VerPattern) == [QLineF(x, 0, x, 60) for x in (15.0, 45.0, 75.0)]
    slanted = len(hatching(area, Qt.BrushStyle.BDiagPattern))
    assert len(hatching(area, Qt.BrushStyle.DiagCrossPattern)) == 2 * slanted > 0


@pytest.mark.parametrize("wrong", [{"marking": " "}, {"originator": "a\tb" * 100}, {"marking": "x" * 201}])
def test_a_marking_or_maker_that_cannot_stand_on_a_page_is_refused(qapp: Any, wrong: dict[str, str]) -> None:
    with pytest.raises(InputError, match="one line of 1 to 200 printable characters"):
        small(wishes=ReportWishes(NOW, **wrong))


def test_the_command_writes_the_report_and_refuses_what_is_wrong(qapp: Any, tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    asked = ["report", "demo-norwegian-sea", "-o", str(path), "--samples", "100", "--paper", "letter"]
    changed = ["--language", "fr", "--asset", "urf", "--set", "dissub.depth_m=120"]
    result = CliRunner().invoke(app, [*asked, *changed])
    assert (result.exit_code, result.stderr) == (0, "")
    pages = read(path.read_bytes())
    assert pages[0].startswith("EXERCICE")
    assert ", 120 m" in pages[0]
    assert any(page.startswith("EXERCICE") and " Carte URF Mk II : " in page.replace("\u00a0", " ") for page in pages)
    for words_, complaint in (
        (["-o", str(tmp_path / "r.txt")], "the name of a report ends in .pdf"),
        (["-o", str(path), "--marking", ""], "--marking: found ''"),
        (["-o", str(path), "--asset", "zzzz"], "unknown asset 'zzzz'"),
    ):
        refused = CliRunner().invoke(app, ["report", "demo-norwegian-sea", *words_])
        assert (refused.exit_code, complaint in refused.stderr) == (2, True), refused.stderr
    assert not (tmp_path / "r.txt").exists()


def feature_of(window: MainWindow) -> ReportFeature:
    return next(one for one in window.features if isinstance(one, ReportFeature))


def ask(window: MainWindow, qtbot: Any, goal: str) -> ReportDialog:
    """The form that an action shows, once it is there."""
    feature = feature_of(window)
    trigger(window, f"report_{goal}")
    qtbot.wait_until(lambda: feature.dialog is not None, timeout=10_000)
    assert feature.dialog is not None
    return feature.dialog


def saving(path: Path) -> Dialogs:
    return Dialogs(save_file=lambda *_: path, leave=lambda *_: "discard")


def test_the_window_writes_the_report_beside_itself(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    window = make_window(dialogs=saving(tmp_path / "out"))
    feature = feature_of(window)
    dialog = ask(window, qtbot, "pdf")
    dialog.marking.setText("NATO SECRET")
    dialog.ok.click()
    qtbot.wait_until(lambda: feature.dialog is None, timeout=10_000)
    pages = read((tmp_path / "out.pdf").read_bytes())
    assert all("NATO SECRET" in page for page in pages)
    assert window.message_bar.text() == f"Report written to {tmp_path / 'out.pdf'}"
    assert ask(window, qtbot, "preview").marking.text() == "NATO SECRET"


def test_what_is_refused_stands_in_the_form_which_stays(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    window = make_window(dialogs=saving(tmp_path / "none" / "out.pdf"))
    dialog = ask(window, qtbot, "pdf")
    dialog.marking.setText("")
    dialog.ok.click()
    assert "one line of 1 to 200" in dialog.problem.text()
    dialog.marking.setText("X")
    dialog.ok.click()
    qtbot.wait_until(lambda: "out.pdf" in dialog.problem.text(), timeout=10_000)
    assert dialog.ok.isEnabled()


def test_cancel_ends_the_making_and_no_file_is_left(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(_: Bound, tick: Any) -> bytes:
        begun.set()
        go.wait(5)
        try:
            tick(5, 6)
        except StoppedError:
            ended.set()
            raise
        return b""

    monkeypatch.setattr("subrescue.desktop.paper.output.to_pdf", slow)
    window = make_window(dialogs=saving(tmp_path / "out.pdf"))
    feature = feature_of(window)
    ask(window, qtbot, "pdf").ok.click()
    qtbot.wait_until(begun.is_set, timeout=10_000)
    assert feature.dialog is not None
    feature.dialog.reject()
    go.set()
    qtbot.wait_until(ended.is_set, timeout=5_000)
    assert list(tmp_path.glob("out*")) == []


def test_the_preview_shows_each_page(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    feature = feature_of(window)
    ask(window, qtbot, "preview").ok.click()
    qtbot.wait_until(lambda: feature.preview is not None, timeout=10_000)
    assert feature.preview is not None
    pages = feature.preview.pages
    assert [page.accessibleName() for page in pages] == ["Page 1 of 2", "Page 2 of 2"]
    before = pages[0].width()
    feature.preview.zoom(-1)
    assert pages[0].width() < before
    button = next(one for one in feature.preview.findChildren(QPushButton) if one.text() == "Export PDF…")
    button.click()
    qtbot.wait_until(lambda: feature.dialog is not None, timeout=10_000)
    assert feature.dialog is not None
    assert feature.dialog.windowTitle() == "Export PDF"


def test_it_is_printed_on_the_printer_that_was_chosen(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    window = make_window(dialogs=Dialogs(choose_printer=lambda _: printer, leave=lambda *_: "discard"))
    feature = feature_of(window)
    ask(window, qtbot, "print").ok.click()
    qtbot.wait_until(lambda: feature.dialog is None, timeout=10_000)
    assert printer.docName() == f"EXERCISE-{CASE.id}"
    pages = read((tmp_path / "printed.pdf").read_bytes())
    assert len(pages) == 2
    assert "56 (50-72)" in pages[0]


def test_night_on_the_screen_leaves_the_paper_white(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "night")
    picture = to_pictures(small(), no_tick)[0]
    assert picture.pixelColor(3, 3).name() == "#ffffff"
    trigger(window, "day")


def test_headings_are_those_of_the_command() -> None:
    lines = heading_lines(response(), CASE)
    assert lines[0].startswith("Boat (NO): bottomed, depth 255 m")
    assert lines[1].startswith("Survival: median 61 h")
