"""Rules of the house that no linter knows: size of modules, first sentences, where Qt is, what is in git."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400
QT = ("PySide6", "shiboken6")
MODULES = sorted(path for folder in ("subrescue", "tools", "tests") for path in (ROOT / folder).rglob("*.py"))

# Written in pieces, so that this file does not find itself.
MACHINE = "|".join(
    [
        r"(?<![\w.~<$}])/" + r"(?:tmp|work|root|home)/\w",
        r"[A-Z]:\\" + r"Users\\",
    ]
)
REGISTRIES = [
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "npmjs" + r"\.(?:org|com)",
    "deb" + r"\.debian\.org",
]
REGISTRY = "|".join(REGISTRIES)
INDEX_OPTION = "--(?:extra-)?index" + "-url"


def tracked_files() -> list[Path]:
    """Return what git knows of, as far as it is there."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_window_reads_the_clock_of_the_machine_in_one_place() -> None:
    window = [path for path in MODULES if named(path).startswith("subrescue/desktop/")]
    asks = re.compile(r"\b(?:now|utcnow|today)\((?:UTC)?\)")
    readers = [named(path) for path in window if asks.search(path.read_text("utf-8"))]
    assert readers == ["subrescue/desktop/parts/clock.py"]


def test_every_module_has_under_400_lines() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines >= LONGEST_MODULE} == {}


def test_every_module_opens_with_a_sentence() -> None:
    # The first statement alone is parsed: whole modules take seconds.
    opening = re.compile(r'(?:#.*\n|\s)*(r?"""(?:[^"\\]|\\.|"(?!""))*""")\s*(?:\n|\Z)')
    texts = {named(path): path.read_text("utf-8") for path in MODULES}
    openings = {name: opening.match(text) for name, text in texts.items() if text.strip()}
    without = [name for name, found in openings.items() if not found or not ast.get_docstring(ast.parse(found[1]))]
    assert without == []


def test_qt_is_imported_in_the_window_only() -> None:
    found = []
    for path in (ROOT / "subrescue").rglob("*.py"):
        if (ROOT / "subrescue/desktop") in path.parents:
            continue
        text = path.read_text("utf-8")
        if not any(name in text for name in QT):
            continue
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [named(path) for name in names if name.split(".")[0] in QT]
    assert found == []


def test_no_file_in_git_names_a_machine_or_a_registry() -> None:
    forbidden = re.compile("|".join([MACHINE, REGISTRY, INDEX_OPTION]))
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
            if forbidden.search(line):
                found.append(f"{named(path)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "cd /" + "tmp/data",
        "https://pypi" + ".org/simple",
        "pip install --index" + "-url X",
        "/" + "home/anna/x",
    ],
)
def test_the_search_for_machines_and_registries_finds_them(line: str) -> None:
    assert re.search("|".join([MACHINE, REGISTRY, INDEX_OPTION]), line)


@pytest.mark.parametrize(
    "line",
    [
        "at home/away",
        "/".join(("~", "work", "x")),
        "the work/rest cycle",
        "/".join(("${ROOT}", "tmp", "x")),
        "/".join(("docs.example", "home", "x")),
    ],
)
def test_the_search_for_machines_lets_plain_words_pass(line: str) -> None:
    assert not re.search(MACHINE, line)


def test_what_is_generated_is_not_in_git() -> None:
    generated = re.compile(
        r"(^|/)(\.venv|build|dist|__pycache__|\.\w+_cache|\.hypothesis)/|\.pyc$|^subrescue-window\.png$"
    )
    assert [named(path) for path in tracked_files() if generated.search(named(path))] == []
