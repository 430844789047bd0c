"""The window: the only place with Qt. Everything that it does can be done from the command line and from Python too."""
