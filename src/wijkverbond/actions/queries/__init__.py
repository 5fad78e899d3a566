"""What pages need to know about initiatives, promises, obstacles and requests."""
