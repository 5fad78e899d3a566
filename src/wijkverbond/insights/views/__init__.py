"""Pages of signals and insights."""
