"""What the casualty form is put together of: the editor that suits a field, and notes between the fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from subrescue.desktop.casualty.fields import FormField, instant_from_text
from subrescue.desktop.parts.editors import (
    ChoiceEditor,
    InstantEditor,
    NumberEditor,
    PositionEditor,
    SearchEditor,
    TextEditor,
    choices_of,
)
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.errors import Problem
from subrescue.exchange.problem_words import told_part
from subrescue.exchange.wording import unknown

CLASS = "dissub.class_id"

_WORDS = {"dissub.plight": "plight", "dissub.escape_gear": "gear"}
"""Where the words for the choices of a field stand in the catalogue."""


def editor_for(
    field: FormField,
    edited: Callable[[str, object], object],
    take_position: Callable[[str, str], object],
    clock: Callable[[], datetime],
) -> TextEditor | ChoiceEditor:
    """Return the editor of a field; it hands what is typed or chosen to `edited`, a position's text to
    `take_position`, each with the field's path. Times are typed at the time that `clock` tells."""
    path = field.path
    if path == CLASS:
        search = SearchEditor(field, [])
        search.edited.connect(lambda value: edited(path, value))
        return search
    if field.kind in ("choice", "yes_no"):
        choice = ChoiceEditor(field, choices_of(field, _WORDS.get(path, "")))
        choice.edited.connect(lambda value: edited(path, value))
        return choice
    if field.kind in ("number", "whole"):
        number = NumberEditor(field)
        number.edited.connect(lambda _: edited(path, number.value()))
        return number
    editor: TextEditor
    if field.kind == "position":
        editor = PositionEditor(field)
        editor.edited.connect(lambda text: take_position(path, text))
        return editor
    if field.kind == "instant":
        editor = InstantEditor(field)
        editor.edited.connect(lambda text: edited(path, instant_from_text(text, clock())))
        return editor
    editor = TextEditor(field)
    editor.edited.connect(lambda text: edited(path, none_if_unknown(text)))
    return editor


def note(role: str) -> QLabel:
    """Return an empty hidden line of text that wraps, of a role of the style sheet."""
    label = PlainLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.hide()
    return label


def none_if_unknown(text: str) -> str | None:
    """Return what was typed; None for nothing and for `unknown`."""
    return text if text and text.casefold() not in ("unknown", unknown()) else None


def problem_words(problem: Problem) -> str:
    """Return why a text was not taken, with the line of a table that was pasted."""
    words = tr("Found {found}; {allowed}", found=told_part(problem.found), allowed=told_part(problem.allowed))
    return tr("Line {line}: {words}", line=problem.line, words=words) if problem.line is not None else words
