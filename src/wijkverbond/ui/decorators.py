"""What a view is: a page with a form, or a button. A page to read is Django's `@require_safe`.

Who is not signed in is first sent to the sign-in page, whatever the method; another method than
these answers 405.
"""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import (
    require_http_methods,  # noqa: TID251 -- here it is said once for all
    require_POST,
)

View = TypeVar("View", bound=Callable[..., HttpResponse])


def open_form_page(view: View) -> View:
    """A page with a form for everyone, with or without an account."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def form_page(view: View) -> View:
    """A page with a form, for who is signed in."""
    return login_required(open_form_page(view))


def open_button(view: View) -> View:
    """A button that changes something without asking anything, for everyone."""
    return require_POST(view)


def button(view: View) -> View:
    """A button that changes something without asking anything, for who is signed in."""
    return login_required(open_button(view))
