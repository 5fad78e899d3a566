"""What the pages of covenants and promises have in common."""

import uuid

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments.models import Covenant
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


def crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    """Where one is: the coalition, its covenant, and further."""
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Covenant"), reverse("commitments:index", args=[coalition.slug])),
        *more,
    ]


def covenant_or_404(coalition: Coalition, covenant: uuid.UUID) -> Covenant:
    """A covenant of the page's coalition, without its PDF."""
    found = coalition.covenants.defer("document", "content").filter(id=covenant).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found


def show_form(
    request: HttpRequest,
    coalition: Coalition,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    trail: list[Link],
    lead: str = "",
    sees: str = "",
) -> HttpResponse:
    """A page with one form."""
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=submit,
        sees=sees,
        crumbs=[*trail, Link(title)],
        lead=lead,
    )
