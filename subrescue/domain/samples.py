"""How many draws stand behind every P10, P50 and P90 where nobody asks for another number."""

SAMPLES = 10_000
"""The P10 and P90 of a band of forty hours stand still to some twenty minutes, a chance of a half to half a percent."""
