"""Decisions by consent: objections are argued and resolved, not outvoted."""
