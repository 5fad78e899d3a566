"""What the pages of covenants and pledges have in common."""

from functools import partial

from django.db.models import QuerySet

from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments.models import Covenant
from wijkverbond.ui import navigation

crumbs = partial(navigation.crumbs, "commitments:index")


def covenants_without_pdf(coalition: Coalition) -> QuerySet[Covenant]:
    """Every covenant of a coalition, without what was frozen to be signed."""
    return coalition.covenants.defer("document", "content")
