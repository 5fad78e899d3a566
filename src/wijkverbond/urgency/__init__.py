"""Asking the neighbourhood, and what everyone then agrees is urgent."""
