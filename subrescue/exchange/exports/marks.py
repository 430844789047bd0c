"""The usual marking and originator of a product, which nobody has to write; quick to load, for the command line."""

from __future__ import annotations

from subrescue.exchange.languages import catalogue

MARKING, ORIGINATOR = "UNCLASSIFIED", "Subrescue, public registry"
"""What stands on a product until somebody writes something else."""


def in_language(words: str, language: str) -> str:
    """The usual marking and the usual originator in the language of a product; what somebody wrote stays as it is."""
    return catalogue(language).gettext(words) if words in (MARKING, ORIGINATOR) else words
