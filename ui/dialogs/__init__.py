"""Preferences, shortcuts, command palette, recovery, history."""
