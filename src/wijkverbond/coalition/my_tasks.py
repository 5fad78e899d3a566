"""What a coalition asks of its partners: to confirm newcomers, who may sign, and chair and rules."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.coalition.models import (
    Coalition,
    HandoverConfirmation,
    Invitation,
    Mandate,
    NameReport,
    Party,
    Secretariat,
    SecretariatVoice,
    Unlisting,
)
from wijkverbond.coalition.policies import table
from wijkverbond.coalition.queries import confirming, undelivered
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.policy import Whose
from wijkverbond.kernel.registry import TASK_TYPES
from wijkverbond.kernel.subqueries import inward


@dataclasses.dataclass(frozen=True)
class MandateRow:
    """A mandate to sign that waits for a second person."""

    id: uuid.UUID


@dataclasses.dataclass(frozen=True)
class NewcomerRow:
    """A party that waits until others confirm it."""

    id: uuid.UUID
    party_name: str


@dataclasses.dataclass(frozen=True)
class InvitationRow:
    """An invitation of the party that did not arrive."""

    id: uuid.UUID
    whom: str


@dataclasses.dataclass(frozen=True)
class UndeliveredRow:
    """A mail that went out for the party and did not arrive."""

    id: int


@dataclasses.dataclass(frozen=True)
class NameRow:
    """A party whose name another claims."""

    about: uuid.UUID
    party_name: str


@dataclasses.dataclass(frozen=True)
class HandoverRow:
    """A coalition whose chair and rules this party did not confirm yet."""

    hand_over_due: dt.date


@dataclasses.dataclass(frozen=True)
class OwnMandateRow:
    """What the reader may do for the party."""

    party: uuid.UUID


@dataclasses.dataclass(frozen=True)
class SecretariatRow:
    """Somebody to begin or to end in the secretariat, of whom neither the party nor the reader spoke."""

    id: uuid.UUID


@dataclasses.dataclass(frozen=True)
class UnlistingRow:
    """That the coalition is off the list, of which the party did not say yet what it thinks."""

    id: uuid.UUID
    law: str
    review_by: dt.datetime


def _unreviewed(reader: Reader) -> QuerySet[Unlisting]:
    unreviewed = Unlisting.objects.unreviewed_by(PARTY).for_somebody_else(reader.person)
    return unreviewed.filter(coalition=COALITION)


def _proposed_secretariat(reader: Reader) -> QuerySet[Secretariat]:
    spoken = _voices(SecretariatVoice.About.BEGIN).filter(_own(reader))
    return Secretariat.objects.proposed().filter(~Exists(spoken), coalition=COALITION)


def _secretariat_to_end(reader: Reader) -> QuerySet[Secretariat]:
    asked = _voices(SecretariatVoice.About.END)
    organising = Secretariat.objects.current().filter(Exists(asked), coalition=COALITION)
    others = organising.exclude(person=reader.person)
    return others.filter(~Exists(asked.filter(_own(reader))))


def _voices(about: str) -> QuerySet[SecretariatVoice]:
    return SecretariatVoice.objects.filter(secretariat=OuterRef("id"), about=about)


def _own(reader: Reader) -> Q:
    return Q(party=inward(PARTY)) | Q(person=reader.person)


def _own_mandates(reader: Reader) -> QuerySet[Mandate]:
    return Mandate.objects.current(reader.now).filter(party=PARTY, person=reader.person)[:1]


def _unconfirmed(reader: Reader) -> QuerySet[Mandate]:
    """Of a party for which the reader acts too: as one of its own people, and not as another party."""
    unconfirmed = Mandate.objects.unconfirmed(reader.now).confirmable_by(reader.person)
    own = Mandate.objects.lately(reader.now).filter(person=reader.person, party=OuterRef("party"))
    with_another_hat = own.exclude(party=inward(PARTY))
    return unconfirmed.filter(~Exists(with_another_hat), party__coalition=COALITION)


def _newcomers(reader: Reader) -> QuerySet[Party]:
    newcomers = confirming.to_be_confirmed(COALITION, PARTY, reader.person, reader.now)
    return newcomers.annotate(party_name=F("organisation__name"))


def _not_arrived(reader: Reader) -> QuerySet[Invitation]:
    own = Invitation.objects.open(reader.now).filter(sent_by_party=PARTY)
    return own.filter(undelivered.is_given_up()).annotate(whom=F("addressee"))


def _names(reader: Reader) -> QuerySet[NameReport]:
    reports = confirming.names_to_settle(COALITION, PARTY, reader.person, reader.now)
    return reports.annotate(party_name=F("about__organisation__name"))


def _to_be_handed_over(reader: Reader) -> QuerySet[Coalition]:
    confirmed = HandoverConfirmation.objects.filter(
        _own(reader), handover__coalition=OuterRef("id")
    )
    return Coalition.objects.to_be_handed_over().filter(~Exists(confirmed), id=COALITION)


def _choose_side(mandates: Sequence[OwnMandateRow], actor: Actor) -> Iterator[Task[OwnMandateRow]]:
    if actor.barred:
        yield Task(
            about=mandates[0],
            title=_("Choose for whom you go on"),
            why=_("You act for government and for another partner. Here nobody does both."),
            button=_("Choose"),
            urgency="now",
            when=_("Until then you do nothing for this partner"),
        )


def _agree_about_secretariat(
    proposed: Sequence[SecretariatRow], _actor: Actor
) -> Iterator[Task[SecretariatRow]]:
    yield Task(
        about=proposed[0],
        title=_("Somebody is proposed for the secretariat"),
        why=_("A second partner agrees before that person begins."),
        button=_("Have a look"),
    )


def _agree_about_ending(
    ending: Sequence[SecretariatRow], _actor: Actor
) -> Iterator[Task[SecretariatRow]]:
    yield Task(
        about=ending[0],
        title=_("A partner wants to end somebody's work in the secretariat"),
        why=_("It ends once a second partner agrees."),
        button=_("Have a look"),
    )


def _confirm_mandates(mandates: Sequence[MandateRow], _actor: Actor) -> Iterator[Task[MandateRow]]:
    number = len(mandates)
    title = ngettext(
        "Confirm that someone may sign", "Confirm that %(many)s people may sign", number
    )
    yield Task(
        about=mandates[0],
        title=title % {"many": number},
        why=_("A second person confirms this, so that a signature holds."),
        button=pgettext("button", "Confirm"),
    )


def _confirm_newcomers(
    newcomers: Sequence[NewcomerRow], _actor: Actor
) -> Iterator[Task[NewcomerRow]]:
    for newcomer in newcomers:
        yield Task(
            about=newcomer,
            title=_("Is this new partner what it says? %(who)s") % {"who": newcomer.party_name},
            why=_("It counts once an organisation with other people confirms it."),
            button=_("Have a look"),
        )


def _settle_names(names: Sequence[NameRow], _actor: Actor) -> Iterator[Task[NameRow]]:
    for name in names:
        yield Task(
            about=name,
            title=_("Whose name is it? %(who)s") % {"who": name.party_name},
            why=_("Another partner says that it is theirs. Two partners of other kinds settle it."),
            button=_("Have a look"),
        )


def _confirm_handover(
    handovers: Sequence[HandoverRow], _actor: Actor
) -> Iterator[Task[HandoverRow]]:
    for handover in handovers:
        yield Task(
            about=handover,
            title=_("Confirm your own chair and rules"),
            why=_("Government started this coalition. The partners take it over."),
            button=_("Have a look"),
            due=handover.hand_over_due,
        )


def _invite_again(
    invitations: Sequence[InvitationRow], _actor: Actor
) -> Iterator[Task[InvitationRow]]:
    for invitation in invitations:
        yield Task(
            about=invitation,
            title=_("Your invitation did not arrive: %(whom)s") % {"whom": invitation.whom},
            why=_("The mail server of that address did not take it."),
            button=_("Have a look"),
        )


def _review_unlisting(
    unlistings: Sequence[UnlistingRow], _actor: Actor
) -> Iterator[Task[UnlistingRow]]:
    for unlisting in unlistings:
        yield Task(
            about=unlisting,
            title=_("The host took your coalition off the list. Is that right?"),
            why=_("Ground: %(law)s") % {"law": unlisting.law},
            button=_("Review it"),
            due=timezone.localdate(unlisting.review_by),
        )


def _undelivered(_reader: Reader) -> "QuerySet[ProcrastinateJob]":
    return undelivered.sent_for(PARTY)


def _send_again(mails: Sequence[UndeliveredRow], _actor: Actor) -> Iterator[Task[UndeliveredRow]]:
    yield Task(
        about=mails[0],
        title=_("A mail that went out for you did not arrive"),
        why=_("Somebody was asked something, and does not know it. See whom, and send it again."),
        button=_("Have a look"),
        urgency="soon",
        when=_("Within a week"),
    )


TASK_TYPES.declare(
    TaskType(
        name="coalition.choose_side",
        rows=PartyRows(name="own_mandates", row=OwnMandateRow, records=_own_mandates),
        policy=table.CHOOSE_SIDE,
        tasks=_choose_side,
        address="coalition:choose_side",
        arguments=(),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.agree_about_secretariat",
        rows=PartyRows(
            name="proposed_secretariat", row=SecretariatRow, records=_proposed_secretariat
        ),
        policy=table.GRANT_SECRETARIAT,
        whose=Whose.OTHER,
        tasks=_agree_about_secretariat,
        address="coalition:secretariat",
        arguments=(),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.agree_about_ending",
        rows=PartyRows(name="secretariat_to_end", row=SecretariatRow, records=_secretariat_to_end),
        policy=table.REVOKE_SECRETARIAT,
        whose=Whose.OTHER,
        tasks=_agree_about_ending,
        address="coalition:secretariat",
        arguments=(),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.confirm_mandates",
        rows=PartyRows(name="mandates_to_confirm", row=MandateRow, records=_unconfirmed),
        policy=table.CONFIRM_MANDATE,
        whose=Whose.OTHER,
        tasks=_confirm_mandates,
        address="coalition:to_confirm",
        arguments=(),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.confirm_party",
        rows=PartyRows(name="newcomers", row=NewcomerRow, records=_newcomers),
        policy=table.CONFIRM_PARTY,
        whose=Whose.OTHER,
        state=table.Word.COUNTS,
        tasks=_confirm_newcomers,
        address="coalition:party",
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.judge_name",
        rows=PartyRows(name="names_to_settle", row=NameRow, records=_names),
        policy=table.JUDGE_NAME,
        whose=Whose.OTHER,
        tasks=_settle_names,
        address="coalition:name",
        arguments=("about",),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.confirm_chair_and_rules",
        rows=PartyRows(name="handovers", row=HandoverRow, records=_to_be_handed_over),
        policy=table.CONFIRM_HANDOVER,
        tasks=_confirm_handover,
        address="coalition:handover",
        arguments=(),
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.invite_again",
        rows=PartyRows(name="not_arrived", row=InvitationRow, records=_not_arrived),
        policy=table.REVOKE_INVITATION,
        tasks=_invite_again,
        address="coalition:invite",
        arguments=(),
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.review_unlisting",
        rows=PartyRows(name="unreviewed_unlistings", row=UnlistingRow, records=_unreviewed),
        policy=table.REVIEW_UNLISTING,
        whose=Whose.OTHER,
        state="open",
        tasks=_review_unlisting,
        address="coalition:review_unlisting",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="coalition.send_again",
        rows=PartyRows(name="undelivered", row=UndeliveredRow, records=_undelivered),
        policy=table.SEND_AGAIN,
        tasks=_send_again,
        address="coalition:not_delivered",
        arguments=(),
    )
)
