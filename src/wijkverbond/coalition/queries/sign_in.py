"""Which organisation the settings mean, whose people sign in with the account that they have there."""

import uuid

from django.db.models import QuerySet

from wijkverbond.coalition.models import Kind, Organisation


def organisations_meant(named: str) -> "QuerySet[Organisation]":
    """The organisations of government with this id, or else this name, which others can take too."""
    of_government = Organisation.objects.filter(kind=Kind.GOVERNMENT)
    try:
        return of_government.filter(id=uuid.UUID(named))
    except ValueError:
        return of_government.filter(name__iexact=named, known=True)
