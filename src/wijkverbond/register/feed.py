"""The feed of seals: one a day of each register, for whoever wants to keep them without asking."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from wijkverbond.kernel import site
from wijkverbond.register.queries import DaySeal


class PagedFeed(Atom1Feed):
    """An Atom feed that names the page after it (RFC 5005)."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add the next page to what every feed says of itself."""
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})


def atom(daily: Sequence[DaySeal], owners: Page[Any]) -> bytes:
    """The feed with these seals, as one of the pages of all registers."""
    address = settings.SITE_ADDRESS + reverse("register:heads")
    following = f"{address}?page={owners.next_page_number()}" if owners.has_next() else ""
    feed = PagedFeed(
        title=_("Seals of the registers of %(site)s") % {"site": site.name()},
        link=settings.SITE_ADDRESS + reverse("register:index"),
        description=_("The last seal of each day. Keep them, and a change of before shows."),
        language=get_language(),
        author_name=site.name(),
        feed_url=f"{address}?page={owners.number}" if owners.number > 1 else address,
        next=following,
    )
    for day_seal in daily:
        _add(feed, day_seal)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, day_seal: DaySeal) -> None:
    seal = day_seal.seal
    register = settings.SITE_ADDRESS + reverse("register:entries", args=[seal.owner.slug])
    # The id is not that of a page with a slug, which can change.
    known = f"{settings.SITE_ADDRESS}{reverse('register:index')}{seal.owner.id}/{seal.size}"
    feed.add_item(
        title=f"{seal.owner.name}, {date_format(day_seal.day)}",
        link=register,
        description=format_html("<pre>{}</pre>", seal.checkpoint),
        unique_id=get_tag_uri(known, day_seal.day),
        updateddate=day_seal.until,
        pubdate=day_seal.until,
    )
