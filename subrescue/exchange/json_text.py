"""What is written for programs as JSON, everywhere in one form."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any, *, indent: int = 2) -> str:
    """The data as JSON text, its signs unescaped. indent: 1 where long lists of points would be mostly blanks."""
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
