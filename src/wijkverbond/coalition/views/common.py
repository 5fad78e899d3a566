"""What the pages of a coalition have in common."""

import datetime as dt
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkverbond.accounts import addresses
from wijkverbond.coalition.acting import current_person
from wijkverbond.coalition.models import Access, Coalition, Party
from wijkverbond.kernel import rate_limits
from wijkverbond.ui import navigation
from wijkverbond.ui.navigation import Link

DAY = dt.timedelta(days=1)
MAILS_A_DAY = 60  # by one person, in all their coalitions
MAILS_TO_ONE_A_DAY = 5  # by everyone together: nobody's mailbox is filled from here

TOO_OFTEN = gettext_lazy("Enough mails were sent today. Try again tomorrow.")

crumbs = partial(navigation.crumbs, "coalition:who")


def crumbs_below(party: Party, title: str) -> list[Link]:
    """Where one is: below the page of this party."""
    page = reverse("coalition:party", args=[party.coalition.slug, party.id])
    return crumbs(party.coalition, Link(party.name, page), Link(title))


def all_parties(coalition: Coalition) -> QuerySet[Party]:
    """Every party, also one that left."""
    return coalition.parties.select_related("organisation")


def redirect_who_left(coalition: Coalition) -> HttpResponse:
    """Where one goes who has just left: what prepares in private is not there for them any more."""
    if coalition.access == Access.PREPARING:
        return redirect("/")
    return redirect("coalition:who", coalition.slug)


def mails_too_often(request: HttpRequest, address: str) -> bool:
    """Whether this person, or everyone together to this address, already mailed enough today."""
    if not address:
        return False
    limited = (
        (f"by:{current_person(request)}", MAILS_A_DAY),
        (f"to:{addresses.mailbox(address)}", MAILS_TO_ONE_A_DAY),
    )
    return not all(rate_limits.allow(f"coalition.invite:{key}", most, DAY) for key, most in limited)


def tell_kind(request: HttpRequest, party: Party, form: BaseForm) -> None:
    """Say so when an organisation is government, and another sort was chosen for it."""
    if form.cleaned_data.get("sector") not in ("", None, party.organisation.sector):
        who = {"who": party.name}
        said = _("%(who)s takes part as government: that follows from its name or legal form.")
        messages.info(request, said % who)
