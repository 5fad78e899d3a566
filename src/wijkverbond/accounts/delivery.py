"""How a mail leaves: under the site's own name, and again and again for two days."""

import datetime as dt
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends import smtp
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

# After a moment, some minutes, some hours; then every four hours until two days have passed.
WAITS = [
    *(dt.timedelta(seconds=10), dt.timedelta(minutes=1), dt.timedelta(minutes=5)),
    *(dt.timedelta(minutes=20), dt.timedelta(hours=1), dt.timedelta(hours=2)),
    *[dt.timedelta(hours=4)] * 12,
]


class _Connection(smtplib.SMTP):
    def __init__(self, *address: Any, **parameters: Any) -> None:
        super().__init__(*address, **parameters | {"local_hostname": site_host()})


class _SecretConnection(smtplib.SMTP_SSL):
    def __init__(self, *address: Any, **parameters: Any) -> None:
        super().__init__(*address, **parameters | {"local_hostname": site_host()})


class Backend(smtp.EmailBackend):
    """Mail over SMTP that greets with the site's host, not with the name of the machine."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What makes a connection."""
        return _SecretConnection if self.use_ssl else _Connection


class ForTwoDays(BaseRetryStrategy):
    """Try a mail again for two days, unless the mail server says that it never takes it.

    Also what is wrong with the settings is tried again: somebody mends them meanwhile.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again after this many attempts; None when the mail is given up."""
        if job.attempts > len(WAITS) or refused_for_good(exception):
            return None
        wait = WAITS[max(job.attempts, 1) - 1]
        return RetryDecision(retry_in={"seconds": int(wait.total_seconds())})


def refused_for_good(failure: BaseException) -> bool:
    """Whether the mail server said of the reader's address that it never takes a mail for it."""
    if not isinstance(failure, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _words in failure.recipients.values())


def site_host() -> str:
    """The host that people know the site by."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
