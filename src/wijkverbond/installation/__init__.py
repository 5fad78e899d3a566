"""Setting up an installation in the browser: the first time by a link in the log, later by its host."""
