"""Makes a fresh clone ready: a virtual environment with everything in it, and Qt's system libraries on Linux.

Called by the Makefile as `python3 tools/setup_machine.py run|dev`; needs nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)

# What Qt loads from the system, and the Debian and Ubuntu package that brings it.
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What the tests start by itself, and where a developer may ask to leave it out.
POSTGRESQL = "postgresql"
WITHOUT_POSTGRESQL = "SUBRESCUE_WITHOUT_POSTGRESQL"


class SetupError(Exception):
    """The set-up cannot go on; the message says what the user can do."""


def loads(library: str) -> bool:
    """Tell whether the system's loader finds a library: tried, not guessed from the name of the system."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(libraries: dict[str, str], loads: Callable[[str], bool] = loads) -> list[str]:
    """Return the packages of those libraries that do not load."""
    return [package for library, package in libraries.items() if not loads(library)]


def has_postgresql() -> bool:
    """Tell whether a PostgreSQL server can be started; Debian keeps its programs out of the path."""
    return shutil.which("pg_ctl") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


def can_make_environments() -> bool:
    """Tell whether this Python can make a virtual environment with pip: Debian splits that part off."""
    return all(importlib.util.find_spec(module) is not None for module in ("venv", "ensurepip"))


def apt_prefix() -> list[str] | None:
    """Return what runs apt-get with the rights it needs; None where there is no apt or it may not be used."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") is not None:
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n", "env"]
    return None


def advice(packages: Iterable[str]) -> str:
    """Return the one line that a person must run, or what to look for where there is no apt."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"install what your system calls these Debian packages: {names}"
    command = f"apt-get update && {{}}apt-get install -y --no-install-recommends {names}"
    return command.format("") if os.geteuid() == 0 else "sudo " + command.format("sudo ")


def apt_install(packages: list[str], prefix: list[str]) -> bool:
    """Install packages; tell whether it worked."""
    say(f"installing system packages: {' '.join(packages)}")
    quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    update = [*prefix, *quiet, "update"]
    install = [*prefix, *quiet, "install", "-y", "--no-install-recommends", *packages]
    # A fresh machine has no package lists and an old one stale lists: only then the slow update is needed.
    for steps in ([install], [update, install]):
        if not any(subprocess.run(step, stdout=subprocess.DEVNULL, check=False).returncode for step in steps):
            return True
    return False


def provide_system_packages(kind: str = "run") -> None:
    """See to Python's venv part and Qt's libraries, and for `dev` to PostgreSQL, by apt where that is allowed.

    Raises SetupError where something is missing without which nothing works; prints advice where only the
    window cannot open, or only the tests on PostgreSQL cannot run.
    """
    if not sys.platform.startswith("linux"):
        return

    def needed() -> list[str]:
        made = environment_python().exists() or can_make_environments()
        venv_part = [] if made else [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
        return venv_part + missing_packages(OFFSCREEN_LIBRARIES)

    def for_tests() -> list[str]:
        wanted = kind == "dev" and os.environ.get(WITHOUT_POSTGRESQL, "") in ("", "0")
        return [POSTGRESQL] if wanted and not has_postgresql() else []

    wanted = needed() + missing_packages(WINDOW_LIBRARIES) + for_tests()
    if not wanted:
        return
    prefix = apt_prefix()
    if prefix is not None:
        apt_install(wanted, prefix)
        importlib.invalidate_caches()
    still_needed, for_window = needed(), missing_packages(WINDOW_LIBRARIES)
    if still_needed:
        line = advice(still_needed + for_window)
        raise SetupError(f"system packages are missing; run this line, then make again:\n  {line}")
    if for_window:
        say(f"a window cannot open yet, tables and pictures can; for the window run:\n  {advice(for_window)}")
    if missing := for_tests():
        say(
            f"the tests need a PostgreSQL server to start; run this line, or set {WITHOUT_POSTGRESQL}=1 to skip those "
            f"tests:\n  {advice(missing)}"
        )


def environment_python() -> Path:
    """Return the interpreter of the virtual environment, made or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def provide_environment(extras: str) -> None:
    """Make `.venv` and install the project into it, changes to the source taking effect at once.

    Raises SetupError where pip fails.
    """
    python = environment_python()
    if not (python.exists() and (python.parent / pip_name()).exists()):
        say("making the virtual environment .venv")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], "the virtual environment could not be made")
    say("installing the libraries into .venv (the first time takes some minutes)")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-compile", "--editable"]
    run([*pip, f".[{extras}]" if extras else "."], "pip could not install the libraries")
    compile_libraries(python)


def compile_libraries(python: Path) -> None:
    """Write the libraries' byte code on all cores, where pip would take one, and leave their own tests out.

    What does not compile is no fault, as with pip: some libraries carry templates that are named like modules.
    """
    libraries = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    quiet = [str(python), "-m", "compileall", "-qq", "-j", "0", "-x", r"[/\\]tests[/\\]", libraries]
    subprocess.run(quiet, stdout=subprocess.DEVNULL, check=False)


def pip_name() -> str:
    """Return the file whose presence says that the environment was made to its end."""
    return "pip.exe" if os.name == "nt" else "pip"


def try_qt() -> None:
    """Start Qt without a screen in the new environment. Raises SetupError with Qt's own words if it fails."""
    code = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    tried = subprocess.run(
        [str(environment_python()), "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    if tried.returncode != 0:
        raise SetupError(f"Qt does not start here:\n{tried.stderr.strip()}")


def run(command: list[str], failure: str) -> None:
    """Run a step. Raises SetupError where it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupError(f"{failure}; the step was:\n  {shlex.join(command)}")


def say(text: str) -> None:
    """Tell the user what goes on."""
    print(f"setup: {text}", flush=True)


def newer_python() -> str | None:
    """Return another interpreter of this machine that is new enough, if there is one."""
    return next((found for minor in (13, 12, 11) if (found := shutil.which(f"python3.{minor}"))), None)


def main(kind: str) -> int:
    """Set up for running the program (`run`) or for working on it (`dev`); return the exit code."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        newer = newer_python()
        if newer is None:
            print("setup: Python 3.11 or later is needed, found " + sys.version.split()[0], file=sys.stderr)
            return 1
        return subprocess.run([newer, __file__, kind], check=False).returncode
    try:
        provide_system_packages(kind)
        provide_environment("dev" if kind == "dev" else "")
        try_qt()
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
