"""What people do with the covenant: compose, open for signing, sign, look back; what its days do."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wijkverbond.accounts.services import Confirmation
from wijkverbond.coalition.models import Coalition, Mandate
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments import document, events, policies, queries, terms
from wijkverbond.commitments.models import Covenant, Decline, Pledge, Signature, YearlyCheck
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.actor import Mandate as MandateSort
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.vision.models import Goal, VisionVersion

RENEW_BEFORE = dt.timedelta(days=183)


@transaction.atomic
def draft(
    coalition: Coalition,
    *,
    actor: Actor,
    title: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
    preamble: str = "",
) -> Covenant:
    """Compose a draft from the adopted vision, the current goals and the offered pledges chosen."""
    Coalition.objects.select_for_update().get(id=coalition.id)
    require(policies.may_start_covenant(actor))
    last = coalition.covenants.aggregate(Max("number"))["number__max"] or 0
    covenant = Covenant(
        coalition=coalition,
        number=last + 1,
        vision=_adopted_vision(coalition),
        predecessor=coalition.covenants.filter(state=Covenant.State.IN_FORCE).first(),
        drafted_by=party_of(actor),
        drafted_at=actor.now,
    )
    _write(covenant, title, preamble, rules, starts, ends, pledges)
    record(
        events.CovenantDrafted(
            covenant=covenant.id,
            number=covenant.number,
            sort="covenant",
            starts=covenant.starts,
            until=covenant.ends,
            predecessor=covenant.predecessor_id,
            rests_on=queries.covenant_rests_on(covenant),
        ),
        actor=actor,
    )
    return covenant


@transaction.atomic
def rewrite(
    covenant: Covenant,
    *,
    actor: Actor,
    title: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
    preamble: str = "",
) -> Covenant:
    """Change a draft. Once it is open for signing its text is frozen, and this is refused."""
    covenant = _locked(covenant)
    require(policies.may_compose(actor, covenant))
    covenant.vision = _adopted_vision(covenant.coalition)
    _write(covenant, title, preamble, rules, starts, ends, pledges)
    return covenant


def open_for_signing(covenant: Covenant, *, actor: Actor) -> Covenant:
    """Freeze the text and its PDF, and ask every party at the table to sign.

    The PDF is made before the transaction; when the records changed meanwhile, this is refused.
    """
    require(policies.may_compose(actor, covenant))
    content = document.content(covenant)
    return _freeze(covenant, content, document.render(content), actor=actor)


def check_not_signed(covenant: Covenant, *, actor: Actor) -> None:
    """Refuse the way to a signature when one's party has already signed."""
    require(policies.may_sign(actor, covenant))
    if covenant.signatures.filter(party=actor.party, counts=True).exists():
        raise ValidationError(_("Your organisation has already signed."))


@transaction.atomic
def sign(covenant: Covenant, *, actor: Actor, confirmation: Confirmation) -> Covenant:
    """Sign the frozen document for one's party, confirmed with a code by e-mail.

    With the last signature that is waited for, the covenant comes into force: exactly once.
    """
    covenant = _locked(covenant)
    check_not_signed(covenant, actor=actor)
    _check_confirmation(covenant, actor, confirmation)
    party = party_of(actor)
    mandate = Mandate.objects.valid(actor.now).get(
        party=party, person=actor.person, sort=MandateSort.SIGN
    )
    signature = Signature(
        covenant=covenant,
        party=party,
        person_id=actor.person,
        ground=mandate.ground,
        digest=covenant.digest,
        signed_at=actor.now,
        counts=not mandate.jointly or covenant.signatures.filter(party=party).exists(),
    )
    signature.full_clean()
    signature.save(force_insert=True)
    if not signature.counts:
        return covenant
    covenant.asked.add(party)
    covenant.declines.filter(party=party).delete()
    signed, asked = queries.signed(covenant), covenant.asked.count()
    happened: list[Event] = [
        events.CovenantSigned(
            covenant=covenant.id,
            party=party.id,
            kind=party.kind,
            document=covenant.digest,
            method=signature.method,
            assurance="simple",
            jointly="yes" if mandate.jointly else "no",
            signed=signed,
            asked=asked,
            rests_on=(f"covenant:{covenant.id}",),
        )
    ]
    record(*happened, *_enter_into_force(covenant, actor), actor=actor)
    return covenant


