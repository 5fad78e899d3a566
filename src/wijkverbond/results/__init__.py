"""What was measured, beside the reference line."""
