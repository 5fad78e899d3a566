"""A real mail server, and what it receives."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings


class Inbox:
    """Takes what the mail server receives."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.greetings: set[str] = set()
        self.answer = "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a mail for whomever, or refuse it."""
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        assert isinstance(envelope.content, bytes)
        received = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(received, EmailMessage)
        self.mails.append(received)
        self.greetings.add(str(session.host_name))
        return "250 OK"


@pytest.fixture
def inbox(settings: Settings) -> Iterator[Inbox]:
    """A real mail server that the site sends its mails to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings.EMAIL_BACKEND = "wijkverbond.accounts.delivery.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_ADDRESS = "https://wijkverbond.example"
    mailbox = Inbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield mailbox
    server.stop()
