"""What is aboard, and nothing else of a case: the life in a boat is the same wherever she lies and whoever comes."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.case import Case, CaseAssets
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Assumptions
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.survival.air import Numbers

# Assumptions of the life aboard; one that is not among them is not there.
_OF_LIFE = ("survival.", "limit.", "decompression.")
_NOWHERE = Fix(position=Position(lat_deg=0.0, lon_deg=0.0))


@dataclass(frozen=True, eq=False)
class Aboard:
    """A boat with her air and stores, the numbers and the luck by which her people live; equal ones have one life."""

    case: Case
    submarine_class: SubmarineClass | None
    numbers: Numbers

    def _luck(self) -> tuple[object, ...]:
        luck = self.numbers.luck
        return () if luck is None else (luck.seed, luck.samples, luck.shares)

    def __hash__(self) -> int:
        return hash((self.case.alert, self._luck()))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Aboard)
            and self._luck() == other._luck()
            and self.case == other.case
            and self.submarine_class == other.submarine_class
            and self.numbers.assumptions == other.numbers.assumptions
        )


def aboard(case: Case, submarine_class: SubmarineClass | None, numbers: Numbers) -> Aboard:
    """What the life aboard depends on: the rest of the case is taken out, so that nothing of it can slip in."""
    boat = case.model_copy(
        update={
            "id": "aboard",
            "title": "",
            "summary": None,
            "dissub": case.dissub.model_copy(update={"fix": _NOWHERE}),
            "offers": (),
            "airfields": (),
            "ports": (),
            "clearances": (),
            "sea_clearances": (),
            "ships": (),
            "closed_passages": (),
            "assumptions": {},
            "assets": CaseAssets(),
            "annotations": (),
            "log": (),
            "sources": (),
        }
    )
    items = numbers.assumptions.items
    chosen = Assumptions.of_checked(items={key: item for key, item in items.items() if key.startswith(_OF_LIFE)})
    luck = numbers.luck
    own = None if luck is None else Draws(luck.seed, luck.samples, luck.shares)
    return Aboard(boat, submarine_class, Numbers(chosen, own))
