"""The front page of a coalition: what its records say, in one question to the database."""

from wijkverbond.overview.coalition_home.page import CoalitionHome, coalition_home

__all__ = ["CoalitionHome", "coalition_home"]
