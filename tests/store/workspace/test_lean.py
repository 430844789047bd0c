"""Opening a workspace reads of SQLAlchemy what it needs alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_OPEN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from subrescue.store.user_folders import use_profile
from subrescue.store.workspace.opening import open_workspace
use_profile(Path(sys.argv[1]))
open_workspace(now=datetime.now(UTC)).close()
assert "sqlalchemy" in sys.modules
print("sqlalchemy.orm" in sys.modules)
"""


def test_a_workspace_is_opened_without_the_mapper_of_objects(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _OPEN, str(tmp_path)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
