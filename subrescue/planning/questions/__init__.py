"""What is asked of a response: why it takes so long, how it differs from another, what it would be elsewhere."""
