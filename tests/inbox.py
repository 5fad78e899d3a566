"""A real mail server, and what it receives."""

import contextlib
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

HOST = "127.0.0.1"


class Inbox:
    """Takes what the mail server receives; `answer` is what it says of every reader's address."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self.greetings: set[str] = set()
        self.answer = "250 OK"

    @property
    def address(self) -> str:
        """The mail server, as the settings of a site name it."""
        return f"smtp://{HOST}:{self.port}"

    @classmethod
    @contextlib.contextmanager
    def receiving(cls) -> "Iterator[Inbox]":
        """An inbox with a mail server of its own."""
        with socket.create_server((HOST, 0)) as free:
            inbox = cls(free.getsockname()[1])
        inbox.open()
        try:
            yield inbox
        finally:
            inbox.close()

    def open(self) -> None:
        """Let the mail server run."""
        self._server = Controller(self, hostname=HOST, port=self.port)
        self._server.start()

    def close(self) -> None:
        """Let nobody answer at its port."""
        self._server.stop()

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
    with Inbox.receiving() as received:
        settings.EMAIL_BACKEND = "wijkverbond.accounts.delivery.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, received.port
        settings.SITE_ADDRESS = "https://wijkverbond.example"
        yield received
