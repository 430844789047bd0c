"""Files for the window: cases in, copies and responses out. Errors are InputError, for the message bar.

What other programs read is English; the table as text is for people and speaks the language of paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from subrescue.domain.case import Case, CaseKind
from subrescue.domain.errors import Problem
from subrescue.domain.response import Response
from subrescue.exchange.languages import speaking
from subrescue.store.files import is_file, write_atomically

DEMONSTRATION = "demo-norwegian-sea"
"""The shipped case that opens when there is no other."""


def first_case(last: Path | None) -> Path:
    """The case to open at the start: the last one where it still exists, else the demonstration exercise."""
    from subrescue.store.cases import find_case

    return last if last is not None and is_file(last) else find_case(DEMONSTRATION)


def content_of(path: Path | None) -> bytes | None:
    """What stands in a file now; None where it is not there or cannot be read."""
    try:
        return path.read_bytes() if path is not None else None
    except OSError:
        return None


def save_case(case: Case, path: Path) -> None:
    """Write a case as a case file: the old or the new content is there at any moment. Raises InputError."""
    from subrescue.exchange.case_toml import case_to_toml

    write_atomically(path, case_to_toml(case))


def file_name(case: Case, suffix: str) -> str:
    """A name for a product of a case that tells exercise from real."""
    kind = "EXERCISE" if case.kind is CaseKind.EXERCISE else "REAL"
    return f"{kind}-{case.id}{suffix}"


Made = Callable[[Response, Case, Iterable[Problem]], str]
"""Makes the text of a response, its case, and what is doubtful in that."""


def _english(make: Made) -> Made:
    """What makes a file for other programs, in English whatever the window speaks and paper is written in."""

    def made(response: Response, case: Case, doubts: Iterable[Problem]) -> str:
        with speaking("en"):
            return make(response, case, doubts)

    return made


def _table(response: Response, case: Case, doubts: Iterable[Problem]) -> str:
    from subrescue.exchange.problem_words import told_doubt
    from subrescue.exchange.response_table import response_table

    told = "".join(f"! {told_doubt(doubt)}\n" for doubt in doubts)
    return told + response_table(response, case)


def _json(response: Response, case: Case, doubts: Iterable[Problem]) -> str:
    from subrescue.exchange.response_json import response_to_json

    return response_to_json(response, case, doubts)


def _csv(response: Response, case: Case, doubts: Iterable[Problem]) -> str:
    from subrescue.exchange.delimited import MARK
    from subrescue.exchange.response_csv import response_to_csv

    return MARK + response_to_csv(response, case, doubts)


def _geojson(response: Response, case: Case, doubts: Iterable[Problem]) -> str:
    from subrescue.exchange.response_geojson import response_to_geojson

    return response_to_geojson(response, case, doubts)


EXPORTS: dict[str, tuple[str, str, Made]] = {
    "export_table": (".txt", "Text (*.txt)", _table),
    "export_json": (".json", "JSON (*.json)", _english(_json)),
    "export_csv": (".csv", "CSV (*.csv)", _english(_csv)),
    "export_geojson": (".geojson", "GeoJSON (*.geojson)", _english(_geojson)),
}
"""For each export action: ending, filter of the dialog, and what makes the text in the language that is spoken."""
