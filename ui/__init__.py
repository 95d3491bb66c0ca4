"""The window; everything that it shows can be done without it."""
