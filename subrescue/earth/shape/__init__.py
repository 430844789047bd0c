"""The shape of the earth: lines on the ellipsoid, land, shore and navigable water."""
