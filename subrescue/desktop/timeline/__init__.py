"""The timeline with its slider and clock."""
