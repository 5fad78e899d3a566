"""Coalitions, organisations, parties, mandates, invitations and who is missing."""
