"""The pages of doing: initiatives, pledges kept, what is stuck, and requests to government."""
