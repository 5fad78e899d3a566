"""Pages with which the site is set up: the first time step by step, later one at a time."""

import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.console import EmailBackend as ToTheLog
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from wijkverbond.accounts import demanded
from wijkverbond.accounts.models import User
from wijkverbond.coalition.acting import current_operator, themselves
from wijkverbond.installation import colours, forms, policies, presenters, queries, services
from wijkverbond.installation.going_on import SETTING_UP
from wijkverbond.installation.models import NEEDED, Logo, Step
from wijkverbond.kernel import site
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import require
from wijkverbond.places import official_sources
from wijkverbond.ui import http
from wijkverbond.ui.decorators import open_button, open_form_page
from wijkverbond.ui.forms import bound, posted, try_service
from wijkverbond.ui.navigation import Link

LOOK_AGAIN_SECONDS = 3
YEAR = 365 * 24 * 3600  # what is at such an address never changes
COLOUR = re.compile(r"#[0-9a-f]{6}")

Page = Callable[..., HttpResponse]


@never_cache
@open_form_page
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the log: a button, so that nothing that only looks at the address uses it up."""
    worth = queries.link(token)
    if worth == queries.Link.NOTHING:
        raise Http404
    if queries.may_go_on(request.session.get(SETTING_UP, "")):
        return redirect("installation:index")
    if request.method == "POST":
        try:
            secret = services.use_link(token)
        except ValidationError:
            worth = queries.Link.USED
        else:
            request.session.cycle_key()
            request.session[SETTING_UP] = secret
            return redirect("installation:index")
    is_used = worth == queries.Link.USED
    response = http.page(
        request, "installation/begin.html", {"is_used": is_used}, status=410 if is_used else 200
    )
    # No page that somebody goes on to is told the link; the form's own page still is the same site.
    response["Referrer-Policy"] = "strict-origin"
    return response


def for_who_sets_up(page: Page) -> Page:
    """A page for the host of the site, and before there is one for the browser that used the link."""

    @never_cache
    @wraps(page)
    def answer(request: HttpRequest, **which: Step) -> HttpResponse:
        actor = _actor(request)
        if actor.kind == ActorKind.PARTICIPANT and actor.person is None:
            return redirect_to_login(request.get_full_path())
        require(policies.may_set_up(actor))
        return page(request, actor, **which)

    return answer


@require_safe
@for_who_sets_up
def index(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All steps, and how far it is."""
    first_run = queries.first_run()
    if first_run:
        request.session.setdefault(SETTING_UP, "")
    else:
        request.session.pop(SETTING_UP, None)
    chapters = presenters.chapters(first_run)
    is_ready = first_run is not None and set(NEEDED) <= {*first_run.passed}
    context = {"first_run": first_run, "chapters": chapters, "is_ready": is_ready}
    return http.page(request, "installation/index.html", context)


