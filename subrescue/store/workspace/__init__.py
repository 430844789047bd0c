"""The workspace: one database with the registry and the journal of every change, in a file or on a PostgreSQL server.

`opening.open_workspace` is the way in; `workspace.Workspace` is what it gives.
"""

from subrescue.earth.imports.lean_packages import make_lean

make_lean("asyncio")  # before SQLAlchemy imports it, for names that nothing here uses
