"""The formats that a workspace has had, one step each; alembic takes a workspace from any of them to the newest."""
