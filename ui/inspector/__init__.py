"""The inspector: what is selected, in numbers and words."""
