"""What happens in a coalition (docs/contributors/events.md)."""

import datetime as dt
import uuid
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Access
from wijkverbond.coalition.models.choices import Says, WhoseName
from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event(
    "coalition.coalition_started",
    _("%(who)s started the coalition %(title)s"),
    not_own=("title", "area"),
    also_read=("area",),
)
class CoalitionStarted(Event):
    """A coalition began; `hand_over_due` only when government started it, `area` says it in words."""

    coalition: uuid.UUID
    initiator: uuid.UUID
    initiator_kind: str
    places: list[str]
    division_year: int
    since: dt.date
    access: str
    taken_over: str
    title: Text
    hand_over_due: dt.date | None = None
    area: Text | None = None


@event("coalition.places_set", _("%(who)s said which neighbourhoods the coalition is about"))
class PlacesSet(Event):
    """A coalition that named its area in words has places of the official division from now on."""

    coalition: uuid.UUID
    places: list[str]
    division_year: int


@event("coalition.access_changed", _("%(who)s changed who can see the coalition: %(access)s"))
class AccessChanged(Event):
    """Who sees the coalition's pages."""

    coalition: uuid.UUID
    access: Annotated[str, Access]


@event("coalition.coalition_listed", _("The coalition is listed after %(confirmations)s partners"))
class CoalitionListed(Event):
    """The coalition appears on the portal: three parties from its area joined."""

    coalition: uuid.UUID
    confirmations: int


@event(
    "coalition.taken_off_the_list",
    _("The host of the site took the coalition off the list: “%(law)s”. Partners review it."),
)
class CoalitionTakenOffTheList(Event):
    """The coalition is not on the portal, on the ground that is named; everything in it goes on."""

    unlisting: uuid.UUID
    ground: str
    review_by: dt.datetime
    law: Text | None


@event(
    "coalition.unlisting_reviewed",
    _("Partners reviewed that the coalition was taken off the list: “%(reason)s”"),
)
class UnlistingReviewed(Event):
    """Two kinds of partner say that it stays off the list, or put it back."""

    unlisting: uuid.UUID
    outcome: str
    kinds: list[str]
    reason: Text | None


@event("coalition.listed_again", _("The coalition is on the list again"))
class CoalitionListedAgain(Event):
    """It is on the list again: partners or the host put it back, or nobody could review it."""

    unlisting: uuid.UUID
    why: str


@event(
    "coalition.organisation_registered",
    _("The organisation %(title)s was registered"),
    public=False,
)
class OrganisationRegistered(Event):
    """An organisation came into the installation."""

    organisation: uuid.UUID
    kind: str
    sector: str
    legal_form: str
    effort: str
    title: Text


@event(
    "coalition.organisation_described",
    _("The organisation %(title)s was described anew"),
    public=False,
)
class OrganisationDescribed(Event):
    """The organisation as it is from now on."""

    organisation: uuid.UUID
    kind: str
    sector: str
    legal_form: str
    effort: str
    title: Text


@event("coalition.party_joined", _("%(title)s joined"))
class PartyJoined(Event):
    """An organisation takes part from now on; without `confirmed` it counts, as before that was kept."""

    party: uuid.UUID
    organisation: uuid.UUID
    kind: str
    role: str
    levels: list[str]
    involvement: str
    effort: str
    legal_form: str
    sector: str
    joined_on: dt.date
    taken_over: str
    title: Text
    answer_term_days: int | None = None
    confirmed: str | None = None


@event(
    "coalition.party_confirmation_given",
    _("%(who)s says of a new partner: %(says)s. One more is needed"),
)
class PartyConfirmationGiven(Event):
    """A party says of another what it is, and that alone does not settle it."""

    party: uuid.UUID
    kind: str
    confirmed_by: uuid.UUID
    says: Annotated[str, Says]


@event(
    "coalition.kind_settled", _("Two partners say that a partner is a public authority: government")
)
class KindSettled(Event):
    """A party that was called as a public body may be is one, in the eyes of two others."""

    party: uuid.UUID
    kind: str
    earlier_kind: str
    confirmed_by: list[uuid.UUID]


