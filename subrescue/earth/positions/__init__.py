"""Text that becomes a position and positions that become text, in every notation."""
