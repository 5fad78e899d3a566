"""Sending a mail again that was given up: for whom it went out asks for it."""

import uuid

from django.db import transaction

from wijkverbond.coalition import policies
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import failed_jobs
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require


@transaction.atomic
def send_again(job: int, coalition: Coalition, *, actor: Actor) -> None:
    """Let a mail go out once more, as the same mail; what somebody let go out already stays as it is."""
    require(policies.may_see_undelivered(actor, coalition))
    given_up = failed_jobs.locked(job)
    if given_up is None:
        return
    by = uuid.UUID(given_up.args["by"]) if given_up.args.get("by") else None
    require(policies.may_send_again(actor, coalition, by))
    failed_jobs.begin_anew(given_up)
