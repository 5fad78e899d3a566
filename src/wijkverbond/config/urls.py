"""The addresses of the site: what each app declares in its own urls.py.

An app's `urlpatterns` stand at the root; its `coalition_urlpatterns` stand below `w/<slug>/`, and
their views get the coalition's slug as `slug`. An `app_name` is the namespace of both.
"""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

Patterns = list[URLPattern | URLResolver]


def _declared() -> Patterns:
    included: Patterns = []
    for app in apps.get_app_configs():
        if not (app.name.startswith("wijkverbond.") and find_spec(f"{app.name}.urls")):
            continue
        module = import_module(f"{app.name}.urls")
        patterns: Patterns = [*getattr(module, "urlpatterns", [])]
        if below := getattr(module, "coalition_urlpatterns", []):
            patterns.append(path("w/<slug:slug>/", include(below)))
        namespace = getattr(module, "app_name", None)
        included.append(path("", include((patterns, namespace) if namespace else patterns)))
    return included


urlpatterns: Patterns = _declared()

handler400 = "wijkverbond.ui.errors.bad_request"
handler403 = "wijkverbond.ui.errors.forbidden"
handler404 = "wijkverbond.ui.errors.not_found"
handler500 = "wijkverbond.ui.errors.server_error"
