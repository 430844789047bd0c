"""The workspace: one database with the registry and the journal of every change, in a file or on a PostgreSQL server.

`opening.open_workspace` is the way in; `workspace.Workspace` is what it gives.
"""

from subrescue.earth.lean_packages import make_lean

make_lean("asyncio")  # SQLAlchemy imports it for one name: 5 MB, and all of TLS
