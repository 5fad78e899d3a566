"""What the pages of a coalition show, worked out for reading."""
