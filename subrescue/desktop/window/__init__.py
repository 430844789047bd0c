"""The main window's frame: actions, panels, preferences, help, first start, crash report."""
