"""The lift through the air: fleets, loads, clearances, fuel stops, sorties, and what lands where and when."""
