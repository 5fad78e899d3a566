"""What `./wijkverbond` runs once its environment is prepared; only the standard library, to start at once."""
