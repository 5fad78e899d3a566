"""Pages about oneself: signing in and out, one's own data; and the demonstration's mails."""

import secrets
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.utils import perform_login
from allauth.mfa.base.views import IndexView
from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wijkverbond.accounts import demanded, forms, queries, services
from wijkverbond.accounts import organisation as organisations
from wijkverbond.accounts import second_step as steps
from wijkverbond.accounts.models import User
from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.personal_fields import PERSONAL_DATA
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page, open_form_page
from wijkverbond.ui.forms import bound, status, try_service

PENDING = "sign_in"
WORK = "/mijn-werk/"  # to which who comes from an organisation goes on
YEAR = 365 * 24 * 3600


@never_cache
@open_form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail a code to it; the same for people who are new here."""
    asked_for = request.GET.get("next", "")
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(_safe_next(request, asked_for))
    form = bound(forms.AddressForm, request, initial={"next": asked_for})
    if form.is_valid():
        with try_service(form):
            address, browser = form.cleaned_data["email"], secrets.token_urlsafe(16)
            visitor = rate_limits.visitor(request)
            services.send_sign_in_code(address, browser=browser, visitor=visitor)
            reached = _safe_next(request, form.cleaned_data["next"])
            request.session[PENDING] = {"browser": browser, "next": reached}
            return redirect("accounts:code")
    context = {"form": form, "organisation": _organisation(form["next"].value())}
    return http.page(request, "accounts/sign_in.html", context, status=_status(form))


@never_cache
@open_form_page
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code from the mail and sign in with it."""
    pending = request.session.get(PENDING, {"browser": "", "next": ""})
    address = queries.awaited_address(pending["browser"])
    if address is None:
        return redirect("account_login")
    form = bound(forms.CodeForm, request)
    if form.is_valid():
        with try_service(form):
            code, browser = form.cleaned_data["code"], pending["browser"]
            person = services.sign_in(address, code, browser=browser)
            if known := pending.get("organisation"):
                services.know_from_organisation(person, known["subject"])
                organisations.follow(person.id, known["groups"])
            return _log_in(request, person, pending["next"])
    again = forms.AddressForm(initial={"email": address, "next": pending["next"]})
    again.fields["email"].widget = django_forms.HiddenInput()
    context = {"again": again, "address": address, "once": "organisation" in pending}
    return http.show_form(request, "accounts/enter_code.html", form, context)


