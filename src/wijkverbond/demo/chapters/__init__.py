"""The story of the demonstration, a chapter at a time."""
