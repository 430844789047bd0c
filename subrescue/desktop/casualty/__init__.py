"""The casualty panel: what is known and asked of the DISSUB, its compartments, surroundings and depth."""