@never_cache
@require_safe
def to_organisation(request: HttpRequest) -> HttpResponseBase:
    """Lead somebody to the sign-in of their organisation."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        services.count_visit_to_organisation(rate_limits.visitor(request))
        onward = http.page_of_this_site(request, request.GET.get("next", ""), otherwise=WORK)
        return organisations.leave_for(request, onward)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("account_login")
    except organisations.Failed as failed:
        return _organisation_failed(request, failed.why)


@never_cache
@require_safe
def from_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in who comes back from their organisation; who is not known yet first shows whose account it is."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        identity = organisations.who_comes_back(request)
    except organisations.Failed as failed:
        return _organisation_failed(request, failed.why)
    onward = _safe_next(request, identity.onward)
    if person := queries.known_from_organisation(identity.subject):
        organisations.follow(person.id, identity.groups)
        return _log_in(request, person, onward)
    try:
        browser = secrets.token_urlsafe(16)
        visitor = rate_limits.visitor(request)
        services.send_sign_in_code(identity.email, browser=browser, visitor=visitor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("account_login")
    known = {"subject": identity.subject, "groups": identity.groups}
    request.session[PENDING] = {"browser": browser, "next": onward, "organisation": known}
    return redirect("accounts:code")


@never_cache
@open_form_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask whether one wants to sign out, and do it."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        return redirect("/")
    return http.page(request, "accounts/sign_out.html")


@never_cache
@form_page
def my_data(request: HttpRequest) -> HttpResponse:
    """What the site keeps about the reader; their name and language, to change."""
    person = queries.signed_in_person(request)
    initial = {"name": person.name, "language": person.language}
    form = bound(forms.DetailsForm, request, initial=initial)
    if form.is_valid():
        with try_service(form):
            services.change_details(person, **form.cleaned_data, actor=_actor(person))
            with override(person.language):
                messages.success(request, _("Your details are changed."))
            return _in_language(redirect("accounts:my_data"), person)
    context = {
        "person": person,
        "kinds": [*PERSONAL_DATA],
        "sessions": queries.sessions_of(person),
        "this_session": request.session.session_key,
    }
    return http.show_form(request, "accounts/my_data.html", form, context)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything that the site keeps about the reader, as a file."""
    person = queries.signed_in_person(request)
    everything = services.export(person, actor=_actor(person))
    response = JsonResponse(everything, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@never_cache
@button
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of the reader."""
    person = queries.signed_in_person(request)
    key = request.session.session_key
    if not services.sign_out_everywhere(person, actor=_actor(person), session_key=key):
        request.session.flush()
        return redirect("account_login")
    update_session_auth_hash(request, person)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("accounts:my_data")


@never_cache
@button
def sign_out_session(request: HttpRequest) -> HttpResponse:
    """End one other session of the reader."""
    person = queries.signed_in_person(request)
    handle = request.POST.get("session", "")
    services.sign_out_session(person, handle=handle, actor=_actor(person))
    messages.success(request, _("You are signed out there."))
    return redirect("accounts:my_data")


@never_cache
@form_page
def erase(request: HttpRequest) -> HttpResponse:
    """Say what an erasure takes away and what stays; erase once it is confirmed."""
    person = queries.signed_in_person(request)
    form = bound(forms.EraseForm, request)
    if form.is_valid():
        with try_service(form):
            services.erase(person, typed=form.cleaned_data["typed"], actor=_actor(person))
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect("/")
    context = {"person": person, "kinds": [*PERSONAL_DATA]}
    return http.show_form(request, "accounts/erase.html", form, context)


@login_required
@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """What the reader has as a second step, and what they can add."""
    demanded.keep_onward(request)
    context = {
        "just_signed_in": steps.signed_in_just_now(request),
        "shown": demanded.shown_in(request),
        "onward": request.session.get(demanded.ONWARD, request.path),
    }
    page = IndexView.as_view(template_name="accounts/second_step/index.html", extra_context=context)
    response: HttpResponse = page(request)
    return response


@never_cache
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """The demonstration's mails, and the roles one can sign in as; nowhere else."""
    if not settings.DEMO:
        raise Http404
    context = {
        "cast": queries.cast(),
        "mails": queries.newest_mails(),
        "waiting": PENDING in request.session,
    }
    return http.page(request, "accounts/post.html", context)


def _organisation(onward: str | None) -> dict[str, str] | None:
    """The button that leads to the organisation's sign-in, where the settings name one."""
    if not settings.OIDC_ISSUER:
        return None
    address = f"{reverse('accounts:to_organisation')}?{urlencode({'next': onward or ''})}"
    return {"address": address, "button": settings.OIDC_BUTTON}


def _organisation_failed(request: HttpRequest, why: str) -> HttpResponse:
    """Why the organisation's sign-in did not work, and the way in that is always there."""
    if why == "cancelled":
        messages.info(request, _("You did not sign in at your organisation."))
        return redirect("account_login")
    context = {"is_away": why == "away"}
    status = HTTPStatus.SERVICE_UNAVAILABLE if context["is_away"] else HTTPStatus.FORBIDDEN
    return http.page(request, "accounts/organisation_failed.html", context, status=status)


def _actor(person: User) -> Actor:
    return Actor(kind=ActorKind.PARTICIPANT, person=person.id)


def _log_in(request: HttpRequest, person: User, address: str) -> HttpResponse:
    request.session.pop(PENDING, None)
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with override(get_language() if has_chosen else person.language):
        response: HttpResponse = perform_login(
            request, person, email_verification="none", redirect_url=address, email=person.email
        )
    return response if has_chosen else _in_language(response, person)


def _in_language(response: HttpResponse, person: User) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SECURE_SITE,
        httponly=True,
    )
    return response


def _safe_next(request: HttpRequest, address: str) -> str:
    return http.page_of_this_site(request, address, otherwise=settings.LOGIN_REDIRECT_URL)


def _status(form: django_forms.Form) -> int:
    too_often = any(error.code == services.TOO_OFTEN for error in form.non_field_errors().as_data())
    return 429 if too_often else status(form)
