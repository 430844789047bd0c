"""Scripts that build what is shipped: maps and schemas. Not in the wheel."""
