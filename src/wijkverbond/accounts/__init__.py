"""People: sign-in, their own data, export and erasure."""
