"""What can rescue or intervene in a case: the assets that a plan answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.domain.assets import AssetStatus, MovingAsset, Ship
from subrescue.domain.case import Case
from subrescue.domain.registry import Registry

if TYPE_CHECKING:
    from subrescue.planning.basis.situation import Situation


def moving_assets(sit: Situation) -> list[MovingAsset]:
    """What can rescue or intervene: rescue systems, intervention systems, and ships with gear of their own.

    What has been withdrawn stands in the registry for the record and in no plan, unless the case itself brings or
    names it.
    """
    return moving_assets_of(sit.registry, sit.case)


def moving_assets_of(today: Registry, case: Case) -> list[MovingAsset]:
    """`moving_assets` of a registry of the day and its case."""
    ships: list[Ship] = [ship for ship in today.ships.values() if ship.carries]
    found: list[MovingAsset] = [*today.rescue_systems.values(), *today.intervention_systems.values(), *ships]
    own = case.assets
    offered = {offer.asset for offer in case.offers}
    named = offered | {asset.id for asset in (*own.rescue_systems, *own.intervention_systems, *own.ships)}
    return [asset for asset in found if asset.status is not AssetStatus.WITHDRAWN or asset.id in named]
