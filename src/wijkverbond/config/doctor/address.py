"""What is wrong on the way from a visitor to the site: name, certificate, and what the proxies send."""

import http.client
import json
import ssl
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from wijkverbond.config.doctor.findings import Finding, Findings
from wijkverbond.kernel.error_text import cause
from wijkverbond.ui import arrival

PATIENCE_SECONDS = 10
LARGEST_ANSWER = 10_000


def look() -> Findings:
    """Ask the running site, at its public address, how our request arrived."""
    address = settings.SITE_ADDRESS
    request = urllib.request.Request(f"{address}/", headers={arrival.HEADER: arrival.ticket()})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            answer = response.read(LARGEST_ANSWER)
    except urllib.error.HTTPError as error:
        what = f"At {address} something answers with an error ({error.code})."
        yield Finding(what, "Start the site with run, and look at the log of the web server.")
    except (OSError, http.client.HTTPException) as error:
        yield _away(address, getattr(error, "reason", error))
    else:
        yield from _read(address, answer)


def _away(address: str, reason: object) -> Finding:
    told = cause(reason) if isinstance(reason, BaseException) else str(reason)
    if isinstance(reason, ssl.SSLError):
        what = f"Browsers do not trust {address} ({told})."
        return Finding(what, "Renew its certificate, with the whole chain, in the web server.")
    what = (
        f"{address} does not answer this machine ({told}), so what proxies send was not looked at."
    )
    return Finding(what, "Look again while the site runs.", is_note=True)


def _read(address: str, answer: bytes) -> Findings:
    try:
        arrived = json.loads(answer)
    except ValueError:
        what = (
            f"At {address} another site answers, or this one with another WIJKVERBOND_SECRET_KEY."
        )
        yield Finding(what, "Let the name and the web server lead here, and start run again.")
    else:
        yield from differences(arrived)


def differences(arrived: dict[str, Any]) -> Findings:
    """What arrived otherwise than the settings say."""
    scheme, _, host = settings.SITE_ADDRESS.partition("://")
    if arrived["host"] != host:
        what = f"The proxy asks for {arrived['host']} instead of {host}."
        variable = "$http_host" if ":" in host else "$host"  # the second leaves the port out
        yield Finding(what, f"Let it pass the host on (nginx: proxy_set_header Host {variable}).")
    if arrived["forwarded"] > settings.TRUSTED_PROXIES:
        what = (
            f"WIJKVERBOND_PROXIES is {settings.TRUSTED_PROXIES} and {arrived['forwarded']} proxies"
            " add to X-Forwarded-For: all visitors together have the limits of one."
        )
        yield Finding(what, f"Set WIJKVERBOND_PROXIES={arrived['forwarded']}")
    if arrived["forwarded"] < settings.TRUSTED_PROXIES:
        what = (
            f"WIJKVERBOND_PROXIES is {settings.TRUSTED_PROXIES} and {arrived['forwarded']} proxies"
            " add to X-Forwarded-For: a visitor can pretend to be another."
        )
        yield Finding(what, "Let each proxy add to it, or set the number that does.")
    if settings.TRUSTED_PROXIES and arrived["protocol"] != scheme:
        what = f"The proxy does not say that visitors come by {scheme}."
        remedy = "Let it send that (nginx: proxy_set_header X-Forwarded-Proto $scheme)."
        yield Finding(what, remedy)
