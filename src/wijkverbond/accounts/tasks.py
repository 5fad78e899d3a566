"""What the worker does: it sends the queued mails."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail, queries

# After 3, 9, 27 seconds … about 50 minutes in all: a mail server may be away for a while.
RETRY = RetryStrategy(max_attempts=7, exponential_wait=3)


@app.task(name="accounts.send_mail", retry=RETRY)
def send_mail(
    template: str,
    context: dict[str, JSONValue],
    person: str = "",
    address: str = "",
    language: str = "",
    register: str = "",
) -> None:
    """Send a mail that was queued by `mail.queue`."""
    if person:
        user = queries.person(uuid.UUID(person))
        if user is None:
            return
        address, language = user.email, user.language
    about = uuid.UUID(register) if register else None
    mail.compose(address, language, template, context, register=about).send()
