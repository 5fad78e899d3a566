"""What the pages of covenants and pledges have in common."""

from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments.models import Covenant
from wijkverbond.ui import navigation
from wijkverbond.ui.navigation import Link

crumbs = partial(navigation.crumbs, "commitments:index")


def covenants_without_pdf(coalition: Coalition) -> QuerySet[Covenant]:
    """Every covenant of a coalition, without what was frozen to be signed."""
    return coalition.covenants.defer("document", "content")


def crumbs_to(covenant: Covenant) -> list[Link]:
    """The way to a page below that of a covenant."""
    address = reverse("commitments:covenant", args=[covenant.coalition.slug, covenant.id])
    return crumbs(covenant.coalition, Link(covenant.title, address))
