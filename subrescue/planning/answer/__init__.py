"""The response: each asset's option with its hours, chances and gates, ranked; escape beside rescue."""
