"""Where a fact comes from: documents, and for each field of an asset what they state and how sure it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from subrescue.domain.base import Model, fact
from subrescue.domain.choices import Confidence

__all__ = ["Confidence", "Evidence", "FieldEvidence", "Source"]


class Source(Model):
    """A public document, or one of the house's own kinds: memory, calculation, planning assumption."""

    id: str = fact("Source id", "Short name used by the evidence of fields", default=...)
    title: str = fact("Title", "Publisher and document", default=...)
    date: str | None = fact("Date", "Date of the document as far as it is known: 2017, 2017-02 or 2017-02-09")
    url: str | None = fact("Address", "Where it can be read")


class Evidence(Model):
    """What one source says of one field. `value` is given where it differs from the value in use."""

    source: str = fact("Source id", "Id of a source", default=...)
    confidence: Confidence = fact("Confidence", "high, medium or low", default=...)
    date: str | None = fact("Date", "Date of the statement where it differs from the source's own")
    value: str | float | bool | None = fact(
        "Value stated", "What this source states, where it differs from the value used"
    )
    note: str | None = fact("Note", "Anything a reader must know")


FieldEvidence = Annotated[
    dict[str, tuple[Evidence, ...]],
    Field(title="Evidence", description="For each field that is known: the sources and their confidence"),
]
