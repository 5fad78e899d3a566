"""S3: what a first visit on a phone brings over the line (at most 150 kB, own JavaScript 15 kB; aim 90 kB).

`./wijkverbond bench first_visit`. Chromium at 390 px opens each page with an empty cache; counted is what
it received, headers included, as the site compressed it. Maps are drawn in the HTML and count.
"""

import shutil
from collections import Counter

from playwright.sync_api import Browser, sync_playwright

from bench import _web

PAGES = (
    "/",
    "/w/pittelo/",
    "/w/pittelo/meedoen/",
    "/w/pittelo/inzichten/",
    "/w/pittelo/hoe-vitaal/",
)
MOST = 150_000


def main() -> None:
    """Print bytes per page and per sort; the heaviest page against 150 kB last."""
    with (
        _web.demonstration(),
        _web.serving("wijkverbond.config.launch.site:application", 8701) as site,
        sync_playwright() as playwright,
    ):
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        # Chromium asks for brotli over http only from a host that it knows as this machine.
        sizes_by_page = {
            page: _received(browser, site.replace("127.0.0.1", "localhost") + page)
            for page in PAGES
        }
        browser.close()
    for page, sizes in sizes_by_page.items():
        parts = ", ".join(
            f"{type_name} {size / 1000:.1f}" for type_name, size in sorted(sizes.items())
        )
        print(f"first visit: {page}: {sizes.total() / 1000:.1f} kB ({parts})")
    heaviest = max(sizes.total() for sizes in sizes_by_page.values())
    print(f"first visit: heaviest / 150 kB: {heaviest / MOST:.2f}")


def _received(browser: Browser, url: str) -> Counter[str]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    types: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    network.on(
        "Network.responseReceived", lambda event: types.update({event["requestId"]: event["type"]})
    )
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update(
            {types.get(event["requestId"], "Other"): int(event["encodedDataLength"])}
        ),
    )
    page.goto(url, wait_until="networkidle")
    context.close()
    return sizes
