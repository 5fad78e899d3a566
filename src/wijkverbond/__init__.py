"""Wijkverbond: vital neighbourhood coalitions, from insight to breakthrough."""
