"""Mail is away for two days, or the disk is full: what visitors, worker, health and log say of it.

In `test --long`, each with a real site of its own; the clock of the mails is moved in the database.
"""

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator

import pytest
from django.core.signing import get_cookie_signer
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from tests import make, real_site
from tests.mixed_load import CONTEXT, is_taken
from tests.real_site import Page, Site, soon
from wijkverbond.accounts import mail
from wijkverbond.accounts.delivery import WAITS
from wijkverbond.operations import queries, services
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.models import AnswerGiven
from wijkverbond.urgency.views.responses import COOKIE, VALUES

DISK_MB = 700  # half a gigabyte must be free
MOST_TRIES = 20_000
OK = '{"status": "ok", "causes": []}'


@pytest.fixture
def site(
    request: pytest.FixtureRequest,
    is_long: bool,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """A site, on a disk of so many megabytes when that is asked."""
    disk_mb = getattr(request, "param", 0)
    if not is_long:
        pytest.skip("only with --long")
    if disk_mb and os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    with django_db_blocker.unblock(), real_site.serving(disk_mb=disk_mb) as started:
        yield started


def causes(site: Site) -> str:
    """What the probe of machines says."""
    return site.visit("/health").text


def someone_who_answers(site: Site) -> Callable[[], Page | None]:
    """Somebody who gives another answer each time; what they get."""
    world = make.world()
    conversation = make.conversation(world.coalition)
    participant = urgencies.join(
        conversation,
        actor=make.someone(coalition=world.coalition),
        kind="residents",
        involvement="lives",
    )
    path = reverse("urgency:sentence", args=[world.coalition.slug])
    cookie = get_cookie_signer(salt=COOKIE).sign(str(participant.token))
    statement = str(conversation.statements.all()[0].id)
    answers = itertools.cycle(VALUES)

    def answer() -> Page | None:
        fields = {"statement": statement, "answer": next(answers)}
        return site.send(path, fields, **{COOKIE: cookie})

    return answer


def test_mail_that_is_away_for_two_days_is_kept_told_and_sent_at_last(site: Site) -> None:
    site.inbox.close()
    mail.queue("iemand@example.org", "accounts/mail/confirmation.txt", CONTEXT)
    waiting = ProcrastinateJob.objects.filter(task_name="accounts.send_mail")
    for attempts in range(1, len(WAITS) + 2):
        tried = waiting.filter(attempts=attempts, status="todo")
        soon(tried.exists, f"It is not tried for the {attempts}th time.")
        waiting.update(scheduled_at=timezone.now())  # the wait is over
    soon(lambda: waiting.filter(status="failed").exists(), "It is not given up.")
    assert queries.figures().failed_mails == 1
    assert "job_error_retry" in site.log("worker")
    assert "ConnectionRefusedError" in site.log("worker")
    assert causes(site) == OK
    page = site.ask("POST", "/inloggen/", {"email": "iemand@example.org"})
    assert page
    assert page.status == 422
    assert "probeer het" in page.text.lower()
    assert "accounts.mail_not_sent" in site.log("web")
    site.inbox.open()
    services.try_again(waiting.get().id, actor=make.operator())
    soon(lambda: bool(site.inbox.mails), "It is not sent.")
    [received] = site.inbox.mails
    assert waiting.get().args["mail_id"] in received["Message-ID"]


@pytest.mark.parametrize("site", [DISK_MB], indirect=True)
def test_with_a_full_disk_nothing_confirmed_is_lost_and_it_goes_on_by_itself(site: Site) -> None:
    answer = someone_who_answers(site)
    assert is_taken(answer())
    soon(lambda: "[]" in causes(site), "It does not work yet.")
    filler = site.home.folder / "filler"
    with filler.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(2**20))
            file.flush()
    confirmed = 1
    for _ in range(MOST_TRIES):
        page = answer()
        if not is_taken(page):
            break
        confirmed += 1
    assert page
    assert page.status == 503
    assert "We zijn zo terug" in page.text
    assert page.retry_after == "30"
    assert "disk" in causes(site) or "database" in causes(site)
    assert "DiskFull" in site.log("web") or "No space left" in site.log("web")
    filler.unlink()
    soon(lambda: is_taken(answer()), "Nothing is kept any more.")
    soon(lambda: causes(site) == OK, "It does not work again.", seconds=240)
    assert AnswerGiven.objects.count() >= confirmed + 1
    assert site.parts["worker"].poll() is None
