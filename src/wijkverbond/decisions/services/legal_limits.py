"""A legal limit (kader) that government puts forward: with its ground, and without blocking."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import events, policies
from wijkverbond.decisions.models import Decision, LegalLimit, LegalLimitText
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require


@transaction.atomic
def put_forward(decision: Decision, *, actor: Actor, wording: LegalLimitText) -> LegalLimit:
    """Say within which limit of the law a proposal must stay; it stands beside the answers.

    `wording` is unsaved.
    """
    decision = Decision.objects.select_for_update(no_key=True).get(id=decision.id)
    require(policies.may_put_forward_limit(actor, decision))
    if not wording.law.strip():
        raise ValidationError({"law": _("Name the law or rule on which this rests.")})
    legal_limit = LegalLimit(
        decision=decision,
        party=party_of(actor),
        put_forward_at=actor.now,
        **shared_fields.values(wording, LegalLimitText),
    )
    legal_limit.full_clean()
    legal_limit.save(force_insert=True)
    record(
        events.LegalLimitPutForward(
            decision=decision.id,
            party=legal_limit.party_id,
            law=shreddable(legal_limit.law),
            limit=shreddable(legal_limit.limit),
            rests_on=(f"decision:{decision.id}",),
        ),
        actor=actor,
    )
    return legal_limit
