"""Large packages of others, imported without the parts that nothing here uses."""
