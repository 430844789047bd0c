"""Whether a case is of another time than the registry that it is planned with: no entry says since when it serves."""

from __future__ import annotations

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry

FAR_YEARS = 5
"""Years between the alert and the newest date in the registry that make its assets those of another day."""


def years_after_registry(case: Case, registry: Registry) -> int | None:
    """Years from the newest date of a status to the alert, below 0 before it; None where that is near, or not known.

    Of a case that leaves the registry out its own assets are taken for those of its day.
    """
    stated = [year for asset in registry.assets() if (year := (asset.status_date or "")[:4]).isdecimal()]
    if not case.assets.use_registry or not stated:
        return None
    years = case.alert.year - max(map(int, stated))
    return years if abs(years) >= FAR_YEARS else None
