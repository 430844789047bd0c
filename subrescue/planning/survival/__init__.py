"""How long life lasts aboard, compartment by compartment."""
