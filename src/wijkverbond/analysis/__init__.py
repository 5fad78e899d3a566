"""Pure computation: numbers in, numbers out; no Django, no clock, no randomness."""
