"""The window's texts in other languages than English, and what keeps them in step with the code."""
