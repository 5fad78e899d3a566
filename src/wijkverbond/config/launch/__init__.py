"""What `./wijkverbond` runs once its environment is there; only the standard library, for speed."""
