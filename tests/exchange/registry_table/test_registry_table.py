"""The registry as a table: facts, ages, facets and what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence, Evidence, Source
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.exchange.registry_table.age import Age, age_of, newest
from subrescue.exchange.registry_table.facets import Facets, counted, narrowed, ordered, rows_of
from subrescue.exchange.registry_table.facts import fact_of, facts_of, from_typed, shown, typed, value_at
from subrescue.exchange.registry_table.unknown import NEEDED, unknown_facts
from subrescue.store.registry import KINDS, load_registry
from tests.store.workspace.samples import small_registry

TODAY = date(2026, 11, 26)


def ids(rows: list[object]) -> list[str]:
    return [row.entry.id for row in rows]  # type: ignore[attr-defined]


def test_a_fact_has_title_unit_range_and_help_from_its_model() -> None:
    fact = fact_of("rescue_system", "max_depth_m")
    assert (fact.heading, fact.low, fact.high, fact.kind) == ("Greatest depth, m", 0.0, 12000.0, "number")
    assert fact.help.startswith("Deepest depth")
    assert fact_of("ship", "base.position").kind == "position"
    assert fact_of("ship", "notice_h").heading == "Notice, h"
    assert not fact_of("ship", "base.name").required  # a ship may have no base
    with pytest.raises(KeyError):
        fact_of("ship", "wings")


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_shipped_registry_is_read_back_as_it_is_typed(kind: str) -> None:
    model = KINDS[kind][1]
    for entry in getattr(load_registry(), KINDS[kind][0]).values():
        for fact in facts_of(kind):
            value = value_at(entry, fact.path)
            if not fact.editable or value is None or isinstance(value, str):
                continue
            again = from_typed(fact, typed(value))
            if isinstance(value, Position | Pert):
                again = type(value).model_validate(again)
            elif isinstance(value, tuple):
                again = tuple(again)
            assert again == value, (model, entry.id, fact.path)


@given(st.floats(min_value=0.001, max_value=11999))
def test_a_number_is_typed_with_every_digit_that_it_has(depth: float) -> None:
    assert from_typed(fact_of("rescue_system", "max_depth_m"), typed(depth)) == depth


def test_nothing_and_unknown_are_not_zero() -> None:
    fact = fact_of("rescue_system", "max_depth_m")
    assert from_typed(fact, "") is None
    assert from_typed(fact, " Unknown ") is None
    assert from_typed(fact, "0") == 0
    assert from_typed(fact, "12,5") == 12.5
    assert from_typed(fact, "deep") == "deep"  # the model refuses it in its own words
    assert shown(None) == ""


def test_a_position_with_two_readings_is_refused() -> None:
    with pytest.raises(InputError):
        from_typed(fact_of("ship", "base.position"), "somewhere")


def test_age_is_that_of_the_newest_document_and_not_of_memory() -> None:
    sources = {
        "OLD": Source(id="OLD", title="A book", date="2008"),
        "MEM": Source(id="MEM", title="From memory", date="2026-11"),
    }
    statements = [Evidence(source=name, confidence=Confidence.LOW) for name in ("OLD", "MEM")]
    assert newest(statements, sources) == "2008"
    assert newest(statements[1:], sources) is None
    assert newest([Evidence(source="OLD", confidence=Confidence.LOW, date="2025-02")], sources) == "2025-02"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("2025-03", Age.RECENT),
        ("2024", Age.RECENT),  # may be of its last day, 30 December 2024
        ("2024-11-01", Age.AGEING),
        ("2021-12", Age.AGEING),
        ("2021-11", Age.AGEING),  # 30 November: four days short of five years
        ("2021-10", Age.OLD),
        ("soon", Age.UNDATED),
        (None, Age.UNDATED),
    ],
)
def test_recent_is_two_years_and_old_more_than_five(text: str | None, age: Age) -> None:
    assert age_of(text, TODAY) is age


def test_words_and_facets_narrow_together() -> None:
    rows = rows_of(small_registry(), None, TODAY)
    assert ids(narrowed(rows, Facets(words="no"))) == ["nsrs", "no-bergen"]
    assert ids(narrowed(rows, Facets(words="bergen KV"))) == ["no-bergen"]
    assert ids(narrowed(rows, Facets(words="Bérgen"))) == ["no-bergen"]
    assert ids(narrowed(rows, Facets(nation="GB"))) == ["nsrs"]
    assert ids(narrowed(rows, Facets(depth_m=610))) == ["nsrs"]
    assert ids(narrowed(rows, Facets(depth_m=611))) == []
    assert ids(narrowed(rows, Facets(depth_m=611, or_unknown=True))) == ["no-bergen"]  # unknown is not "no"
    assert ids(narrowed(rows, Facets(age=Age.RECENT))) == []
    assert counted(rows)[0] == {"GB": 1, "FR": 1, "NO": 2}


def test_what_is_not_known_is_sorted_last_either_way() -> None:
    rows = rows_of(load_registry(), "rescue_system", TODAY)
    for backwards in (False, True):
        depths = [row.reach_m for row in ordered(rows, "max_depth_m", backwards=backwards)]
        known = [depth for depth in depths if depth is not None]
        assert known == sorted(known, reverse=backwards)
        assert depths[len(known) :] == [None] * (len(depths) - len(known))


def test_rows_of_the_same_entries_are_taken_over() -> None:
    registry = small_registry()
    first = rows_of(registry, None, TODAY)
    other = registry.ships["no-bergen"].model_copy(update={"speed_kn": 22.0})
    later = rows_of(registry.model_copy(update={"ships": {"no-bergen": other}}), None, TODAY, first)
    assert later[0] is first[0]
    assert later[1].entry.speed_kn == 22.0


def test_what_gates_need_and_nobody_states_is_listed_with_whom_to_ask() -> None:
    found = unknown_facts(small_registry())
    ship = [fact.path for fact in found if fact.key == ("ship", "no-bergen")]
    assert ship == ["deck_area_m2", "dp_class", "notice_h"]  # the speed is known
    assert "max_depth_m" not in [fact.path for fact in found if fact.key[0] == "rescue_system"]
    assert {fact.ask for fact in found} == {"GB FR NO", "NO"}  # no office in this registry: the nations
    shipped = {fact.key[1]: fact.ask for fact in unknown_facts(load_registry())}
    assert shipped["nsrs"] == "Submarine operating authority, Northwood"


def test_every_fact_that_gates_need_is_one_of_its_model() -> None:
    for kind, facts in NEEDED.items():
        for path in facts:
            assert fact_of(kind, path)
