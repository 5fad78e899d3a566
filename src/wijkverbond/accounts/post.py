"""The demonstration's mail backend: keeps the mails for the page that shows them."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from wijkverbond.accounts import services


class Backend(BaseEmailBackend):
    """Keeps mails instead of sending them; only the demonstration's settings name it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages and say how many there were."""
        for message in email_messages:
            services.keep_mail(message)
        return len(email_messages)
