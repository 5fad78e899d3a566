"""What pages and other capabilities need to know about a coalition and who acts in it."""

from wijkverbond.coalition.queries.actors import acting_for, actors
from wijkverbond.coalition.queries.parties import parties, party_of

__all__ = ["acting_for", "actors", "parties", "party_of"]
