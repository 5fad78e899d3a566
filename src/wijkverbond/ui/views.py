"""Display and language, chosen without JavaScript and kept in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wijkverbond.ui import http
from wijkverbond.ui.context import DISPLAY_COOKIE, DISPLAYS

YEAR = 365 * 24 * 3600


# Without a CSRF token, so that a page without a form of its own stays the same for everybody
# and sets no cookie. All that another site could do is switch the light on.
@csrf_exempt
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the chosen display or language and go back to the page one came from."""
    back = http.page_of_this_site(request, request.POST.get("next", ""), otherwise="/")
    response = HttpResponseRedirect(back)
    if "display" in request.POST:
        chosen = request.POST["display"]
        if chosen in DISPLAYS:
            _keep(response, DISPLAY_COOKIE, chosen)
        else:
            response.delete_cookie(DISPLAY_COOKIE, samesite="Lax")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, request.POST["language"])
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", secure=settings.SECURE_SITE, httponly=True
    )
