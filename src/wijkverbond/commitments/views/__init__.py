"""Pages of covenants and pledges."""
