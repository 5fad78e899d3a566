"""The addresses of the site: a table of contents."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wijkverbond.ui.urls")),
]

handler400 = "wijkverbond.ui.errors.bad_request"
handler403 = "wijkverbond.ui.errors.forbidden"
handler404 = "wijkverbond.ui.errors.not_found"
handler500 = "wijkverbond.ui.errors.server_error"
