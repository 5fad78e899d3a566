"""What the pages of signals and insights have in common."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


def crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    """Where one is: the coalition, insights, and further."""
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Insights"), reverse("insights:index", args=[coalition.slug])),
        *more,
    ]


def form_page(
    request: HttpRequest,
    coalition: Coalition,
    form: Form,
    *,
    title: str | Promise,
    submit: str,
    about: str = "",
    sees: str = "",
) -> HttpResponse:
    """A page with one form, 422 when something in it was refused."""
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=submit,
        sees=sees or _("Everyone sees this, with the name of your partner."),
        crumbs=crumbs(coalition, Link(title)),
        lead=about,
    )


def someone(coalition: Coalition) -> Actor:
    """Whoever speaks for themselves: no account is linked to what they say."""
    return Actor(kind=ActorKind.PARTICIPANT, now=clock.now(), coalition=coalition.id)


def focus(coalition: Coalition) -> dict[str, object]:
    """What a page with one task shows around it."""
    return {
        "coalition": coalition,
        "nav_label": coalition.name,
        "stop_url": reverse("insights:index", args=[coalition.slug]),
    }


def too_many(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Too much came from one network."""
    return http.page(request, "insights/too_many.html", focus(coalition), status=429)
