"""What plans keep for the next one, as tests forget it."""

from __future__ import annotations

from subrescue.planning.basis import ground
from subrescue.planning.survival import survival


def forget() -> None:
    """Let the next plan be that of a fresh process, but for landings."""
    for kept in (ground._kept, ground._kept_way, ground._kept_passage, ground._kept_berth):
        kept.keep_last(0)
    survival._lives_aboard.cache_clear()
