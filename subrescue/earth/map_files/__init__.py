"""The shipped map files: where they are, and how their arrays, tiles and rings are packed."""
