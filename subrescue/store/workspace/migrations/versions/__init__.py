"""One module a format, in the order of their numbers."""
