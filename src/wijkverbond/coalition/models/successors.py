"""Whom the others want to act for a party for which nobody acts any more."""

import uuid

from django.db import models

from wijkverbond.coalition.models.parties import Party


class Successor(models.Model):
    """A person of whom the partners decide whether they act for a party that sleeps.

    Gone once that is decided: who acts for it then has a mandate.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="successors")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["named_at"]

    def __str__(self) -> str:
        return str(self.party)
