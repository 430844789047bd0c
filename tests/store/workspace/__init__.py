"""The workspace, each test on SQLite and on a PostgreSQL of its own."""
