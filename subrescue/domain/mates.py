"""The mate matrix: which rescue vehicle has mated with which class of submarines, or could by drawing, or cannot."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from subrescue.domain.base import Model, fact, identifier, quantity
from subrescue.domain.evidence import FieldEvidence


class MateState(StrEnum):
    """How sure it is that the skirt of the vehicle seals on the seat of the class."""

    DEMONSTRATED = "demonstrated"
    BY_DRAWING = "by_drawing"
    UNKNOWN = "unknown"
    NO = "no"


class Mate(Model):
    """One cell of the matrix. A pair without a row is not known, which is not "no"."""

    id: str = identifier("Stable name: us-prm-falcon-collins")
    name: str = fact("Name", "Vehicle and submarine in words", default=...)
    rescue_system: str = fact("Rescue system", "Id of a rescue system", default=...)
    submarine_class: str = fact("Submarine class", "Id of a class of submarines", default=...)
    nations: tuple[str, ...] = Field(
        title="Nations", description="Nations of the submarine that mated, two letters", default=()
    )
    state: MateState = fact("State", "demonstrated, by_drawing, unknown or no", default=...)
    date: str | None = fact("Date", "When it was shown last: 2019, 2019-11 or 2019-11-13")
    submarine: str | None = fact("Submarine", "The boat with which it was shown")
    occasion: str | None = fact("Occasion", "Exercise or trial")
    depth_m: float | None = quantity("Depth", "m", "Depth of the seat at that mate", gt=0, le=1000)
    hatch_opened: bool | None = fact("Hatch opened", "People passed through the hatches")
    notes: str | None = fact("Notes", "Anything else that is public")
    evidence: FieldEvidence = Field(default_factory=dict)
