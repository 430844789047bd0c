"""The case under the user's hands: edits, undo, session, log, and the worker that plans it."""
