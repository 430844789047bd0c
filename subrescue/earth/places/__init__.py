"""Airfields, ports, naval bases and countries, and how they are found."""
