"""The forms of a coalition."""

from wijkverbond.coalition.forms.handover import HandoverForm
from wijkverbond.coalition.forms.invitations import InviteForm
from wijkverbond.coalition.forms.mandates import (
    ActingForm,
    MandateForm,
    SecretariatForm,
    SideForm,
    SuccessorForm,
)
from wijkverbond.coalition.forms.missing_voices import MissingVoiceForm
from wijkverbond.coalition.forms.participation import (
    CoalitionForm,
    DescribeForm,
    OrganisationForm,
    PlacesForm,
    TakingPartForm,
)
from wijkverbond.coalition.forms.reasons import ReasonForm
from wijkverbond.coalition.forms.ties import TieForm
from wijkverbond.coalition.forms.unlistings import UnlistForm, UnlistingReviewForm

__all__ = [
    "ActingForm",
    "CoalitionForm",
    "DescribeForm",
    "HandoverForm",
    "InviteForm",
    "MandateForm",
    "MissingVoiceForm",
    "OrganisationForm",
    "PlacesForm",
    "ReasonForm",
    "SecretariatForm",
    "SideForm",
    "SuccessorForm",
    "TakingPartForm",
    "TieForm",
    "UnlistForm",
    "UnlistingReviewForm",
]
