"""The pages of doing: initiatives, promises kept, what is stuck, and requests to government."""
