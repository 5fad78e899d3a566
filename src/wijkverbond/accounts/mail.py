"""Mails: plain text, in the reader's language, from the site's name, without any tracking.

A template is a text file: its first line is the subject, the rest the body. `site_name` and
`site_address` are always there; no mail names an address that is not the site's own.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils.translation import override
from procrastinate.types import JSONValue

from wijkverbond.accounts.models import User
from wijkverbond.kernel import jobs
from wijkverbond.kernel.reading_direction import each_set_apart


def compose(
    address: str, language: str, template: str, context: Mapping[str, object]
) -> EmailMessage:
    """The mail that a template makes for an address, in a language."""
    text_file = get_template(template)
    assert isinstance(text_file, Template)
    site = {"site_name": settings.SITE_NAME, "site_address": settings.SITE_ADDRESS}
    with override(language):
        # What people wrote stands apart: in a mail there is no stylesheet to keep it so.
        values = {**site, **each_set_apart(context)}
        text = text_file.template.render(Context(values, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )


def queue(
    to: User | str, template: str, context: Mapping[str, JSONValue], *, language: str = ""
) -> None:
    """Let the worker send a mail when this transaction is committed.

    To a person, in their language and at the address they have by then (nothing is sent to someone
    who was erased meanwhile), or to the address of somebody without an account, in `language`.
    Never for a mail with a code: the queue would keep it readable.
    """
    job: dict[str, JSONValue] = {"template": template, "context": {**context}}
    if isinstance(to, User):
        jobs.defer("accounts.send_mail", person=str(to.id), **job)
    else:
        known_language = language or settings.LANGUAGE_CODE
        jobs.defer("accounts.send_mail", address=to, language=known_language, **job)
