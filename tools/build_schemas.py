"""Writes `resources/schemas/` from the models: run it after a model has changed (`make schemas`)."""

from __future__ import annotations

import json
from pathlib import Path

from subrescue.exchange.schemas import schemas
from subrescue.store.files import write_atomically

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "schemas"


def as_text(schema: dict[str, object]) -> str:
    """A schema as it stands in the repository."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every schema."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        write_atomically(FOLDER / name, as_text(schema))
        print(f"resources/schemas/{name}")


if __name__ == "__main__":
    main()