@transaction.atomic
def decline(covenant: Covenant, *, actor: Actor, reason: str) -> Covenant:
    """Say that one's party does not sign, and why. It can still sign later."""
    covenant = _locked(covenant)
    check_not_signed(covenant, actor=actor)
    party = party_of(actor)
    declined = Decline(covenant=covenant, party=party, reason=reason.strip(), at=actor.now)
    declined.full_clean()
    declined.save(force_insert=True)
    happened = events.SignatureDeclined(
        covenant=covenant.id,
        party=party.id,
        kind=party.kind,
        reason=shreddable(declined.reason),
        rests_on=(f"covenant:{covenant.id}",),
    )
    record(happened, *_enter_into_force(covenant, actor), actor=actor)
    return covenant


@transaction.atomic
def look_back(covenant: Covenant, *, actor: Actor, due: dt.date, conclusion: str) -> YearlyCheck:
    """Record the yearly look back that was due on a day, with its conclusion."""
    covenant = _locked(covenant)
    require(policies.may_look_back(actor, covenant))
    if due not in terms.checks(covenant.starts, covenant.ends):
        raise ValidationError({"due": _("No look back was due on this day.")})
    check = YearlyCheck(
        covenant=covenant,
        due=due,
        held_on=actor.now.date(),
        conclusion=conclusion.strip(),
        held_by=party_of(actor),
    )
    check.full_clean()
    check.save(force_insert=True)
    record(
        events.YearlyCheckHeld(
            covenant=covenant.id,
            due=due,
            held=check.held_on,
            kept=0,
            partly=0,
            not_kept=0,
            unknown=covenant.pledges.count(),
            conclusion=shreddable(check.conclusion),
            rests_on=(f"covenant:{covenant.id}",),
        ),
        actor=actor,
    )
    return check


@transaction.atomic
def keep_time(covenant: Covenant, *, actor: Actor) -> Covenant:
    """Announce the end six months before it, and end the covenant the day after its last."""
    covenant = _locked(covenant)
    require(policies.may_keep_time(actor, covenant))
    today = actor.now.date()
    if covenant.state != Covenant.State.IN_FORCE:
        return covenant
    if today > covenant.ends:
        covenant.state, covenant.ended_at = Covenant.State.ENDED, actor.now
        covenant.save(update_fields=["state", "ended_at"])
        ended = events.CovenantEnded(covenant=covenant.id, ended_on=covenant.ends, why="expired")
        record(ended, actor=actor, stream=covenant.coalition_id)
    elif not covenant.renewal_announced and today >= covenant.ends - RENEW_BEFORE:
        covenant.renewal_announced = True
        covenant.save(update_fields=["renewal_announced"])
        due = events.RenewalDue(covenant=covenant.id, until=covenant.ends)
        record(due, actor=actor, stream=covenant.coalition_id)
    return covenant


