"""What pages need to know about initiatives, pledges, obstacles and requests."""
