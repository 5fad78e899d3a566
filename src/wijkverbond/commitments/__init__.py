"""What each partner promises, signed for years."""
