"""The handover: the coalition's own chair and rules."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import Fallback
from wijkverbond.coalition.models.parties import Coalition, Party
from wijkverbond.kernel.shown import Shown, in_lines


class ChairAndRules(models.Model):
    """The coalition's own chair and rules, as they are proposed."""

    chair = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    rules = models.TextField(_("rules"), max_length=4000)
    fallback = models.CharField(max_length=20, choices=Fallback, default=Fallback.WITHDRAW)

    class Meta:
        abstract = True


class Handover(Shown, ChairAndRules):
    """A proposal for the coalition's own chair and rules, confirmed by parties one by one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.OneToOneField(Coalition, on_delete=models.PROTECT, related_name="hand_over")
    proposed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.coalition)

    @property
    def shown_text(self) -> str:
        """Who takes the chair, the rules, and what happens after two rounds of objections."""
        return in_lines(self.chair, self.rules, self.get_fallback_display())

    @property
    def shown_as(self) -> str:
        """That of its coalition: another proposal takes its place there."""
        return f"{type(self).__name__}:{self.coalition_id}"


class HandoverConfirmation(models.Model):
    """That a party confirmed a proposal, and who said so for it."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="confirmations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "party"], name="handover_confirmed_once")
        ]

    def __str__(self) -> str:
        return str(self.party)
