"""Taking a coalition off the list of all neighbourhoods, as host, and what its partners say of that (R2).

Everything in the coalition goes on: its pages, its register, its decisions.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Coalition, Unlisting
from wijkverbond.coalition.models.host_acts import UNDONE, Outcome
from wijkverbond.coalition.queries import host_acts as queries
from wijkverbond.coalition.queries.secretariat import everyone_involved
from wijkverbond.coalition.services.host_acts import REVIEW_WITHIN, keep_review
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import is_blank

SAME_GROUND_AFTER = dt.timedelta(days=180)


@transaction.atomic
def unlist(coalition: Coalition, *, actor: Actor, ground: str, law: str) -> Unlisting:
    """The host takes a coalition off the list at once; everyone reads why.

    Not on a ground on which it came back in the last half year: only on another. Raises
    ValidationError for that, and for a coalition that is not on the list.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_unlist(actor, coalition))
    on_front_page = Coalition.objects.on_front_page().filter(id=coalition.id).exists()
    if not on_front_page or coalition.unlistings.exclude(outcome__in=UNDONE).exists():
        raise ValidationError(_("This coalition is not on the list."))
    lately = coalition.unlistings.filter(settled_at__gt=actor.now - SAME_GROUND_AFTER)
    if lately.filter(ground=ground, outcome__in=UNDONE).exists():
        raise ValidationError(
            {"ground": _("It came back after that ground less than half a year ago. It stays.")}
        )
    if is_blank(law):
        raise ValidationError({"law": _("Name the law that it breaks.")})
    unlisting = Unlisting(
        coalition=coalition,
        ground=ground,
        law=law.strip(),
        unlisted_at=actor.now,
        review_by=actor.now + REVIEW_WITHIN,
        person_id=actor.person,
    )
    unlisting.full_clean()
    unlisting.save(force_insert=True)
    _set(coalition, actor.now)
    _tell_everyone(unlisting, actor)
    taken_off = events.CoalitionTakenOffTheList(
        unlisting=unlisting.id,
        ground=unlisting.ground,
        review_by=unlisting.review_by,
        law=shreddable(unlisting.law),
    )
    record(taken_off, actor=actor, stream=coalition.id)
    return unlisting


@transaction.atomic
def review_unlisting(
    unlisting: Unlisting, *, actor: Actor, upholds: bool, reason: str, shown: str | None = None
) -> Unlisting:
    """A partner says whether it must stay off the list; two kinds that say the same settle it."""
    unlisting = _locked(unlisting)
    require(policies.may_review_unlisting(actor, unlisting))
    require_shown(shown, unlisting)
    keep_review(unlisting, actor=actor, upholds=upholds, reason=reason)
    _settle_if_agreed(unlisting, actor)
    return unlisting


@transaction.atomic
def keep_unlisting_time(unlisting: Unlisting, *, actor: Actor) -> Unlisting:
    """Settle what partners agree on by now, or list what nobody could review in time."""
    unlisting = _locked(unlisting)
    require(policies.may_keep_review_time(actor, unlisting.coalition))
    if unlisting.outcome or _settle_if_agreed(unlisting, actor):
        return unlisting
    if queries.comes_back_unreviewed(unlisting, unlisting.coalition, actor.now):
        _end(unlisting, Outcome.RETURNED, actor)
    return unlisting


@transaction.atomic
def list_again(unlisting: Unlisting, *, actor: Actor) -> Unlisting:
    """The host puts a coalition back on the list, also one of which partners said that it stays off."""
    unlisting = _locked(unlisting)
    require(policies.may_unlist(actor, unlisting.coalition))
    if unlisting.stands:
        _end(unlisting, Outcome.WITHDRAWN, actor)
    return unlisting


def _locked(unlisting: Unlisting) -> Unlisting:
    lock_coalition(unlisting.coalition_id)
    return Unlisting.objects.select_related("coalition").get(id=unlisting.id)


def _settle_if_agreed(unlisting: Unlisting, actor: Actor) -> bool:
    agreed = queries.agreement(unlisting)
    if agreed is None:
        return False
    reviewed = events.UnlistingReviewed(
        unlisting=unlisting.id,
        outcome=agreed.outcome,
        kinds=agreed.kinds,
        reason=shreddable(agreed.reason),
    )
    _end(unlisting, agreed.outcome, actor, reviewed)
    return True


def _end(unlisting: Unlisting, outcome: str, actor: Actor, *happened: Event) -> None:
    unlisting.outcome, unlisting.settled_at = outcome, actor.now
    unlisting.save(update_fields=["outcome", "settled_at"])
    if not unlisting.stands:
        _set(unlisting.coalition, None)
        happened += (events.CoalitionListedAgain(unlisting=unlisting.id, why=outcome),)
    _tell_everyone(unlisting, actor)
    record(*happened, actor=actor, stream=unlisting.coalition_id)


def _set(coalition: Coalition, unlisted_at: dt.datetime | None) -> None:
    coalition.unlisted_at = unlisted_at
    coalition.save(update_fields=["unlisted_at"])


def _tell_everyone(unlisting: Unlisting, actor: Actor) -> None:
    coalition = unlisting.coalition
    about: dict[str, JSONValue] = {
        "coalition": coalition.name,
        "slug": coalition.slug,
        "outcome": unlisting.outcome,
        "stands": unlisting.stands,
        "law": unlisting.law,
        "hours": int(REVIEW_WITHIN.total_seconds() // 3600),
    }
    for reader in everyone_involved(coalition, actor.now):
        mail.queue(reader, "coalition/mail/off_the_list.txt", about, register=coalition.id)
