"""The assumptions panel and what moving a number does."""
