"""What is wrong with the sign-in of the organisation that the settings name."""

import json
import urllib.request

from django.conf import settings

from wijkverbond.accounts.organisation import mandates_of_groups
from wijkverbond.coalition.queries.sign_in import organisations_meant
from wijkverbond.config.doctor.findings import Finding, Findings
from wijkverbond.kernel.error_text import cause

PATIENCE_SECONDS = 10
LARGEST_ANSWER = 100_000
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")


def look() -> Findings:
    """Read what it says of itself, and whether the organisations of its groups are here."""
    if not settings.OIDC_ISSUER:
        return
    yield from _organisations()
    yield from _issuer()


def _organisations() -> Findings:
    for named in sorted({each.organisation for each in mandates_of_groups()}):
        meant = [*organisations_meant(named).order_by("place", "id")]
        ids = "; ".join(f"{each.id} ({each.place or 'no place'})" for each in meant)
        if len(meant) != 1:
            what = (
                f"WIJKVERBOND_OIDC_MANDATES names {named}, of which there are {len(meant)} of"
                " government here; until it is clear, its groups change nothing for anyone."
            )
            yield Finding(what, f"Write the id of one: {ids}." if ids else "Look at its name.")
        elif named.lower() != str(meant[0].id):
            what = f"WIJKVERBOND_OIDC_MANDATES names {named} by a name that others can take too."
            yield Finding(what, f"If it is this one, write its id: {ids}.", is_note=True)


def _issuer() -> Findings:
    address = f"{settings.OIDC_ISSUER}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as response:
            says = json.loads(response.read(LARGEST_ANSWER))
        issuer = str(says["issuer"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = (
            f"The sign-in of the organisation does not answer well at {address} ({cause(error)})."
        )
        yield Finding(
            what, "Look at WIJKVERBOND_OIDC_ISSUER, and whether this machine may go there."
        )
        return
    if issuer.removesuffix("/") != settings.OIDC_ISSUER:
        what = f"The sign-in of the organisation calls itself {issuer}."
        yield Finding(what, "Write exactly that in WIJKVERBOND_OIDC_ISSUER.")
    if missing := [name for name in NEEDED if name not in says]:
        what = f"The sign-in of the organisation has no {', '.join(missing)}."
        yield Finding(what, "Ask its administrator for OpenID Connect with the code flow.")
