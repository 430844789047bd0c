"""The earth: geodesy, coordinates, land, depth, airfields and ports, and sea routes, read from the shipped
maps."""
