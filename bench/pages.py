"""S1: public pages against a bare Django view that reads 50 rows in 3 queries (at most 3 times its cost).

`./wijkverbond bench pages`. The demonstration's pages and the bare view are asked in turn over eight
connections, each site in two processes of eight threads on the same PostgreSQL (fsync off). As served:
visitors without a session share a page for ten seconds. Rendered each time: nothing is kept. The second
comparison is with adhocracy-plus' project page: 36 requests/s on a machine on which the bare view
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
    """Print requests a second and the cost against the bare view; the dearest page last."""
    system.need(_web.LOAD)
    ours = "wijkverbond.config.launch.site:application"
    with _web.demonstration():
        _prepare()
        with (
            _web.serving(ours, 8701) as site,
            _web.serving(ours, 8702, WIJKVERBOND_PAGE_SECONDS="0") as rendered,
            _web.serving("bench._rows:application", 8703, BENCH_BARE="1") as bare,
        ):
            costs = [_costs(page, site, rendered, f"{bare}/rows/") for page in PAGES]
    served, each_time = zip(*costs, strict=True)
    print(f"pages: rendered each time, median cost / bare: {statistics.median(each_time):.2f}")
    print(f"pages: rendered each time, dearest / bare: {max(each_time):.2f}")
    print(f"pages: as served, median cost / bare: {statistics.median(served):.2f}")
    print(f"pages: as served, dearest / bare: {max(served):.2f}")


def _costs(page: str, site: str, rendered: str, bare: str) -> tuple[float, float]:
    """The cost of a page as it is served, and of rendering it, in that of the bare view."""
    requests = ((site + page, None), (rendered + page, None), (bare, None))
    served, each_time, plain = _web.compared(*requests)
    print(
        f"pages: {page}: {served:.0f} requests/s ({served / (plain * ADHOCRACY_PLUS):.0f} x "
        f"adhocracy-plus), rendered each time {each_time:.0f} "
        f"({each_time / (plain * ADHOCRACY_PLUS):.1f} x), bare {plain:.0f}",
        flush=True,
    )
    return plain / served, plain / each_time


def _prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id int PRIMARY KEY, name text)")
        cursor.execute(
            "INSERT INTO bench_row SELECT n, 'Row number ' || n FROM generate_series(1, 50) n"
        )
        cursor.execute("ANALYZE")
    connection.close()
