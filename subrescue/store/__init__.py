"""What lies on disk: registry, assumptions and case files, read with errors that name file, line and field."""
