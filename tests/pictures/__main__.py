"""Makes pictures of the window: `python -m tests.pictures FOLDER [--states plan,why] [--themes day] [--languages fr]`.

Without choices: the ten main states in three themes and three languages at 1280x720; `--states all` adds the boxes,
`--sizes 1920x1080,1280x720` and `--letters 100,150` more. A finding of the laws (`tests.pictures.laws`) is told beside
its picture. Plans come from one real response.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


def settle(window: MainWindow) -> None:
    """Wait until the map shows all of what it is to show: what is painted last waits for what comes before."""
    from subrescue.desktop.features import feature_of
    from subrescue.desktop.map.names_feature import NamesFeature
    from tests.soak.stage import wait_for

    names = feature_of(window, NamesFeature).layer.picture
    for _ in range(3):
        window.map.grab()
        wait_for(lambda: not (window.map.is_painting or window.map.ground.is_busy or names.is_busy), "the map")


def main(folder: Path, asked: argparse.Namespace) -> int:
    """Make the pictures; return 1 where a law finds something, 2 for a state, theme or language that is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtTest import QTest

    from subrescue.desktop.parts.themes import THEMES
    from subrescue.desktop.window.language_switch import change_language
    from subrescue.desktop.window.preferences_window import set_letter_size
    from subrescue.exchange.languages import LANGUAGES
    from subrescue.store.user_folders import use_profile
    from tests.pictures.laws import findings
    from tests.pictures.states import BOXES, MAIN, Stage, Still, tidy
    from tests.soak.stage import close, stage

    known = MAIN | BOXES
    states = {"main": list(MAIN), "all": list(known)}.get(asked.states, asked.states.split(","))
    for given, allowed in ((states, known), (asked.themes.split(","), THEMES), (asked.languages.split(","), LANGUAGES)):
        for strange in sorted(set(given) - set(allowed)):
            print(f"found {strange!r}; allowed are {', '.join(allowed)}", file=sys.stderr)
            return 2
    folder.mkdir(parents=True, exist_ok=True)
    count = found = 0
    with tempfile.TemporaryDirectory(prefix="subrescue-pictures-") as name:
        use_profile(Path(name) / "profile")
        window = stage(Path(name), planner=Still())
        for code in asked.languages.split(","):
            window = change_language(window, code)
            for letters in map(int, asked.letters.split(",")):
                set_letter_size(window, letters)
                for size in asked.sizes.split(","):
                    wide, high = map(int, size.split("x"))
                    window.resize(wide, high)
                    window.reset_layout()
                    for theme in asked.themes.split(","):
                        window.set_theme(theme)
                        for state in states:
                            set_up = Stage(window, Path(name))
                            shown = known[state](set_up)
                            window.map.fit_scene()
                            QTest.qWait(60)
                            settle(window)
                            for _ in range(3):  # what came last may have asked for another room
                                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                            words = f"{state}-{code}-{theme}-{size}" + (f"-{letters}" if letters != 100 else "")
                            shown.grab().save(str(folder / f"{words}.png"))
                            for finding in findings(shown):
                                print(f"{words}: {finding}", flush=True)
                                found += 1
                            count += 1
                            tidy(set_up)
        close(window)
    print(f"{count} pictures in {folder}, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", default="main")
    parser.add_argument("--themes", default="day,dusk,night")
    parser.add_argument("--languages", default="en,fr,ru")
    parser.add_argument("--sizes", default="1280x720")
    parser.add_argument("--letters", default="100")
    chosen = parser.parse_args()
    sys.exit(main(chosen.folder, chosen))
