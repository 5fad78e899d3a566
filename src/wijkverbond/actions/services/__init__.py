"""What people do with initiatives, check-ins, obstacles and requests."""