@transaction.atomic
def _freeze(covenant: Covenant, content: document.Content, pdf: bytes, *, actor: Actor) -> Covenant:
    covenant = _locked(covenant)
    require(policies.may_compose(actor, covenant))
    list(covenant.pledges.select_for_update())  # nobody changes or takes back one meanwhile
    if document.content(covenant) != content:
        raise ValidationError(_("Something changed just now. Look at the text again."))
    if not content["pledges"]:
        raise ValidationError({"pledges": _("A covenant needs at least one promise.")})
    asked = queries.to_sign(covenant.coalition)
    covenant.content, covenant.document = content, pdf
    covenant.digest = document.digest(pdf)
    covenant.state, covenant.opened_at = Covenant.State.SIGNING, actor.now
    covenant.save(update_fields=["content", "document", "digest", "state", "opened_at"])
    covenant.asked.set(asked)
    covenant.pledges.update(state=Pledge.State.IN_COVENANT)
    record(
        events.CovenantOpenedForSigning(
            covenant=covenant.id,
            number=covenant.number,
            sort="covenant",
            starts=covenant.starts,
            until=covenant.ends,
            predecessor=covenant.predecessor_id,
            document=covenant.digest,
            goals=sorted(covenant.goals.values_list("id", flat=True)),
            pledges=sorted(covenant.pledges.values_list("id", flat=True)),
            asked=sorted(party.id for party in asked),
            asked_per_kind=queries.per_kind(asked),
            order="free",
            rests_on=queries.covenant_rests_on(covenant),
        ),
        actor=actor,
    )
    return covenant


def _enter_into_force(covenant: Covenant, actor: Actor) -> list[Event]:
    """In force once every society party has signed or declined; government cannot block (R2)."""
    if covenant.state != Covenant.State.SIGNING or not queries.ready(covenant):
        return []
    before = covenant.coalition.covenants.filter(state=Covenant.State.IN_FORCE).first()
    happened: list[Event] = []
    if before:
        before.state, before.ended_at = Covenant.State.RENEWED, actor.now
        before.save(update_fields=["state", "ended_at"])
        happened.append(events.CovenantRenewed(covenant=before.id, successor=covenant.id))
    covenant.state, covenant.in_force_at = Covenant.State.IN_FORCE, actor.now
    covenant.save(update_fields=["state", "in_force_at"])
    in_force = events.CovenantInForce(
        covenant=covenant.id,
        number=covenant.number,
        sort="covenant",
        document=covenant.digest,
        starts=covenant.starts,
        until=covenant.ends,
        signed=queries.signed(covenant),
        asked=covenant.asked.count(),
        checks_due=terms.checks(covenant.starts, covenant.ends),
        rests_on=(f"covenant:{covenant.id}",),
    )
    return [in_force, *happened]


def _write(
    covenant: Covenant,
    title: str,
    preamble: str,
    rules: str,
    starts: dt.date,
    ends: dt.date,
    pledges: Sequence[Pledge],
) -> None:
    covenant.title, covenant.preamble, covenant.rules = (
        title.strip(),
        preamble.strip(),
        rules.strip(),
    )
    covenant.starts, covenant.ends = starts, ends
    if any(
        pledge.coalition_id != covenant.coalition_id
        or pledge.state not in (Pledge.State.OFFERED, Pledge.State.IN_COVENANT)
        for pledge in pledges
    ):
        raise ValidationError({"pledges": _("Choose promises that were offered here.")})
    covenant.full_clean()
    covenant.save()
    covenant.goals.set(Goal.objects.filter(coalition=covenant.coalition_id, dropped_at=None))
    covenant.pledges.set(pledges)


def _locked(covenant: Covenant) -> Covenant:
    return (
        Covenant.objects.select_for_update(of=("self",))
        .select_related("coalition")
        .get(id=covenant.id)
    )


def _adopted_vision(coalition: Coalition) -> VisionVersion:
    found = VisionVersion.objects.filter(
        coalition=coalition, state=VisionVersion.State.ADOPTED
    ).first()
    if not found:
        raise ValidationError(_("First adopt a vision together; the covenant rests on it."))
    return found


def _check_confirmation(covenant: Covenant, actor: Actor, confirmation: Confirmation) -> None:
    purpose = queries.signing_purpose(covenant, actor)
    if confirmation.person != actor.person or confirmation.purpose != purpose:
        raise ValidationError(_("Confirm your signature with the code that we mailed you."))
