"""What every view of a form or a button does in the same way."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from wijkverbond.accounts.models import User
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page, open_form_page
from wijkverbond.ui.forms import bound, try_service


class NameForm(forms.Form):
    """Who one is."""

    name = forms.CharField(label="Naam")


class PlaceForm(forms.Form):
    """Where one lives."""

    street = forms.CharField(label="Straat")


def answered(request: HttpRequest) -> HttpResponse:
    """A view that answers whatever it is asked."""
    return HttpResponse("Hier")


def asked(method: str = "GET", *, signed_in: bool = False) -> HttpRequest:
    """A request as a view gets it."""
    request = RequestFactory().generic(method, "/test/")
    request.user = User() if signed_in else AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("decorator", "signed_in", "statuses"),
    [
        (open_form_page, False, {"GET": 200, "HEAD": 200, "POST": 200, "PUT": 405}),
        (form_page, True, {"GET": 200, "HEAD": 200, "POST": 200, "PUT": 405}),
        (form_page, False, {"GET": 302, "HEAD": 302, "POST": 302, "PUT": 302}),
        (button, True, {"GET": 405, "HEAD": 405, "POST": 200, "PUT": 405}),
        (button, False, {"GET": 302, "HEAD": 302, "POST": 302, "PUT": 302}),
    ],
)
def test_each_type_of_view_answers_the_methods_that_are_its_own(
    decorator: object, signed_in: bool, statuses: dict[str, int]
) -> None:
    assert callable(decorator)
    view = decorator(answered)
    answers = {method: view(asked(method, signed_in=signed_in)).status_code for method in statuses}
    assert answers == statuses


def test_a_form_that_is_only_asked_for_has_no_mistakes() -> None:
    assert not bound(NameForm, asked()).errors
    assert not bound(NameForm, asked("HEAD")).errors


def test_a_form_that_is_sent_without_anything_has_mistakes() -> None:
    assert bound(NameForm, asked("POST")).errors


def test_a_refusal_comes_back_in_the_form_that_has_the_field() -> None:
    name, place = NameForm({"name": "Noor"}), PlaceForm({"street": "Dijk"})
    with try_service(name, place):
        raise ValidationError({"street": "Die straat is er niet."})
    assert (dict(name.errors), dict(place.errors)) == ({}, {"street": ["Die straat is er niet."]})


def test_a_refusal_about_no_field_comes_back_in_the_first_form() -> None:
    name, place = NameForm({"name": "Noor"}), PlaceForm({"street": "Dijk"})
    with try_service(name, place):
        raise ValidationError("Dat is al gedaan.")
    assert name.non_field_errors() == ["Dat is al gedaan."]
    assert not place.errors


def test_a_button_says_that_it_was_done() -> None:
    request = asked("POST")
    with http.run_button(request, "Klaar."):
        pass
    assert [(message.level, str(message)) for message in messages.get_messages(request)] == [
        (messages.SUCCESS, "Klaar.")
    ]


def test_a_button_says_why_it_was_not_done() -> None:
    request = asked("POST")
    with http.run_button(request, "Klaar."):
        raise ValidationError("De ronde is al gesloten.")
    assert [(message.level, str(message)) for message in messages.get_messages(request)] == [
        (messages.ERROR, "De ronde is al gesloten.")
    ]


@pytest.mark.parametrize("text", ["", "geen", "1234", None])
def test_an_invalid_id_is_none(text: str | None) -> None:
    assert http.id_or_none(text) is None
