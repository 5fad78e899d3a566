"""The four kinds of party, with the labels that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.analysis import kinds


class Kind(models.TextChoices):
    """The four kinds of party (R1)."""

    RESIDENTS = kinds.RESIDENTS, _("Residents")
    ENTREPRENEURS = kinds.ENTREPRENEURS, _("Entrepreneurs")
    CIVIL_SOCIETY = kinds.CIVIL_SOCIETY, _("Civil society")
    GOVERNMENT = kinds.GOVERNMENT, _("Government")


SOCIETY_KINDS = tuple(Kind(code) for code in kinds.SOCIETY)
"""The three kinds that decide (R2)."""
