"""S2: what the database is asked for a page with little and with 10,000 rows behind it (at most 12).

`./wijkverbond bench queries`. The demonstration's pages, for a stranger and for a partner who is signed
in, before and after its signals, initiatives, obstacles and requests were copied ROWS times.
"""

import copy
import os
import uuid

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import _web
from bench.pages import PAGES
from wijkverbond.accounts.models import User
from wijkverbond.actions.models import FacilitationRequest, Initiative, Obstacle
from wijkverbond.insights.models import Signal

ROWS = int(os.environ.get("ROWS", "10000"))
MOST = 12


def main() -> None:
    """Print the queries of each page, with little and with much; the most that any asks last."""
    settings.PAGE_SECONDS = 0
    settings.ALLOWED_HOSTS = ["testserver"]
    with _web.demonstration():
        browsers = {"stranger": Client(), "partner": _partner()}
        little = {name: _counts(browser) for name, browser in browsers.items()}
        _copy_rows()
        much = {name: _counts(browser) for name, browser in browsers.items()}
    connection.close()
    for name, counts in little.items():
        for page, number in counts.items():
            print(f"queries: {page}: {name}: {number}, with {ROWS} rows {much[name][page]}")
    most = max(number for counts in much.values() for number in counts.values())
    print(f"queries: most / {MOST}: {most / MOST:.2f}")


def _partner() -> Client:
    client = Client()
    client.force_login(User.objects.get(email="corporatie@pittelo.example"))
    return client


def _counts(browser: Client) -> dict[str, int]:
    counts = {}
    for page in PAGES:
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page).status_code == 200
        counts[page] = len(captured)
    return counts


def _copy_rows() -> None:
    _copies(Signal.objects.filter(coalition__slug="pittelo", state="published")[0])
    for model in (Initiative, Obstacle, FacilitationRequest):
        _copies(model.objects.filter(coalition__slug="pittelo").order_by("pk")[0])


def _copies(original: models.Model) -> None:
    copies = []
    for number in range(ROWS):
        duplicate = copy.copy(original)
        duplicate.pk = uuid.uuid4()
        if hasattr(duplicate, "number"):
            duplicate.number = 1_000 + number
        copies.append(duplicate)
    type(original)._default_manager.bulk_create(copies, batch_size=1_000)


if __name__ == "__main__":
    main()
