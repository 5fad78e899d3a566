"""Coalitions, the organisations that take part as parties, and the people who act for them."""

from wijkverbond.coalition.models.circle import HandOver, Invitation, MissingVoice, Tie
from wijkverbond.coalition.models.parties import Coalition, Organisation, Party
from wijkverbond.coalition.models.people import Mandate, Secretariat
from wijkverbond.coalition.models.words import (
    SOCIETY_KINDS,
    Access,
    Fallback,
    Ground,
    Involvement,
    Kind,
    LegalForm,
    Level,
    Role,
)

__all__ = [
    "SOCIETY_KINDS",
    "Access",
    "Coalition",
    "Fallback",
    "Ground",
    "HandOver",
    "Invitation",
    "Involvement",
    "Kind",
    "LegalForm",
    "Level",
    "Mandate",
    "MissingVoice",
    "Organisation",
    "Party",
    "Role",
    "Secretariat",
    "Tie",
]
