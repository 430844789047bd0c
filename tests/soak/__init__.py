"""A real window under random use: run by `python -m tests.soak`, and a short piece of it by the tests."""
