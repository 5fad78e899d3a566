"""The mails that were queued, sent as the worker does."""

from django.core import mail
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from wijkverbond.accounts.tasks import send_mail


def send_queued(template: str) -> list[EmailMessage]:
    """Send the queued mails of this template, and give them in order of address."""
    mail.outbox.clear()
    queued = ProcrastinateJob.objects.filter(task_name="accounts.send_mail", status="todo")
    for job in queued.filter(args__template=template).order_by("id"):
        send_mail(**job.args)
    return sorted(mail.outbox, key=lambda message: message.to)
