"""What things are in submarine rescue: positions, assets, cases, chains and responses as frozen values."""
