"""What the worker observes, and what it tries again: nothing that the journal tells of."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.kernel import failed_jobs
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.operations import certificates, policies
from wijkverbond.operations.models import Observation


def observe(now: dt.datetime) -> None:
    """Look at what a page cannot wait for."""
    days = certificates.days_left(settings.SITE_ADDRESS, now)
    if days is not None:
        Observation.objects.update_or_create(
            subject=Observation.Subject.CERTIFICATE, defaults={"value": days, "at": now}
        )


@transaction.atomic
def try_again(job: int, *, actor: Actor) -> None:
    """Let the worker begin anew with what it gave up: a mail is the same mail then."""
    require(policies.may_look_after(actor))
    given_up = failed_jobs.locked(job)
    if given_up is None:
        raise ValidationError(_("This was tried again already. Look at the page again."))
    failed_jobs.begin_anew(given_up)
