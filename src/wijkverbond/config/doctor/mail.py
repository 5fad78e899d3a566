"""What is wrong with the way mails go: whether the mail server takes us, and a mail to see for oneself."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from wijkverbond.config.doctor.findings import Finding, Findings
from wijkverbond.kernel import site
from wijkverbond.kernel.error_text import cause


def look(send_to: str = "") -> Findings:
    """Connect and log in; with an address, send a mail there as well."""
    server = get_connection()
    if not isinstance(server, EmailBackend):
        what = "Mails go to no mail server, so there was none to look at."
        yield Finding(what, "Set WIJKVERBOND_EMAIL_URL first.", is_note=True)
        return
    if site.value("sender").endswith("@localhost"):
        what = "Mails come from an address that nobody can answer."
        remedy = (
            "Fill in a mailbox that a person reads at /inrichten/, or in WIJKVERBOND_EMAIL_FROM."
        )
        yield Finding(what, remedy)
    try:
        server.open()
        if send_to:
            _mail(send_to, server).send()
    except smtplib.SMTPAuthenticationError as error:
        what = f"The mail server refuses our user and password ({cause(error)})."
        yield Finding(what, "Look at WIJKVERBOND_EMAIL_URL; special signs are written as %XX.")
    except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused) as error:
        what = f"The mail server takes no mail from us ({cause(error)})."
        yield Finding(what, "Ask its administrator whether it lets WIJKVERBOND_EMAIL_FROM send.")
    except OSError as error:  # also everything else that smtplib raises
        what = f"The mail server {settings.EMAIL_HOST} does not answer well ({cause(error)})."
        remedy = "Look at host, port and smtp, smtp+tls or smtp+ssl in WIJKVERBOND_EMAIL_URL."
        yield Finding(what, remedy)
    finally:
        server.close()


def _mail(address: str, server: EmailBackend) -> EmailMessage:
    text = f"This is the mail that ./wijkverbond doctor sends to try.\n\n{settings.SITE_ADDRESS}/\n"
    headers = {"Auto-Submitted": "auto-generated"}
    subject = f"{site.name()}: a mail to try"
    return EmailMessage(
        subject, text, site.sender(), to=[address], headers=headers, connection=server
    )
