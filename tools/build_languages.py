"""Collects the texts of the window and brings `resources/languages/` up to date: `python -m tools.build_languages`.

It lists what lacks a translation and ends with 1 while something does. `--fill FILE` first takes translations from
lines of English, French and Russian with tabs between them; forms of number stand with ` | ` between them.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "languages"
CODES = ("fr", "ru")
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
"""Rules of number, as the Unicode CLDR 46 gives them for whole numbers."""
KEYWORDS = {"tr": None, "later": None, "told": None, "trn": (1, 2)}

Text = str | tuple[str, str]
Words = dict[Text, tuple[str, ...]]
"""Translations by the English text; those by number have all forms, English ones are pairs."""


class _Compiled(Catalog):
    """A catalogue whose head says nothing of time and tool, so that the same texts make the same bytes."""

    def __init__(self, code: str) -> None:
        super().__init__(locale=code, fuzzy=False)
        self.code = code

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language, encoding, rule of number."""
        return [
            ("Language", self.code),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", PLURALS[self.code]),
        ]

    @mime_headers.setter
    def mime_headers(self, value: Iterable[tuple[str, str]]) -> None:
        raise AttributeError(f"the head of a compiled catalogue is its own, not {list(value)}")


def extracted() -> list[Text]:
    """Every text that the window may show, in order: of the code, of its tables, of the models, of the messages."""
    found: dict[Text, None] = {}
    for folder in ("desktop", "exchange"):
        for path in sorted((ROOT / "subrescue" / folder).rglob("*.py")):
            for _, text, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
                found[text] = None  # type: ignore[index]
    for words in (*_tables(), *_models(), *_messages()):
        if words and words.strip():
            found[words] = None
    return sorted(found, key=lambda text: (text,) if isinstance(text, str) else text)


def _messages() -> Iterator[str]:
    yield from tomllib.loads((ROOT / "resources/messages/en.toml").read_text("utf-8")).values()


def _tables() -> Iterator[str]:
    from subrescue.desktop.casualty.fields import SECTIONS
    from subrescue.desktop.response.rows import COLUMNS
    from subrescue.desktop.timeline.phase_look import PhaseGroup
    from subrescue.desktop.window.actions import ACTIONS, CASES_MENU, MENUS
    from subrescue.desktop.window.docks import PANELS
    from subrescue.exchange.case_texts import CASE_FAULTS
    from subrescue.exchange.conditions import CLIMATE_NOTE, LIGHTS, POINTS
    from subrescue.exchange.field_words import OTHERS
    from subrescue.exchange.finding_texts import FINDINGS
    from subrescue.exchange.map_texts import MAP_FAULTS
    from subrescue.exchange.position_texts import MEANINGS, POSITION_FAULTS
    from subrescue.exchange.problem_words import TEXTS

    yield from (*MENUS, CASES_MENU)
    for action in ACTIONS:
        yield from (action.title, action.tip, action.toolbar)
    yield from (panel[0] for panel in PANELS.values())
    yield from (section.title for section in SECTIONS)
    for column in COLUMNS:
        yield from (column.title, column.tip)
    yield from (group.value for group in PhaseGroup)
    yield from (*POINTS, *LIGHTS.values(), CLIMATE_NOTE, "yes", "no", "unknown", *FINDINGS, *TEXTS)
    yield from (*POSITION_FAULTS, *MEANINGS, *CASE_FAULTS, *MAP_FAULTS, *OTHERS)


def _models() -> Iterator[str]:
    from subrescue.desktop.casualty.compartments import ROWS
    from subrescue.desktop.casualty.fields import SECTIONS, field_in_english
    from subrescue.desktop.casualty.forecast_editor import COLUMNS
    from subrescue.desktop.clearances.clearance_facts import MODELS as CLEARANCES
    from subrescue.desktop.places.place_facts import MODELS
    from subrescue.domain.case import Case, ForecastHour, Offer
    from subrescue.domain.stores import Compartment, Override
    from subrescue.exchange.declarations.columns import columns_of
    from subrescue.exchange.numbers import unit_sign
    from subrescue.exchange.registry_table.facts import facts_of, facts_of_model
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.registry import KINDS, load_registry

    fields = [field_in_english(Case, path) for section in SECTIONS for path in section.paths]
    fields += [field_in_english(Compartment, path) for path in ROWS]
    fields += [field_in_english(ForecastHour, path) for path in COLUMNS]
    fields += [field_in_english(Offer, path) for path in ("state", "told_to_go")]
    fields += [field_in_english(Override, path) for path in ("p10_h", "p50_h", "p90_h", "source")]
    fields += [field_in_english(Case, path) for path in (*MODELS, *CLEARANCES)]
    for field in fields:
        yield from (field.title, field.help, field.unit)
    for model in (*MODELS.values(), *CLEARANCES.values()):
        for fact in facts_of_model(model):
            yield from (fact.title, fact.unit, fact.help)
    for assumption in load_assumptions().items.values():
        yield from (assumption.title, unit_sign(assumption.unit), assumption.help)
    for kind in KINDS:
        for fact in facts_of(kind):
            yield from (fact.title, fact.unit, fact.help)
        yield from (column.help for column in columns_of(kind))
    yield from (agreement.name for agreement in load_registry().agreements.values())


