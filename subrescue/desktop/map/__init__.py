"""The map: land, depth, graticule, places, assets, the DISSUB and the chosen chain, painted by our own widget."""
