"""Signing the covenant for one's party, or saying no; and what follows from all answers together."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.coalition.models import Mandate
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services import lock_coalition
from wijkverbond.commitments import events, policies, queries, signing_rule, terms
from wijkverbond.commitments.models import Covenant, Decline, Pledge, Signature
from wijkverbond.commitments.services import mails, versions
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown


def check_not_signed(covenant: Covenant, *, actor: Actor) -> None:
    """Refuse the way to a signature when one's party has already signed."""
    require(policies.may_sign(actor, covenant))
    if covenant.signatures.counting().filter(party=actor.party).exists():
        raise ValidationError(_("Your organisation has already signed."))
    if covenant.signatures.filter(party=actor.party, person=actor.person).exists():
        raise ValidationError(_("You have signed. A second person of your organisation signs too."))


@transaction.atomic
def sign(
    covenant: Covenant,
    *,
    actor: Actor,
    confirmation: CodeConfirmation,
    shown: str | None = None,
) -> Covenant:
    """Sign the frozen document for one's party, confirmed with a code by e-mail.

    With the last answer that is waited for, the covenant comes into force: exactly once.
    """
    covenant = locked(covenant)
    check_not_signed(covenant, actor=actor)
    require_shown(shown, covenant)
    _check_confirmation(covenant, actor, confirmation)
    party = party_of(actor)
    mandate = Mandate.objects.valid(actor.now).get(
        party=party, person=actor.person, sort=MandateType.SIGN
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
    party.money_accepted.add(*queries.money_for(party, covenant))
    new_events: list[Event] = [
        events.CovenantSigned(
            covenant=covenant.id,
            party=party.id,
            kind=party.kind,
            document=covenant.digest,
            method=signature.method,
            assurance="simple",
            jointly="yes" if mandate.jointly else "no",
            signed=queries.signed(covenant),
            asked=queries.asked(covenant),
            confirmed=None if party.is_confirmed else "no",
            rests_on=(f"covenant:{covenant.id}",),
        )
    ]
    record(*new_events, *conclude(covenant, actor), actor=actor)
    return covenant


@transaction.atomic
def decline(covenant: Covenant, *, actor: Actor, reason: str, shown: str | None = None) -> Covenant:
    """Say that one's party does not sign, and why. It can still sign later.

    When it was asked because the covenant holds without its kind, this opens a change: the draft of
    a next version, which every partner of society can work on.
    """
    came_later = covenant.later_signers.filter(party=actor.party).exists()
    if came_later:
        # First, as who brings a covenant into force holds it before the one that held until then.
        lock_coalition(covenant.coalition_id)
    covenant = locked(covenant)
    check_not_signed(covenant, actor=actor)
    require_shown(shown, covenant)
    party = party_of(actor)
    declined = Decline(
        covenant=covenant, party=party, person_id=actor.person, reason=reason.strip(), at=actor.now
    )
    declined.full_clean()
    declined.save(force_insert=True)
    covenant.asked.add(party)
    signature_declined = events.SignatureDeclined(
        covenant=covenant.id,
        party=party.id,
        kind=party.kind,
        reason=shreddable(declined.reason),
        rests_on=(f"covenant:{covenant.id}",),
    )
    change = (
        [versions.drafted(versions.amendment(covenant, party, actor.now))] if came_later else []
    )
    record(signature_declined, *conclude(covenant, actor), *change, actor=actor)
    return covenant


def conclude(covenant: Covenant, actor: Actor) -> list[Event]:
    """What follows once all of society have answered, or once the last day to sign is over.

    When enough signed it comes into force, and who did not can sign later; otherwise signing ends after
    the last day. Government cannot block (R2).
    """
    if covenant.state != Covenant.State.SIGNING:
        return []
    if covenant.carried_at:
        return _enter_into_force(covenant, actor)
    assert covenant.sign_until
    is_over = actor.today > covenant.sign_until
    counts = signing_rule.count(queries.answers(covenant))
    if not is_over and not signing_rule.complete(counts):
        return []
    circumstances = queries.circumstances(covenant, actor.now)
    verdict = signing_rule.verdict(counts, circumstances)
    if not verdict.carried:
        if not is_over:
            return []
        mails.ended(covenant, counts, verdict, actor.now)
        return [_end_signing(covenant, counts, circumstances)]
    covenant.carried_at, covenant.without = actor.now, list(verdict.without)
    covenant.save(update_fields=["carried_at", "without"])
    return _enter_into_force(covenant, actor)


def _enter_into_force(covenant: Covenant, actor: Actor) -> list[Event]:
    """In force from now on. While another covenant runs, its successor waits for its own first day."""
    lock_coalition(covenant.coalition_id)
    before = covenant.coalition.covenants.in_force().select_for_update(no_key=True).first()
    if before and before.starts <= actor.today < covenant.starts:
        return []
    new_events: list[Event] = []
    if before:
        before.state, before.ended_at = Covenant.State.RENEWED, actor.now
        before.save(update_fields=["state", "ended_at"])
        new_events.append(events.CovenantRenewed(covenant=before.id, successor=covenant.id))
    covenant.state, covenant.in_force_at = Covenant.State.IN_FORCE, actor.now
    covenant.save(update_fields=["state", "in_force_at"])
    mails.in_force(covenant, actor.now)
    in_force = events.CovenantInForce(
        covenant=covenant.id,
        number=covenant.number,
        sort="covenant",
        document=covenant.digest,
        starts=covenant.starts,
        until=covenant.ends,
        signed=queries.signed(covenant),
        asked=queries.asked(covenant),
        checks_due=terms.checks(covenant.starts, covenant.ends),
        without=covenant.without or None,
        rests_on=(f"covenant:{covenant.id}",),
    )
    return [in_force, *new_events]


def _end_signing(
    covenant: Covenant,
    counts: Mapping[str, signing_rule.Count],
    circumstances: signing_rule.Circumstances,
) -> Event:
    """The last day passed, and too few signed: the promises in it are offers again."""
    covenant.state = Covenant.State.UNSIGNED
    covenant.save(update_fields=["state"])
    elsewhere = Covenant.objects.running().values("pledges")
    in_no_other = covenant.pledges.filter(state=Pledge.State.IN_COVENANT).exclude(id__in=elsewhere)
    in_no_other.update(state=Pledge.State.OFFERED)
    return events.SigningEnded(
        covenant=covenant.id,
        number=covenant.number,
        document=covenant.digest,
        asked_per_kind={kind: count.asked for kind, count in counts.items()},
        signed_per_kind={kind: count.signed for kind, count in counts.items()},
        declined_per_kind={kind: count.declined for kind, count in counts.items()},
        neighbourhood_asked="yes" if circumstances.neighbourhood_asked else "no",
        different_people="yes" if circumstances.different_people else "no",
        rests_on=(f"covenant:{covenant.id}",),
    )


def locked(covenant: Covenant) -> Covenant:
    """The covenant as it is now; others who change it wait for this transaction."""
    return (
        Covenant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(id=covenant.id)
    )


def _check_confirmation(covenant: Covenant, actor: Actor, confirmation: CodeConfirmation) -> None:
    purpose = queries.signing_purpose(covenant, actor)
    if confirmation.person != actor.person or confirmation.purpose != purpose:
        raise ValidationError(_("Confirm your signature with the code that we mailed you."))
