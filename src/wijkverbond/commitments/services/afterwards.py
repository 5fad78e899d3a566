"""Who comes later of a kind without which the covenant holds is asked to sign it as well."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from wijkverbond.coalition.models import Party
from wijkverbond.commitments import events, policies
from wijkverbond.commitments.models import Covenant, LaterSigner
from wijkverbond.commitments.services import mails
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require

ANSWER_WITHIN = dt.timedelta(days=30)


def newcomers() -> Iterator[tuple[Covenant, Party]]:
    """What holds without a kind, with each party of it that came since and was not asked yet."""
    without = Covenant.objects.in_force().exclude(without=[]).defer("document", "content")
    for covenant in without.select_related("coalition"):
        since = (
            covenant.coalition.parties.deciding()
            .confirmed()
            .filter(confirmed_at__gt=covenant.in_force_at, organisation__kind__in=covenant.without)
        )
        asked = since.exclude(covenants_to_sign=covenant)
        for party in asked.exclude(covenants_afterwards__covenant=covenant):
            yield covenant, party


@transaction.atomic
def ask_afterwards(covenant: Covenant, party: Party, *, actor: Actor) -> LaterSigner:
    """Ask a party that came later; sent twice, it is asked once. Who signs for it gets a mail."""
    require(policies.may_ask_afterwards(actor, covenant))
    later_signer, is_new = LaterSigner.objects.get_or_create(
        covenant=covenant,
        party=party,
        defaults={
            "asked_at": actor.now,
            "answer_by": timezone.localdate(actor.now + ANSWER_WITHIN),
        },
    )
    if not is_new:
        return later_signer
    mails.ask_afterwards(later_signer, actor.now)
    asked = events.AskedAfterwards(
        covenant=covenant.id,
        party=party.id,
        kind=party.kind,
        answer_by=later_signer.answer_by,
        rests_on=(f"covenant:{covenant.id}",),
    )
    record(asked, actor=actor, stream=covenant.coalition_id)
    return later_signer
