"""What people do with pledges and covenants."""
