"""Processes that work for another one, and go when it goes."""

from __future__ import annotations

import os


def end_with_parent() -> None:
    """End this process when the one that asked for it does: one that is killed cannot tell its workers to go, and they
    would keep their memory, and whoever reads its output waiting, for good.
    """
    from multiprocessing import parent_process
    from threading import Thread

    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()
