"""The schemas in the repository are those of the models, and the shipped files hold to them."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from typing import Any

import jsonschema
import pytest

from subrescue.exchange.schemas import schemas
from subrescue.store.paths import resources_dir


def _folder(name: str) -> Any:
    return json.loads((resources_dir() / "schemas" / name).read_text(encoding="utf-8"))


def test_the_committed_schemas_are_those_of_the_models() -> None:
    derived = schemas()
    assert {path.name for path in (resources_dir() / "schemas").glob("*.json")} == set(derived)
    for name, schema in derived.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == _folder(name), f"{name} is out of date: run `make schemas`"


def _as_json(value: Any) -> Any:
    """TOML as JSON sees it: a time is text."""
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("case.schema.json", "cases/*.toml"),
        ("registry.schema.json", "registry/*.toml"),
        ("assumptions.schema.json", "assumptions.toml"),
    ],
)
def test_the_shipped_files_hold_to_their_schema(schema: str, files: str) -> None:
    checker = jsonschema.Draft202012Validator(_folder(schema))
    for path in sorted(resources_dir().glob(files)):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if "assumptions" in data:
            data["assumptions"] = {}  # keys with dots may be written as tables
        errors = [
            f"{path.name}: {error.json_path}: {error.message[:200]}" for error in checker.iter_errors(_as_json(data))
        ]
        assert not errors
