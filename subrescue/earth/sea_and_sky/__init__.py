"""What sun, air and sea are usually like at a place and time."""
