"""What the panels share: theme, time scale, actions, icons, small controls."""
