"""Mails: plain text, in the reader's language, from the site's name, without any tracking.

A template is a text file: its first line is the subject, the rest the body. `site_name` and
`site_address` are always there; no mail names an address that is not the site's own.
"""

import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils.translation import override
from procrastinate.types import JSONValue

from wijkverbond.accounts import delivery
from wijkverbond.accounts.models import User
from wijkverbond.kernel import jobs
from wijkverbond.kernel import site as site_details
from wijkverbond.kernel.reading_direction import each_set_apart
from wijkverbond.register import queries as registers


def compose(
    address: str,
    language: str,
    template: str,
    context: Mapping[str, object],
    *,
    register: uuid.UUID | None = None,
    mail_id: uuid.UUID | None = None,
) -> EmailMessage:
    """The mail that a template makes for an address, in a language.

    With the `mail_id` of one that was perhaps sent before, its reader's mailbox knows that it is the same.

    One about what is in the `register` of a coalition (a decision, a covenant) has its last signed
    head at its foot: so everybody keeps heads, without asking, where the site cannot change them.
    """
    text_file = get_template(template)
    assert isinstance(text_file, Template)
    site = {"site_name": site_details.name(), "site_address": settings.SITE_ADDRESS}
    with override(language):
        # What people wrote stands apart: in a mail there is no stylesheet to keep it so.
        values = {**site, **each_set_apart(context)}
        text = text_file.template.render(Context(values, autoescape=False))
        foot = _seal(register, site) if register else ""
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        " ".join(subject.split()),
        f"{body.strip()}\n{foot}",
        site_details.sender(),
        to=[address],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{mail_id or uuid.uuid4()}@{delivery.site_host()}>",
        },
    )


def queue(
    to: User | str,
    template: str,
    context: Mapping[str, JSONValue],
    *,
    language: str = "",
    register: uuid.UUID | None = None,
    by: uuid.UUID | None = None,
) -> None:
    """Let the worker send a mail when this transaction is committed; with `register` as in `compose`.

    `by` is for whom it goes out, and who hears when it cannot be delivered: a party, or a coalition of
    which the secretariat hears it.

    To a person, in their language and at the address they have by then (nothing is sent to someone
    who was erased meanwhile), or to the address of somebody without an account, in `language`.
    Never for a mail with a code: the queue would keep it readable.
    """
    job: dict[str, JSONValue] = {
        "template": template,
        "context": {**context},
        "mail_id": str(uuid.uuid4()),
    }
    if register:
        job["register"] = str(register)
    if by:
        job["by"] = str(by)
    if isinstance(to, User):
        jobs.defer("accounts.send_mail", person=str(to.id), **job)
    else:
        known_language = language or settings.LANGUAGE_CODE
        jobs.defer("accounts.send_mail", address=to, language=known_language, **job)


def _seal(register: uuid.UUID, site: Mapping[str, str]) -> str:
    head = registers.last_head(register)
    text = render_to_string("register/mail_seal.txt", {**site, "head": head}) if head else ""
    return f"\n---\n\n{text}" if text else ""
