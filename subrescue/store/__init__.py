"""What lies on disk: registry, assumptions, case files, workspaces; errors name file, line and field."""
