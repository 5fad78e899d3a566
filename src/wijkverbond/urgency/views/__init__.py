"""The pages of conversations and shared urgencies."""
