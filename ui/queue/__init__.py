"""What is rendered now, what waits, and what became of it."""
