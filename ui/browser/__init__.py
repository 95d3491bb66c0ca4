"""The browser: prompts, models, files."""
