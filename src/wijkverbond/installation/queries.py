"""How far the first run is, and who may go on with it."""

import hashlib
from enum import Enum

from django.utils.crypto import constant_time_compare, salted_hmac

from wijkverbond.accounts.models import User
from wijkverbond.installation.models import TEXTS, FetchingOfPlaces, FirstRun, Step
from wijkverbond.kernel import site


class Link(Enum):
    """What a link is worth."""

    NOTHING = 0
    UNUSED = 1
    USED = 2


def has_host() -> bool:
    """Whether somebody hosts the site."""
    return User.objects.filter(is_operator=True, is_active=True).exists()


def first_run() -> FirstRun | None:
    """The first run when it goes on; none when it was never needed, is finished, or came to nothing.

    It came to nothing when a command made somebody host of the site.
    """
    row = FirstRun.objects.filter(finished_at=None).first()
    return row if row and (Step.HOST in row.passed or not has_host()) else None


def token_of(row: FirstRun) -> str:
    """The secret in the link of a first run."""
    return salted_hmac("wijkverbond.installation.link", row.nonce, algorithm="sha256").hexdigest()


def link(token: str) -> Link:
    """What the link with this secret is worth now."""
    row = FirstRun.objects.filter(finished_at=None).first()
    if row is None or not constant_time_compare(token, token_of(row)) or has_host():
        return Link.NOTHING
    return Link.USED if row.opened_at else Link.UNUSED


def may_go_on(secret: str) -> bool:
    """Whether this is the secret of the browser that used the link, while nobody hosts the site."""
    row = FirstRun.objects.filter(finished_at=None).exclude(browser="").first()
    return bool(row and constant_time_compare(row.browser, digest(secret)) and not has_host())


def digest(secret: str) -> str:
    """How the secret of a browser is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fetching() -> FetchingOfPlaces | None:
    """The figures and boundaries that were asked for last."""
    return FetchingOfPlaces.objects.first()


def gaps(text: Step) -> list[str]:
    """What a text needs and nobody said yet, as fields; the database is not asked for it."""
    return [field for field in TEXTS[text] if not site.said(field)]


def unpublished() -> dict[Step, list[str]]:
    """The texts that are not there for visitors, with their gaps."""
    return {text: missing for text in TEXTS if (missing := gaps(text))}
