"""What was stuck and is now possible."""
