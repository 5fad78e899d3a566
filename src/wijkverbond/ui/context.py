"""What every page needs from the request: site name, display, languages and the footer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language_info

from wijkverbond.ui import navigation

DISPLAY_COOKIE = "weergave"
DISPLAYS = ("licht", "donker")


def display(request: HttpRequest) -> str:
    """The display the reader chose: `licht`, `donker`, or empty to follow the device."""
    chosen = request.COOKIES.get(DISPLAY_COOKIE, "")
    return chosen if chosen in DISPLAYS else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `ui/base.html`; asks the database nothing."""
    return {
        "site_name": settings.SITE_NAME,
        "is_demo": settings.DEMO,
        "display": display(request),
        "theme": settings.THEME_STYLESHEET,
        "theme_class": settings.THEME_CLASS,
        "languages": [get_language_info(code) for code, _ in settings.LANGUAGES],
        "footer_how": lazy(navigation.footer, list)("how"),
        "footer_about": lazy(navigation.footer, list)("about"),
    }
