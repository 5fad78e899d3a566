"""What goes by itself once it has done its work: declared per capability, removed by the worker."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from django.contrib.postgres.functions import RandomUUID
from django.db.models import Model
from django.utils.functional import Promise

from wijkverbond.kernel.registry import Registry


@dataclasses.dataclass(frozen=True, kw_only=True)
class Retention:
    """What is kept for a while: in which fields ("model.field"), until when, and how it goes.

    `forget` removes what is due at a moment. Without it something else ends it: the browser of a
    visitor, or a task of its own.
    """

    name: str
    title: str | Promise
    fields: tuple[str, ...]
    kept: str | Promise
    forget: Callable[[dt.datetime], object] | None = None


COOKIE_KEPT = dt.timedelta(days=365)
OVERLAP = dt.timedelta(days=30)  # a worker that was away for a while misses nothing

RETENTION: Registry[Retention] = Registry("retention")


def pseudonyms(model: type[Model]) -> Callable[[dt.datetime], object]:
    """Give the rows of which the cookie (`pseudonym`, since `at`) has expired one of nobody."""

    def forget_cookies(now: dt.datetime) -> object:
        expired = now - COOKIE_KEPT
        rows = model._default_manager.filter(at__lte=expired, at__gt=expired - OVERLAP)
        return rows.update(pseudonym=RandomUUID())

    return forget_cookies


def forget(now: dt.datetime) -> None:
    """Remove everything that is due."""
    for kind in RETENTION:
        if kind.forget:
            kind.forget(now)
