"""Coalitions, the organisations that take part as parties, and the people who act for them."""

from wijkverbond.coalition.models.choices import (
    Access,
    Fallback,
    Involvement,
    LegalForm,
    ParticipationLevel,
    PartyRole,
    Side,
    SigningGround,
)
from wijkverbond.coalition.models.confirmations import PartyConfirmation
from wijkverbond.coalition.models.handover import ChairAndRules, Handover, HandoverConfirmation
from wijkverbond.coalition.models.invitations import Invitation, InvitationText
from wijkverbond.coalition.models.mandate_offers import MandateOffer
from wijkverbond.coalition.models.mandates import Mandate
from wijkverbond.coalition.models.missing_voices import MissingVoice, MissingVoiceText
from wijkverbond.coalition.models.names import NameJudgement, NameReport
from wijkverbond.coalition.models.parties import (
    LONGEST_REASON,
    Coalition,
    Organisation,
    OrganisationDetails,
    Party,
    TakingPart,
)
from wijkverbond.coalition.models.secretariat import Secretariat, SecretariatVoice
from wijkverbond.coalition.models.successors import Successor
from wijkverbond.coalition.models.ties import Tie
from wijkverbond.coalition.models.unlistings import Unlisting, UnlistingReview
from wijkverbond.kernel.kinds import SOCIETY_KINDS, Kind

__all__ = [
    "LONGEST_REASON",
    "SOCIETY_KINDS",
    "Access",
    "ChairAndRules",
    "Coalition",
    "Fallback",
    "Handover",
    "HandoverConfirmation",
    "Invitation",
    "InvitationText",
    "Involvement",
    "Kind",
    "LegalForm",
    "Mandate",
    "MandateOffer",
    "MissingVoice",
    "MissingVoiceText",
    "NameJudgement",
    "NameReport",
    "Organisation",
    "OrganisationDetails",
    "ParticipationLevel",
    "Party",
    "PartyConfirmation",
    "PartyRole",
    "Secretariat",
    "SecretariatVoice",
    "Side",
    "SigningGround",
    "Successor",
    "TakingPart",
    "Tie",
    "Unlisting",
    "UnlistingReview",
]
