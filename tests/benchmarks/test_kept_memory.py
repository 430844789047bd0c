"""What plans far apart keep for the next ones takes no more memory than it did when this was written."""

from __future__ import annotations

import subprocess
import sys

FOUR_SEAS = ("66,5", "-41,47", "33,-159", "10,70")
MOST_BYTES = 80_000_000
"""73 MB were kept after the last of them, 87 MB where ways round closed airspace stayed and bounds were for forty."""
MOST_MORE_BYTES = 6_000_000
"""By which a fourth sea may add to what three left: 2 MB it was, and 10 MB there."""


def test_plans_in_four_seas_keep_little_more_than_those_in_three() -> None:
    # In a process of its own: what tests before have planned would count.
    done = subprocess.run(
        [sys.executable, "-m", "tests.planning.kept_bytes", *FOUR_SEAS], capture_output=True, text=True, check=True
    )
    *_, three, four = (int(words) for words in done.stdout.split())
    assert four < MOST_BYTES
    assert four - three < MOST_MORE_BYTES
