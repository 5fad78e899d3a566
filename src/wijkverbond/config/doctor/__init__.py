"""`./wijkverbond doctor`: what is wrong with an installation, each in one sentence with one remedy."""