@event("coalition.party_confirmed", _("Others confirmed a partner: it counts from now on"))
class PartyConfirmed(Event):
    """The party is what it says it is, in the eyes of those it is `confirmed_by`; it counts from now on."""

    party: uuid.UUID
    kind: str
    confirmed_by: list[uuid.UUID]


@event(
    "coalition.name_reported", _("%(who)s says that the name of a partner is its own: %(reason)s")
)
class NameReported(Event):
    """A party says that the name of another is its own."""

    party: uuid.UUID
    reported_by: uuid.UUID
    reason: Text


@event("coalition.name_judged", _("%(who)s says whose name it is: %(whose)s"))
class NameJudged(Event):
    """A party of another kind says whose name it is."""

    party: uuid.UUID
    judge: uuid.UUID
    whose: Annotated[str, WhoseName]


@event("coalition.name_settled", _("Two partners settled whose name it is: %(whose)s"))
class NameSettled(Event):
    """Two parties of other kinds say the same about a name that two claim."""

    party: uuid.UUID
    reported_by: uuid.UUID
    whose: Annotated[str, WhoseName]
    confirmed_by: list[uuid.UUID]


@event("coalition.party_described", _("%(title)s described itself anew"))
class PartyDescribed(Event):
    """The party as it is from now on."""

    party: uuid.UUID
    organisation: uuid.UUID
    kind: str
    role: str
    levels: list[str]
    involvement: str
    effort: str
    legal_form: str
    sector: str
    title: Text
    answer_term_days: int | None = None


@event("coalition.party_left", _("%(who)s left: %(reason)s"))
class PartyLeft(Event):
    """The party itself left."""

    party: uuid.UUID
    kind: str
    left_on: dt.date
    reason: Text


@event(
    "coalition.party_suspended",
    _("The coalition suspended a partner: %(reason)s"),
    not_own=("reason",),
)
class PartySuspended(Event):
    """By decision, the party takes no position for now."""

    party: uuid.UUID
    kind: str
    reason: Text
    until: dt.date | None = None


@event(
    "coalition.second_step_demanded",
    _("Who signs shows a second step when they sign in from now on"),
)
class SecondStepDemanded(Event):
    """By decision, who signs for a party of the coalition shows more than a code from a mail."""

    coalition: uuid.UUID


@event("coalition.second_step_ended", _("Who signs need not show a second step any more"))
class SecondStepEnded(Event):
    """By decision, a code from a mail is enough again to sign."""

    coalition: uuid.UUID


@event("coalition.suspension_ended", _("The suspension of a partner ended"))
class SuspensionEnded(Event):
    """The party takes positions again."""

    party: uuid.UUID
    kind: str


@event("coalition.mandate_offered", _("%(who)s asked somebody to act for it"), public=False)
class MandateOffered(Event):
    """A person was asked whether they want to do something for the party."""

    mandate_offer: uuid.UUID
    party: uuid.UUID
    may: list[str]
    expires: dt.datetime


@event("coalition.mandate_offer_ended", _("Somebody is not to act for a partner"), public=False)
class MandateOfferEnded(Event):
    """The person said no, or the party asks no longer."""

    mandate_offer: uuid.UUID
    party: uuid.UUID
    why: str


@event("coalition.mandate_granted", _("%(who)s gave a mandate"), public=False)
class MandateGranted(Event):
    """A person may do something for the party."""

    mandate: uuid.UUID
    party: uuid.UUID
    may: list[str]
    jointly: str
    starts: dt.date
    ground: str | None = None
    until: dt.date | None = None


@event("coalition.mandate_confirmed", _("%(who)s confirmed a mandate to sign"), public=False)
class MandateConfirmed(Event):
    """A second person confirmed a mandate to sign."""

    mandate: uuid.UUID
    party: uuid.UUID


@event("coalition.mandate_ended", _("A mandate ended"), public=False)
class MandateEnded(Event):
    """A person may no longer do something for the party."""

    mandate: uuid.UUID
    party: uuid.UUID
    why: str


@event("coalition.invitation_sent", _("%(who)s sent an invitation"), public=False)
class InvitationSent(Event):
    """Somebody was invited."""

    invitation: uuid.UUID
    channel: str
    expires: dt.datetime
    kind: str | None = None


