"""The forms of doing: initiatives, check-ins, obstacles and requests to government."""
