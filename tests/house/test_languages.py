"""The catalogues are whole: every text of the window has its French and Russian, with the same values in it."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from subrescue.exchange.languages import catalogue
from tools.build_languages import (
    CODES,
    FOLDER,
    PLURALS,
    ROOT,
    Text,
    as_mo,
    as_po,
    extracted,
    filled,
    lacking,
    read,
    typeset,
)

AGAIN = "run `python -m tools.build_languages`"

# What navies call a thing, by the English of the texts: each text that has the term has one of these words.
TERMS = [
    (r"\bDISSUB", r"\bDISSUB", r"\bаварийн(ая|ой|ую) ПЛ\b"),
    (r"(?i)mother ship", "navires?-mères?", "суд(но|на|не|а)-носител"),
    (r"(?i)vessel of opportunity", "navire d'opportunité", "привлекаем"),
    ("rescue seat", "plage", "площад"),
    (r"rescue vehicle", "engins? de sauvetage", "спасательн(ый|ого) аппарат"),
    (r"\bROVs?\b", r"\bROV\b", r"\bТНПА\b"),
    ("(?i)transfer under pressure", "transfert sous pression", r"переход\w* под давлением"),
    ("(?i)collapse depth", "immersion d'écrasement", "глубин[аеуы] разрушения"),
    (r"(?i)mating|\bmates?\b", "accoupl", "стык"),
    ("(?i)fit-out", "montage", "дооборудован"),
    (r"(?i)screened\b", "présélectionné", "проверен|проверялось"),
    ("(?i)declaration", "déclaration", "декларац"),
]
ASTRAY = [
    ("fr", r"navires? porteurs?\b(?! de)|bâtiment-mère|filoguidé|\binapte|phrases? (AIS|NMEA)|\bambre\b"),
    ("ru", r"\bдатум|\bТПА\b|уцелевш|\bDISSUB\b|грузовик|морских мил|погрузчик K(?!-)"),
]


def values(text: str) -> set[tuple[str, str]]:
    """Names and formats of the values of a text; none where its braces are no places for values."""
    try:
        return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return extracted()


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated_and_nothing_else_is_kept(code: str, texts: list[Text]) -> None:
    words = read(code)
    assert lacking(words, texts) == [], AGAIN
    assert sorted(map(str, set(words) - set(texts))) == [], AGAIN
    assert (FOLDER / f"{code}.po").read_text("utf-8") == as_po(code, words, texts), AGAIN


@pytest.mark.parametrize("code", CODES)
def test_translations_have_the_values_of_the_english_text(code: str) -> None:
    wrong = []
    for text, given in read(code).items():
        english = (text,) if isinstance(text, str) else text
        wanted = {value for one in english for value in values(one)}
        wrong += [(english[0], one) for one in given if values(one) != wanted]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_is_what_the_text_compiles_to(code: str) -> None:
    assert (FOLDER / f"{code}.mo").read_bytes() == as_mo(code, read(code)), AGAIN


@pytest.mark.parametrize("code", CODES)
def test_as_many_lines_stand_in_the_translation(code: str) -> None:
    single = {text: given[0] for text, given in read(code).items() if isinstance(text, str)}
    assert [text for text, given in single.items() if text.count("\n") != given.count("\n")] == []
    assert [text for text, given in single.items() if text[:1] == " " and given[:1] not in " \u00a0"] == []


@pytest.mark.parametrize("code", CODES)
def test_forms_of_number_are_those_of_the_language(code: str) -> None:
    forms = int(PLURALS[code].partition("nplurals=")[2][0])
    assert {len(given) for text, given in read(code).items() if isinstance(text, tuple)} == {forms}
    assert catalogue(code).info()["plural-forms"] == PLURALS[code]


def test_no_french_line_is_broken_before_a_sign() -> None:
    sign = re.compile(r" ([:;?!»]|%(?![A-Za-z]))|« ")
    broken = [form for forms in read("fr").values() for form in forms if sign.search(form)]
    assert broken == []
    assert typeset("fr", "Où ? « Ici » : 5 %") == "Où\u00a0? «\u00a0Ici\u00a0»\u00a0: 5\u00a0%"
    assert typeset("fr", "Le {when:%Y %H}") == "Le {when:%Y %H}"
    assert typeset("ru", "Где : 5 %") == "Где : 5\u00a0%"


def test_the_times_and_the_pods_keep_their_names() -> None:
    for code in CODES:
        for text, given in read(code).items():
            for name in ("TTFI", "TTFR", "TLR", "ELSS"):
                assert all(name in one for one in given if name in str(text)), text


@pytest.mark.parametrize(("english", "french", "russian"), TERMS)
def test_one_thing_has_one_name(english: str, french: str, russian: str) -> None:
    for code, wanted in (("fr", french), ("ru", russian)):
        told = {form: text for text, given in read(code).items() if re.search(english, str(text)) for form in given}
        assert told, f"no text has the term {english} any more"
        assert {form: text for form, text in told.items() if not re.search(wanted, form, re.IGNORECASE)} == {}


@pytest.mark.parametrize(("code", "astray"), ASTRAY)
def test_no_other_word_stands_for_a_term(code: str, astray: str) -> None:
    assert [form for given in read(code).values() for form in given if re.search(astray, form, re.IGNORECASE)] == []


def test_no_text_hides_in_an_f_string_where_it_would_not_be_found() -> None:
    hidden = []
    for path in sorted((ROOT / "subrescue").rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(outer, ast.JoinedStr):
                continue
            for node in ast.walk(outer):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
                if named in ("tr", "trn", "told", "later") and isinstance(node, ast.Call):
                    hidden += [f"{path.name}:{node.lineno}" for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    assert hidden == []


def test_a_line_without_all_languages_is_refused(tmp_path: Path) -> None:
    lines = tmp_path / "new.tsv"
    lines.write_text("Close\tFermer\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: found 2 parts"):
        filled(lines)


def test_forms_of_number_are_read_from_a_line(tmp_path: Path) -> None:
    lines = tmp_path / "new.tsv"
    lines.write_text("{count} day | {count} days\t{count} jour | {count} jours\t1 | 2 | 5\n", encoding="utf-8")
    assert filled(lines)["ru"] == {("{count} day", "{count} days"): ("1", "2", "5")}