@event("coalition.invitation_accepted", _("An invitation was accepted"), public=False)
class InvitationAccepted(Event):
    """The invited joined as this party."""

    invitation: uuid.UUID
    party: uuid.UUID


@event(
    "coalition.invitation_declined", _("An invitation was declined"), public=False, as_oneself=True
)
class InvitationDeclined(Event):
    """The invited said no, and why."""

    invitation: uuid.UUID
    reason: Text
    kind: str | None = None


@event("coalition.invitation_revoked", _("An invitation was withdrawn"), public=False)
class InvitationRevoked(Event):
    """The link no longer works."""

    invitation: uuid.UUID


@event("coalition.invitation_sent_again", _("An invitation was mailed once more"), public=False)
class InvitationSentAgain(Event):
    """The same invitation, to the same address."""

    invitation: uuid.UUID


@event("coalition.missing_voice_suggested", _("A voice is missing: %(what)s"))
class MissingVoiceSuggested(Event):
    """Somebody should be at the table and is not."""

    missing_voice: uuid.UUID
    kind: str
    sector: str
    source: str
    what: Text


@event("coalition.missing_voice_dismissed", _("A missing voice is off the list: %(reason)s"))
class MissingVoiceDismissed(Event):
    """This voice is not needed after all."""

    missing_voice: uuid.UUID
    kind: str
    reason: Text


@event("coalition.missing_voice_filled", _("A missing voice is now at the table"))
class MissingVoiceFilled(Event):
    """A party joined that brings this voice."""

    missing_voice: uuid.UUID
    kind: str
    party: uuid.UUID


@event(
    "coalition.secretariat_agreed",
    _("%(who)s agrees about somebody for the secretariat"),
    public=False,
)
class SecretariatAgreed(Event):
    """A party agrees to ask a person to organise, or to end their work."""

    secretariat: uuid.UUID
    party: uuid.UUID
    kind: str
    about: str


@event(
    "coalition.secretariat_taken_back",
    _("%(who)s takes back what it asked about the secretariat"),
    public=False,
)
class SecretariatTakenBack(Event):
    """A party no longer wants to ask this person, or to end their work, before enough others agreed."""

    secretariat: uuid.UUID


@event("coalition.secretariat_granted", _("%(who)s asked someone for the secretariat"))
class SecretariatGranted(Event):
    """A person organises for the coalition from now on; `party` lends the person.

    `agreed` are the parties that asked together.
    """

    secretariat: uuid.UUID
    party: uuid.UUID | None = None
    kind: str | None = None
    agreed: list[uuid.UUID] | None = None


@event("coalition.secretariat_revoked", _("Somebody left the secretariat"))
class SecretariatRevoked(Event):
    """A person no longer organises for the coalition."""

    secretariat: uuid.UUID


@event("coalition.tie_reported", _("%(who)s said how it works with another partner"))
class TieReported(Event):
    """How closely a party worked with another in a year."""

    party: uuid.UUID
    kind: str
    other: uuid.UUID
    other_kind: str
    strength: str
    year: int


@event(
    "coalition.chair_and_rules_confirmed",
    _("The partners confirmed their own chair and rules"),
    not_own=("rules",),
    also_read=("rules",),
)
class ChairAndRulesConfirmed(Event):
    """The handover: the coalition has its own chair and rules."""

    coalition: uuid.UUID
    fallback: str
    rules: Text
    chair: uuid.UUID | None = None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="coalition",
        title=_("Who takes part"),
        order=10,
        without_page=(
            CoalitionStarted,
            PlacesSet,
            AccessChanged,
            CoalitionListed,
            CoalitionTakenOffTheList,
            UnlistingReviewed,
            CoalitionListedAgain,
            SecondStepDemanded,
            SecondStepEnded,
            MissingVoiceSuggested,
            MissingVoiceDismissed,
            SecretariatRevoked,
            ChairAndRulesConfirmed,
        ),
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="party",
        title=_("Partner"),
        order=0,
        address="coalition:party",
        fact="party",
    )
)
