"""Places of a plan and what lies between them: miles by sea, by road and through the air, and borders on the way."""
