"""Training on a lent GPU: a kit of files that needs nothing else there, and what comes back."""