@open_form_page
@for_who_sets_up
def name(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the site is called, and whose it is."""
    form = bound(forms.NameForm, request)
    if form.is_valid():
        with try_service(form):
            services.describe_site(form.cleaned_data, step=Step.NAME, actor=actor)
            return _kept(request)
    return _step(request, Step.NAME, form, submit=_("Keep this"))


@open_form_page
@for_who_sets_up
def mail(request: HttpRequest, actor: Actor) -> HttpResponse:
    """From which address the site mails; it is kept when a mail to try leaves."""
    form = bound(forms.MailForm, request)
    if form.is_valid():
        with try_service(form):
            services.try_mail(**form.cleaned_data, actor=actor)
            messages.success(request, _("The mail server took the mail. Look whether it arrives."))
            return redirect("installation:index")
    return _step(
        request,
        Step.MAIL,
        form,
        submit=_("Send a mail to try"),
        server=settings.EMAIL_HOST,
        to_the_log=isinstance(get_connection(), ToTheLog),
    )


@open_form_page
@for_who_sets_up
def host(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who hosts the site: whoever set it up so far, once they are signed in; a second step comes next."""
    person = request.user if isinstance(request.user, User) else None
    if person and request.method == "POST":
        with http.run_button(request, _("You host this site now.")):
            services.become_host(person, actor=actor)
        return redirect(demanded.way(reverse("installation:index")))
    context = {
        **_about(Step.HOST),
        "person": person,
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return http.page(request, "installation/host.html", context)


@open_form_page
@for_who_sets_up
def places(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Of which municipality the worker fetches figures and boundaries, and how far it is."""
    form = bound(forms.PlacesForm, request)
    if form.is_valid():
        with try_service(form):
            services.ask_for_places(**form.cleaned_data, actor=actor)
            return redirect("installation:places")
    fetching = queries.fetching()
    response = _step(
        request,
        Step.PLACES,
        form,
        submit=_("Fetch figures and boundaries"),
        fetching=fetching,
        municipality=presenters.municipality_of(fetching),
        parts=official_sources.PARTS,
    )
    if fetching and fetching.is_going_on and not form.is_bound:
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@open_form_page
@for_who_sets_up
def places_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Figures or boundaries from a file, one at a time."""
    form = forms.FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with try_service(form):
            report = services.bring_in_file(**form.cleaned_data, actor=actor)
            say = messages.warning if report.skipped else messages.success
            say(request, presenters.what_came_of(report))
            return redirect("installation:places_file")
    return _step(request, Step.PLACES, form, submit=_("Bring in this file"), template="step")


@open_form_page
@for_who_sets_up
def look(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The colour and the logo of the host."""
    form = forms.LookForm(posted(request), request.FILES or None)
    if form.is_valid():
        with try_service(form):
            services.set_look(**form.cleaned_data, actor=actor)
            return _kept(request)
    return _step(request, Step.LOOK, form, submit=_("Keep this"), template="step")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet with a colour; only with one that everyone can read with."""
    name = f"#{colour}"
    if not COLOUR.fullmatch(name) or colours.weakest(name) < colours.NEEDED:
        raise Http404
    return HttpResponse(colours.stylesheet(name), content_type="text/css")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The logo of the host."""
    kept = get_object_or_404(Logo, digest=digest)
    return HttpResponse(bytes(kept.png), content_type="image/png")


@open_form_page
@for_who_sets_up
def founder(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whom the host asks to begin the first coalition."""
    form = bound(forms.FounderForm, request)
    if form.is_valid():
        with try_service(form):
            services.invite_founder(**form.cleaned_data, actor=actor)
            messages.success(request, _("They get a mail within a few minutes."))
            return redirect("installation:index")
    return _step(request, Step.FOUNDER, form, submit=_("Send the mail"), template="step")


@open_form_page
@for_who_sets_up
def text(request: HttpRequest, actor: Actor, step: Step) -> HttpResponse:
    """The gaps of a text for visitors."""
    form = bound(forms.TEXT_FORMS[step], request)
    if form.is_valid():
        with try_service(form):
            services.describe_site(form.cleaned_data, step=step, actor=actor)
            return _kept(request)
    gaps = presenters.names(queries.gaps(step))
    return _step(request, step, form, submit=_("Keep this"), template="text", gaps=gaps)


@require_safe
def read(request: HttpRequest, step: Step) -> HttpResponse:
    """A text for visitors, once it has no gaps."""
    if queries.gaps(step):
        raise Http404
    context = {"title": step.label, "site": site.everything(), **presenters.choices()}
    return http.page(request, f"installation/texts/{step}.html", context)


@open_button
@for_who_sets_up
def finish(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say that the site is set up."""
    with http.run_button(request, _("The site is set up. You can change all this later.")):
        services.finish(actor=actor)
        request.session.pop(SETTING_UP, None)
    return redirect("installation:index")


def _actor(request: HttpRequest) -> Actor:
    if operator := current_operator(request):
        return operator
    if queries.may_go_on(request.session.get(SETTING_UP, "")):
        return Actor(kind=ActorKind.SYSTEM)
    return themselves(request)


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Kept."))
    return redirect("installation:index")


def _step(
    request: HttpRequest,
    step: Step,
    form: Form,
    *,
    submit: str,
    template: str = "",
    **more: object,
) -> HttpResponse:
    context = {**_about(step), "submit": submit, **more}
    return http.show_form(request, f"installation/{template or step}.html", form, context)


def _about(step: Step) -> dict[str, object]:
    """What every page of a step shows around it."""
    return {
        "title": step.label,
        "step": step.value,
        "what": presenters.WHAT[step],
        "number": [*Step].index(step) + 1,
        "total": len(Step),
        "first_run": queries.first_run(),
        "crumbs": [Link(_("Set up this site"), reverse("installation:index")), Link(step.label)],
    }
