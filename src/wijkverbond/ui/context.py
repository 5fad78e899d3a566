"""What every page needs from the request: site name, version, display, languages and the footer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language_info

from wijkverbond.kernel import site as site_details
from wijkverbond.ui import navigation

DISPLAY_COOKIE = "weergave"
DISPLAYS = ("licht", "donker")


def display(request: HttpRequest) -> str:
    """The display the reader chose: `licht`, `donker`, or empty to follow the device."""
    chosen = request.COOKIES.get(DISPLAY_COOKIE, "")
    return chosen if chosen in DISPLAYS else ""


def theme() -> str:
    """Where browsers find the stylesheet of the house style; empty when there is none, or no such file.

    A file that is missing is said when the site starts (`config/doctor`), and costs nobody a page.
    """
    if not settings.THEME_STYLESHEET:
        return ""
    try:
        return static(settings.THEME_STYLESHEET)
    except ValueError:  # it is not among the files that were collected
        return ""


def _made(view: str, name: str) -> str:
    """Where browsers find what was made of what the host filled in; empty when nothing was."""
    return reverse(view, args=[name]) if name else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `ui/base.html`; asks the database nothing."""
    return {
        "site_name": site_details.name(),
        "version": settings.VERSION,
        "is_demo": settings.DEMO,
        "display": display(request),
        "theme": theme(),
        "colour_url": _made("installation:colour", site_details.said("colour").lower().lstrip("#")),
        "logo_url": _made("installation:logo", site_details.said("logo")),
        "theme_class": settings.THEME_CLASS,
        "languages": [get_language_info(code) for code, _ in settings.LANGUAGES],
        "footer_how": lazy(navigation.footer, list)("how"),
        "footer_about": lazy(navigation.footer, list)("about"),
    }
