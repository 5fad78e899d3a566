"""Coalitions, the organisations that take part as parties, and the people who act for them."""

from wijkverbond.coalition.models.choices import (
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
from wijkverbond.coalition.models.circle import Handover, Invitation, MissingVoice, Tie
from wijkverbond.coalition.models.parties import Coalition, Organisation, Party
from wijkverbond.coalition.models.people import Mandate, Secretariat

__all__ = [
    "SOCIETY_KINDS",
    "Access",
    "Coalition",
    "Fallback",
    "Ground",
    "Handover",
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
