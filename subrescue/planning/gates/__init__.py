"""The gates: green, amber, red or unknown, with what was compared and what would change it."""
