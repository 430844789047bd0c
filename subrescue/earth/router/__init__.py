"""Sea routes from anywhere to anywhere, and sea distances from one place to all."""
