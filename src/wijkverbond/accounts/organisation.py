"""Signing in at one's organisation (OpenID Connect), which django-allauth does: what is our own about it.

Kept is who somebody is there, so that they are known again: no token, and nothing else of what that
side tells. By an e-mail address nobody is known: whose account it is shows a code by mail, once.
"""

import dataclasses
import re
import uuid
from collections.abc import Callable, Collection, Iterable
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wijkverbond.kernel import error_text
from wijkverbond.kernel.registry import Registry

log = structlog.get_logger()

PROVIDER = "organisatie"


class Failed(Exception):
    """The organisation did not say who somebody is; `why` is a code: away, cancelled or refused."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclasses.dataclass(frozen=True)
class Identity:
    """Who somebody is at their organisation, and the page that they were on the way to.

    `groups` are only those that the settings name; `email` may be anything that was typed there.
    """

    subject: str
    email: str
    groups: list[str]
    onward: str


@dataclasses.dataclass(frozen=True)
class MandateOfGroup:
    """What the people of a group at the organisation may do, and for which organisation here."""

    group: str
    organisation: str
    may: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroupFollower:
    """A capability that goes by the groups in which somebody is at their organisation."""

    name: str
    follow: Callable[[uuid.UUID, Collection[MandateOfGroup]], None]


GROUP_FOLLOWERS: Registry[GroupFollower] = Registry("follower of groups")


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Takes from allauth who somebody is, and stores nothing of it."""

    def list_apps(self, request: HttpRequest, **asked: Any) -> list[SocialApp]:
        """The organisation of the settings."""
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=PROVIDER,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_SECRET,
            settings={"server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True},
        )
        return [app] if settings.OIDC_ISSUER else []

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep who it is for our own view, and leave allauth there."""
        claims = _claims(sociallogin.account.extra_data)
        request.__dict__["_identity"] = Identity(
            subject=str(claims["sub"]),
            email=str(claims.get("email") or ""),
            groups=_known_groups(claims.get(settings.OIDC_CLAIM) or []),
            onward=sociallogin.state.get("next") or "",
        )
        raise ImmediateHttpResponse(HttpResponse())

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        """Leave allauth with what went wrong."""
        if error == AuthError.CANCELLED:
            raise Failed("cancelled")
        if exception:
            log.warning("accounts.organisation_failed", error=error_text.cause(exception))
        raise Failed("away" if isinstance(exception, OSError) else "refused")


def leave_for(request: HttpRequest, onward: str) -> HttpResponseBase:
    """Lead somebody to the organisation. Raises `Failed` when it does not answer."""
    provider = Adapter(request).get_provider(request, PROVIDER)
    return _asked(lambda: provider.redirect(request, AuthProcess.LOGIN, next_url=onward))


def who_comes_back(request: HttpRequest) -> Identity:
    """Who somebody is that comes back from the organisation. Raises `Failed` when it does not say."""
    _asked(lambda: openid.callback(request, PROVIDER))
    identity = request.__dict__.get("_identity")
    if not isinstance(identity, Identity):
        raise Failed("refused")
    return identity


def follow(person: uuid.UUID, groups: Iterable[str]) -> None:
    """Let everything that goes by the groups of a person know in which they are."""
    mandates = [each for each in mandates_of_groups() if each.group in set(groups)]
    for follower in GROUP_FOLLOWERS:
        follower.follow(person, mandates)


def mandates_of_groups() -> list[MandateOfGroup]:
    """What the setting says: "group > organisation > may", with semicolons between several."""
    rows = [re.split(r"\s*>\s*", row.strip()) for row in settings.OIDC_MANDATES.split(";")]
    return [MandateOfGroup(*row) for row in rows if row != [""]]


def _asked(ask: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        return ask()
    except (
        OSError,
        ValueError,
        KeyError,
    ) as error:  # also all that requests raises, and a half answer
        log.warning("accounts.organisation_failed", error=error_text.cause(error))
        raise Failed("away") from error


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    """What the organisation tells, in both its answers; they have to be about the same person."""
    token, told = data.get("id_token", {}), data.get("userinfo", {})
    if token and told and token["sub"] != told["sub"]:
        raise PermissionDenied
    return {**token, **told}


def _known_groups(claim: object) -> list[str]:
    """The groups of a claim, which is a list or one name, that the settings name."""
    groups = {str(each) for each in claim} if isinstance(claim, list) else {str(claim)}
    return sorted(groups & {each.group for each in mandates_of_groups()})
