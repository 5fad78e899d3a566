"""Back-ups of an installation in one file, and putting them back; needs Django with its settings."""
