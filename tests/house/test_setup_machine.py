"""The set-up of a bare machine: what it finds missing, what it asks apt for, and what it tells a person."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import setup_machine
from tools.setup_machine import OFFSCREEN_LIBRARIES, WINDOW_LIBRARIES, SetupError, advice, missing_packages

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Make a machine that has or lacks things; returns the list that apt is asked for."""

    def make(*, lacks: set[str], may_apt: bool, venv: bool = True, apt_helps: bool = True) -> list[list[str]]:
        asked: list[list[str]] = []
        missing = set(lacks)
        parts = {"venv": venv}

        def install(packages: list[str], prefix: list[str]) -> bool:
            asked.append(packages)
            if apt_helps:
                missing.clear()
                parts["venv"] = True
            return apt_helps

        def without(libraries: dict[str, str]) -> list[str]:
            return missing_packages(libraries, lambda library: libraries[library] not in missing)

        monkeypatch.setattr(setup_machine, "missing_packages", without)
        monkeypatch.setattr(setup_machine, "has_postgresql", lambda: "postgresql" not in missing)
        monkeypatch.setattr(setup_machine, "can_make_environments", lambda: parts["venv"])
        monkeypatch.setattr(setup_machine, "environment_python", lambda: Path("none/bin/python"))
        monkeypatch.setattr(setup_machine, "apt_prefix", lambda: ["env"] if may_apt else None)
        monkeypatch.setattr(setup_machine, "apt_install", install)
        monkeypatch.setattr(setup_machine.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(os, "geteuid", lambda: 0 if may_apt else 1000)
        return asked

    return make


def test_a_library_is_missing_when_it_does_not_load() -> None:
    assert missing_packages({"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"}) == ["libnosuch9"]


def test_a_complete_machine_is_left_alone(machine: Callable[..., list[list[str]]]) -> None:
    asked = machine(lacks=set(), may_apt=True)
    setup_machine.provide_system_packages()
    assert asked == []


def test_a_bare_debian_gets_all_packages_in_one_call(machine: Callable[..., list[list[str]]]) -> None:
    every = [*OFFSCREEN_LIBRARIES.values(), *WINDOW_LIBRARIES.values()]
    asked = machine(lacks=set(every), may_apt=True, venv=False)
    setup_machine.provide_system_packages()
    venv = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert asked == [[venv, *every]]


def test_a_developers_machine_gets_postgresql_for_the_tests(
    machine: Callable[..., list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(setup_machine.WITHOUT_POSTGRESQL, raising=False)
    asked = machine(lacks={"postgresql"}, may_apt=True)
    setup_machine.provide_system_packages("run")
    assert asked == []
    setup_machine.provide_system_packages("dev")
    assert asked == [["postgresql"]]


def test_a_developer_may_do_without_postgresql(
    machine: Callable[..., list[list[str]]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(setup_machine.WITHOUT_POSTGRESQL, raising=False)
    asked = machine(lacks={"postgresql"}, may_apt=False)
    setup_machine.provide_system_packages("dev")
    assert "install -y --no-install-recommends postgresql\n" in capsys.readouterr().out
    monkeypatch.setenv(setup_machine.WITHOUT_POSTGRESQL, "1")
    setup_machine.provide_system_packages("dev")
    assert (asked, capsys.readouterr().out) == ([], "")


def test_without_the_right_to_install_one_line_names_everything(
    machine: Callable[..., list[list[str]]],
) -> None:
    asked = machine(lacks={"libegl1", "libxcb-cursor0"}, may_apt=False)
    with pytest.raises(SetupError) as stopped:
        setup_machine.provide_system_packages()
    assert str(stopped.value).splitlines()[-1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    )
    assert asked == []


def test_where_only_the_window_lacks_something_the_set_up_says_so_and_goes_on(
    machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    machine(lacks={"libxcb-cursor0"}, may_apt=False)
    setup_machine.provide_system_packages()
    said = capsys.readouterr().out
    assert "tables and pictures can" in said
    assert "install -y --no-install-recommends libxcb-cursor0\n" in said


def test_when_apt_cannot_help_the_set_up_stops_with_the_line(machine: Callable[..., list[list[str]]]) -> None:
    asked = machine(lacks={"libgl1"}, may_apt=True, apt_helps=False)
    with pytest.raises(SetupError, match=r"apt-get update && apt-get install -y --no-install-recommends libgl1"):
        setup_machine.provide_system_packages()
    assert asked == [["libgl1"]]


def test_a_system_without_apt_is_told_what_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_machine.shutil, "which", lambda name: None)
    assert setup_machine.apt_prefix() is None
    assert advice(["libgl1"]) == "install what your system calls these Debian packages: libgl1"


def test_apt_reads_its_lists_anew_only_where_the_first_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        verb = "update" if "update" in command else "install"
        calls.append(verb)
        fails = verb == "install" and "update" not in calls
        return subprocess.CompletedProcess(command, int(fails))

    monkeypatch.setattr(subprocess, "run", run)
    assert setup_machine.apt_install(["libgl1"], ["env"])
    assert calls == ["install", "update", "install"]


def test_libraries_are_compiled_without_their_own_tests_and_what_is_no_module_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages/library"
    for name, text in {"part.py": "x = 1", "tests/test_part.py": "x = 1", "template.tmpl.py": "{% x %}"}.items():
        (libraries / name).parent.mkdir(parents=True, exist_ok=True)
        (libraries / name).write_text(text, "utf-8")
    monkeypatch.setattr(setup_machine, "VENV", tmp_path)
    setup_machine.compile_libraries(Path(sys.executable))
    assert [path.name.split(".")[0] for path in libraries.rglob("*.pyc")] == ["part"]
