"""What the worker does: it sends the queued mails."""

import uuid

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail, queries
from wijkverbond.accounts.delivery import ForTwoDays


@app.task(name="accounts.send_mail", retry=ForTwoDays())
def send_mail(
    template: str,
    context: dict[str, JSONValue],
    person: str = "",
    address: str = "",
    language: str = "",
    register: str = "",
    mail_id: str = "",
    by: str = "",
) -> None:
    """Send a mail that was queued by `mail.queue`; `by` is for whom, should it be given up."""
    if person:
        user = queries.person(uuid.UUID(person))
        if user is None:
            return
        address, language = user.email, user.language
    about = uuid.UUID(register) if register else None
    same = uuid.UUID(mail_id) if mail_id else None
    mail.compose(address, language, template, context, register=about, mail_id=same).send()
