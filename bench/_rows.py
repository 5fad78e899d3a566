"""Bare Django, to compare a page with: reads 50 rows in 3 queries and renders a plain list.

No middleware, and otherwise Django's defaults: each request opens its connection to the database.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from wijkverbond.config.launch.processes import die_with_server
from wijkverbond.config.launch.whole_requests import in_threads
from wijkverbond.config.settings import DATABASES

DEFAULTS = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
TEMPLATE = (
    "<!doctype html><title>Rows</title><ul>"
    "{% for row in rows %}<li>{{ row.0 }}: {{ row.1 }}</li>{% endfor %}</ul>"
)
PARTS = ((0, 20), (20, 40), (40, 50))


def rows(request: HttpRequest) -> HttpResponse:
    """Fifty rows in three queries."""
    fetched = []
    with connection.cursor() as cursor:
        for part in PARTS:
            cursor.execute("SELECT id, name FROM bench_row WHERE id > %s AND id <= %s", part)
            fetched += cursor.fetchall()
    return render(request, "rows.html", {"rows": fetched})


die_with_server()
urlpatterns = [path("rows/", rows)]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": DATABASES["default"] | DEFAULTS},
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"rows.html": TEMPLATE})]
            },
        }
    ],
)
application = in_threads(get_wsgi_application())
