"""What is recorded of pledges, covenants and signatures."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.coalition.models import Kind
from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event(
    "commitments.pledge_offered",
    _("%(who)s promises: “%(what)s”"),
    also_read=(
        "measure",
        "unit",
    ),
)
class PledgeOffered(Event):
    """A party offers a pledge for all to see."""

    pledge: uuid.UUID
    revision: int
    party: uuid.UUID
    kind: str
    effort: str
    goals: list[uuid.UUID]
    with_parties: list[uuid.UUID]
    effect: str
    subject_to_approval: str
    resource: str
    quantity: Decimal | None
    starts: dt.date
    until: dt.date
    rhythm: str
    dues: list[dt.date]
    what: Text | None
    measure: Text | None
    unit: Text | None = None


@event(
    "commitments.pledge_changed",
    _("%(who)s changes its promise: “%(what)s”"),
    also_read=(
        "measure",
        "unit",
        "reason",
    ),
)
class PledgeChanged(PledgeOffered):
    """A party changes its pledge; the earlier wording stays readable."""

    reason: Text | None


@event("commitments.pledge_withdrawn", _("%(who)s takes back a promise: “%(reason)s”"))
class PledgeWithdrawn(Event):
    """A party withdraws its pledge, with a reason."""

    pledge: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None


@event("commitments.covenant_drafted", _("%(who)s drafts covenant %(number)s"))
class CovenantDrafted(Event):
    """A draft of the covenant, composed from vision, goals and pledges."""

    covenant: uuid.UUID
    number: int
    sort: str
    starts: dt.date
    until: dt.date
    predecessor: uuid.UUID | None


@event("commitments.covenant_opened_for_signing", _("Covenant %(number)s can be signed"))
class CovenantOpenedForSigning(Event):
    """The text is frozen; `document` is the digest of the PDF that is signed."""

    covenant: uuid.UUID
    number: int
    sort: str
    starts: dt.date
    until: dt.date
    predecessor: uuid.UUID | None
    document: str
    goals: list[uuid.UUID]
    pledges: list[uuid.UUID]
    asked: list[uuid.UUID]
    asked_per_kind: dict[str, int]
    order: str
    sign_until: dt.date | None = None


@event(
    "commitments.signing_ended",
    _("Covenant %(number)s did not come into force: too few signed (%(signed_per_kind)s)"),
)
class SigningEnded(Event):
    """The last day passed without enough signatures; counted per kind are who could count."""

    covenant: uuid.UUID
    number: int
    document: str
    asked_per_kind: Annotated[dict[str, int], Kind]
    signed_per_kind: Annotated[dict[str, int], Kind]
    declined_per_kind: Annotated[dict[str, int], Kind]
    neighbourhood_asked: str
    different_people: str


@event(
    "commitments.signing_reopened",
    _("Covenant %(number)s can be signed again, until %(sign_until)s"),
)
class SigningReopened(Event):
    """The same text is open for signing again; who signed before stays signed."""

    covenant: uuid.UUID
    number: int
    document: str
    asked: list[uuid.UUID]
    asked_per_kind: dict[str, int]
    sign_until: dt.date


@event("commitments.signed", _("%(who)s signs the covenant: %(signed)s of %(asked)s"))
class CovenantSigned(Event):
    """A party signs the frozen document."""

    covenant: uuid.UUID
    party: uuid.UUID
    kind: str
    document: str
    method: str
    assurance: str
    jointly: str
    signed: int
    asked: int
    confirmed: str | None = None


@event("commitments.signature_declined", _("%(who)s does not sign: “%(reason)s”"))
class SignatureDeclined(Event):
    """A party says that it does not sign, and why."""

    covenant: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None


@event(
    "commitments.covenant_in_force",
    _("Covenant %(number)s is in force (without: %(without)s)"),
)
class CovenantInForce(Event):
    """The covenant holds from now on, until its last day; `without` the kinds that are missing."""

    covenant: uuid.UUID
    number: int
    sort: str
    document: str
    starts: dt.date
    until: dt.date
    signed: int
    asked: int
    checks_due: list[dt.date]
    without: Annotated[list[str], Kind] | None = None


@event(
    "commitments.asked_afterwards",
    _("%(party)s is asked to sign the covenant that holds without its kind"),
)
class AskedAfterwards(Event):
    """A party of a kind without which the covenant holds came, and is asked within thirty days."""

    covenant: uuid.UUID
    party: uuid.UUID
    kind: str
    answer_by: dt.date


@event(
    "commitments.yearly_check_held",
    _("The yearly look back on the covenant: “%(conclusion)s”"),
    not_own=("conclusion",),
)
class YearlyCheckHeld(Event):
    """The coalition looked back: pledges kept, partly, not, and unknown."""

    covenant: uuid.UUID
    due: dt.date
    held: dt.date
    kept: int
    partly: int
    not_kept: int
    unknown: int
    conclusion: Text | None


@event("commitments.renewal_due", _("The covenant ends on %(until)s: time to renew it"))
class RenewalDue(Event):
    """Six months before the end."""

    covenant: uuid.UUID
    until: dt.date


@event("commitments.covenant_renewed", _("A new covenant follows the old one"))
class CovenantRenewed(Event):
    """A successor came into force."""

    covenant: uuid.UUID
    successor: uuid.UUID


@event("commitments.covenant_ended", _("The covenant ended on %(ended_on)s"))
class CovenantEnded(Event):
    """The covenant ended without a successor."""

    covenant: uuid.UUID
    ended_on: dt.date
    why: str


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="commitments",
        title=_("Covenant and promises"),
        order=60,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="pledge",
        title=pgettext_lazy("record", "Promise"),
        order=110,
        events=(
            PledgeOffered,
            PledgeChanged,
        ),
        text="what",
        address="commitments:pledge",
        fact="pledge",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="covenant",
        title=_("Covenant"),
        order=120,
        events=(
            CovenantDrafted,
            CovenantOpenedForSigning,
        ),
        address="commitments:covenant",
        fact="covenant",
    )
)
