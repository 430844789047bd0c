"""The words that the command line offers are those of the models."""

from __future__ import annotations

import subprocess
import sys

from subrescue.domain.choices import EntryKind
from subrescue.domain.registry import Registry
from subrescue.store.registry import ASSET_KINDS, KINDS


def test_the_kinds_of_the_command_line_are_those_of_the_registry() -> None:
    assert sorted(EntryKind) == sorted(KINDS)
    assert {field for field, _ in KINDS.values()} == set(Registry.model_fields)
    assert set(ASSET_KINDS) < set(EntryKind)


def test_a_model_that_names_its_kind_is_listed_under_it() -> None:
    for kind, (_, model) in KINDS.items():
        field = model.model_fields.get("kind")
        assert field is None or field.default == kind


def test_help_loads_no_model() -> None:
    script = "import sys, subrescue.cli.main; print('pydantic' in sys.modules, 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
