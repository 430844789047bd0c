"""Canals and straits: what fits through, how long it takes, and a ship's speed on the way."""
