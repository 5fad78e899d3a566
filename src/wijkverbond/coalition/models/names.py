"""A name that another bears with more right: reported by who does, settled by others."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import WhoseName
from wijkverbond.coalition.models.parties import LONGEST_REASON, Party
from wijkverbond.kernel.shown import Shown, in_lines


class NameReportQuerySet(models.QuerySet["NameReport"]):
    """Which reports."""

    def waiting(self) -> "NameReportQuerySet":
        """Those that are not settled."""
        return self.filter(settled_at=None)


class NameReport(Shown, models.Model):
    """A party says that the name of another is its own, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="name_reports")
    reported_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why this is your name"), max_length=LONGEST_REASON)
    reported_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=WhoseName, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = NameReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(settled_at=None),
                name="name_reported_once",
                violation_error_message=_("This name is being settled already."),
            )
        ]
        ordering = ["reported_at", "id"]

    def __str__(self) -> str:
        return str(self.about)

    @property
    def shown_text(self) -> str:
        """Who bears the name, who says that it is theirs, and why."""
        return in_lines(self.about, self.reported_by, self.why)


class NameJudgement(models.Model):
    """Whose name it is, in the eyes of a party of another kind; `person` says so for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(NameReport, on_delete=models.PROTECT, related_name="judgements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    whose = models.CharField(max_length=20, choices=WhoseName)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "party"], name="name_judged_once")]
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return str(self.party)
