"""What the pages of the circle have in common."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.acting import coalition_or_404
from wijkverbond.coalition.models import Access, Coalition, Party
from wijkverbond.ui.forms import refuse
from wijkverbond.ui.navigation import Link


def crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    """Where one is: the coalition, who takes part, and further."""
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Who takes part"), reverse("coalition:who", args=[coalition.slug])),
        *more,
    ]


def try_service(deed: Callable[[], object], *forms: BaseForm) -> bool:
    """Do something; what a service refuses comes back at the field it is about."""
    try:
        deed()
    except ValidationError as error:
        refuse(_form_of(error, forms), error)
        return False
    return True


def run_button(request: HttpRequest, deed: Callable[[], object], said: str) -> None:
    """Do what a button without fields asks, and say that it was done or why it was not."""
    try:
        deed()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)


def chosen(request: HttpRequest, name: str) -> uuid.UUID | None:
    """The record that the link to a form names; nothing when it names none."""
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def afterwards(coalition: Coalition) -> HttpResponse:
    """Where one goes who has just left: what prepares in private is not there for them any more."""
    if coalition.access == Access.PREPARING:
        return redirect("/")
    return redirect("coalition:who", slug=coalition.slug)


def _form_of(error: ValidationError, forms: tuple[BaseForm, ...]) -> BaseForm:
    fields = set(getattr(error, "error_dict", {}))
    return next((form for form in forms if fields & set(form.fields)), forms[0])


def party_or_404(request: HttpRequest, slug: str, party: uuid.UUID) -> Party:
    """A party of the page's coalition, also one that left."""
    coalition = coalition_or_404(request, slug)
    found = coalition.parties.select_related("organisation").filter(id=party).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found
