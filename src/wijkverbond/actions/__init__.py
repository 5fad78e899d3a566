"""What is being done, what stands in the way, and what government is asked."""
