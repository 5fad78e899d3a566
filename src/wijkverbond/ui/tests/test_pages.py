"""The base page: skip link, display, language, and the pages for what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from wijkverbond.config import urls as site_urls
from wijkverbond.kernel.policy import Refused


def raise_refused(request: object) -> HttpResponse:
    """A page that a policy refuses."""
    raise Refused("Alleen de indiener kan dit.")


def raise_denied(request: object) -> HttpResponse:
    """A page refused without a reason of its own."""
    raise PermissionDenied


def raise_error(request: object) -> HttpResponse:
    """A page with a fault in it."""
    raise RuntimeError


urlpatterns = [
    *site_urls.urlpatterns,
    path("refused/", raise_refused),
    path("denied/", raise_denied),
    path("broken/", raise_error),
]
handler403 = site_urls.handler403
handler404 = site_urls.handler404
handler500 = site_urls.handler500

pytestmark = pytest.mark.urls(__name__)


def test_a_refusal_shows_its_reason(client: Client) -> None:
    response = client.get("/refused/")
    assert response.status_code == 403
    assert "Alleen de indiener kan dit." in response.content.decode()


def test_a_refusal_without_a_reason_still_explains_itself(client: Client) -> None:
    response = client.get("/denied/")
    assert response.status_code == 403
    assert "niet voor jou" in response.content.decode()
