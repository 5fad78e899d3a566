"""The demonstration neighbourhood, told through the services."""
