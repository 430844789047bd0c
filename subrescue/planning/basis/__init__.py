"""What one plan stands on, and what of it holds from plan to plan."""