def read(code: str) -> Words:
    """The translations of a language as its catalogue has them; fuzzy ones are none. Empty where there is no file."""
    path = FOLDER / f"{code}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    words: Words = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            given = message.string if isinstance(message.string, (list, tuple)) else (message.string or "",)
            names = message.id
            text = (names[0], names[1]) if isinstance(names, (list, tuple)) else names
            words[text] = tuple(given)
    return words


def typeset(code: str, text: str) -> str:
    """A translation with the spaces of its language: in French no line is broken before : ; ? ! % and inside « », in
    Russian none between a number and %."""
    if code == "ru":
        return re.sub(r"(?<=[\d}]) (?=%(?![A-Za-z]))", "\u00a0", text)
    return re.sub(r" (?=[:;?!»]|%(?![A-Za-z]))|(?<=«) ", "\u00a0", text)


def lacking(words: Words, texts: Iterable[Text]) -> list[Text]:
    """The texts that have no translation, or not in every form of number."""
    return [text for text in texts if not words.get(text) or not all(words[text])]


def as_po(code: str, words: Words, texts: Iterable[Text]) -> str:
    """The catalogue of a language as text: every text that was found, and nothing else."""
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in _Compiled(code).mime_headers)
    parts = [f'msgid ""\nmsgstr ""\n{head}']
    forms = 3 if code == "ru" else 2
    for text in texts:
        given = words.get(text, ())
        if isinstance(text, str):
            parts.append(f"msgid {_quoted(text)}\nmsgstr {_quoted(given[0] if given else '')}\n")
        else:
            rows = "".join(
                f"msgstr[{form}] {_quoted(given[form] if form < len(given) else '')}\n" for form in range(forms)
            )
            parts.append(f"msgid {_quoted(text[0])}\nmsgid_plural {_quoted(text[1])}\n{rows}")
    return "\n".join(parts)


def as_mo(code: str, words: Words) -> bytes:
    """The compiled catalogue, the same bytes for the same translations."""
    catalogue = _Compiled(code)
    for text, given in words.items():
        if all(given):
            catalogue.add(text, given if isinstance(text, tuple) else given[0])
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"'


def filled(path: Path) -> dict[str, Words]:
    """Translations of a file of lines, by language. Raises ValueError for a line that has not three parts."""
    words: dict[str, Words] = {code: {} for code in CODES}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        parts = line.replace("\\n", "\n").split("\t")
        if len(parts) != 1 + len(CODES):
            raise ValueError(f"{path}, line {number}: found {len(parts)} parts; English, French, Russian are needed")
        one = tuple(parts[0].split(" | "))
        text: Text = parts[0] if len(one) != 2 else (one[0], one[1])
        for code, given in zip(CODES, parts[1:], strict=True):
            words[code][text] = (given,) if isinstance(text, str) else tuple(given.split(" | "))
    return words


def main() -> int:
    """Bring the catalogues up to date and list what they lack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", type=Path, metavar="FILE", help="take translations from these lines first")
    asked = parser.parse_args()
    texts = extracted()
    new = filled(asked.fill) if asked.fill is not None else {code: {} for code in CODES}
    FOLDER.mkdir(parents=True, exist_ok=True)
    missing: dict[Text, list[str]] = {}
    for code in CODES:
        given = read(code) | new[code]
        words = {text: tuple(typeset(code, form) for form in forms) for text, forms in given.items()}
        (FOLDER / f"{code}.po").write_text(as_po(code, words, texts), encoding="utf-8", newline="\n")
        (FOLDER / f"{code}.mo").write_bytes(as_mo(code, {text: words[text] for text in texts if text in words}))
        for text in lacking(words, texts):
            missing.setdefault(text, []).append(code)
    for text, codes in missing.items():
        shown = text if isinstance(text, str) else " | ".join(text)
        print(shown.replace("\n", "\\n"))
        print(f"  lacks {' '.join(codes)}", file=sys.stderr)
    print(f"{len(texts)} texts, {len(missing)} of them without a translation", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
