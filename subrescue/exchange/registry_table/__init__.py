"""The registry as a table: described facts, their texts, facets and search, age of information, what is not known."""
