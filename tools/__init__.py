"""Scripts that build what is shipped (maps, schemas, languages), set a machine up and check data. Not in the wheel."""
