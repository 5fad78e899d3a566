"""Pages of covenants and promises."""
