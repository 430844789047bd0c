"""Entries of a list of the case as plain tables: one put in, changed or taken out, and what is said of it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from subrescue.domain.base import Model
from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.exchange.languages import colon, semicolon
from subrescue.exchange.registry_table.facts import Fact, shown

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources


@dataclass(frozen=True)
class CaseEntry:
    """One entry of a list of the case: the path of the list, its place in it (None for one that is not there yet)."""

    path: str
    number: int | None
    fact: Model

    @property
    def source(self) -> str:
        """Who says so, or nothing."""
        return getattr(self.fact, "source", None) or ""

    @property
    def note(self) -> str:
        """Anything else, or nothing."""
        return getattr(self.fact, "note", None) or ""


def with_entry(case: Case, entry: CaseEntry, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables of the list of an entry with what is known of it now: None is unknown and stands in no table."""
    tables = without_entry(case, None, entry.path)
    own = entry.fact.model_dump(exclude_none=True) | dict(values)
    own = {name: value for name, value in own.items() if value is not None}
    if entry.number is None:
        return [*tables, own]
    tables[entry.number] = own
    return tables


def without_entry(case: Case, number: int | None, path: str) -> list[dict[str, Any]]:
    """The tables of a list without one of its entries, or with all."""
    facts: tuple[Model, ...] = getattr(case, path)
    return [fact.model_dump(exclude_none=True) for place, fact in enumerate(facts) if place != number]


def said_line(facts: list[tuple[Fact, Any]], words: Mapping[str, str]) -> str:
    """What is known in a line: "K-loader: no; Ramp: 2"; what is unknown is left out. `words`: of values, by path."""
    parts = [
        f"{fact.heading}{colon()}{words.get(fact.path) or shown(value)}"
        for fact, value in facts
        if value not in (None, ())
    ]
    return semicolon().join(parts)


def own_problems(found: Iterable[Problem], path: str, names: Iterable[Any]) -> list[Problem]:
    """What concerns the entry of a list that bears one of these names in problems; `field` is that of its form."""
    heads = tuple(f"{path}[{one}]" for one in names)
    own = []
    for problem in found:
        head = next((head for head in heads if problem.field.startswith(head)), None)
        if head is not None:
            field = problem.field.removeprefix(head).lstrip(".")
            own.append(Problem(field, problem.found, problem.allowed, warning=problem.warning))
    return own


def doubts_of(case: Case, resources: Resources | None, paths: Iterable[str]) -> list[Problem]:
    """What is wrong or doubtful with any entry of these lists as the case has them."""
    from subrescue.store.checks import check_case

    if resources is None:
        return []
    found = check_case(case, resources.registry, resources.world, resources.assumptions)
    return [problem for problem in found if problem.field.startswith(tuple(f"{path}[" for path in paths))]
