"""S1: public pages against a bare Django view that reads 50 rows in 3 queries (at most 3 times its cost).

`./wijkverbond bench pages`. The demonstration's pages and the bare view are asked in turn over eight
connections, each site in two processes of eight threads on the same PostgreSQL (fsync off). The
second comparison is with adhocracy-plus' project page: 36 requests/s on a machine on which the bare view
gave 300, so 0.12 of what the bare view gives here (at least 3 times as many).
"""

import statistics

from django.db import connection

from bench import _web
from wijkverbond.config.launch import system

PAGES = (
    "/", "/plaats/BU01060402/", "/spelregels/", "/w/pittelo/", "/w/pittelo/inzichten/",
    "/w/pittelo/wat-nodig-is/", "/w/pittelo/wie-doet-mee/", "/w/pittelo/visie/",
    "/w/pittelo/besluiten/", "/w/pittelo/convenant/", "/w/pittelo/beloften/", "/w/pittelo/doen/",
    "/w/pittelo/verzoeken/", "/w/pittelo/doorbraken/", "/w/pittelo/resultaten/",
    "/w/pittelo/hoe-vitaal/", "/w/pittelo/tijdlijn/", "/w/pittelo/register/",
)  # fmt: skip
ADHOCRACY_PLUS = 36 / 300


def main() -> None:
    """Print requests a second and the ratio to the bare view of each page; the dearest page last."""
    system.need(_web.LOAD)
    with _web.demonstration():
        _prepare()
        sites = (
            _web.serving("wijkverbond.config.launch.site:application", 8701),
            _web.serving("bench._rows:application", 8702),
        )
        with sites[0] as ours, sites[1] as bare:
            cost = {page: _cost(page, ours, bare) for page in PAGES}
    print(f"pages: median cost / bare: {statistics.median(cost.values()):.2f}")
    print(f"pages: dearest page, cost / bare: {max(cost.values()):.2f}")


def _cost(page: str, ours: str, bare: str) -> float:
    page_rate, bare_rate = _web.compared(ours + page, f"{bare}/rows/")
    print(
        f"pages: {page}: {page_rate:.0f} requests/s, bare {bare_rate:.0f}, "
        f"cost {bare_rate / page_rate:.2f} x bare, "
        f"{page_rate / (bare_rate * ADHOCRACY_PLUS):.1f} x adhocracy-plus",
        flush=True,
    )
    return bare_rate / page_rate


def _prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id int PRIMARY KEY, name text)")
        cursor.execute(
            "INSERT INTO bench_row SELECT n, 'Row number ' || n FROM generate_series(1, 50) n"
        )
        cursor.execute("ANALYZE")
    connection.close()
