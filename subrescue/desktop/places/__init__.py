"""Finding places, and what a case knows of single airfields and ports."""
