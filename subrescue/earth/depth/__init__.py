"""Depths with their band, from the shipped grid or the user's own grids and charts."""
