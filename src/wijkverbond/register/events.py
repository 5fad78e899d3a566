"""What happens to the key of the register (docs/contributors/events.md)."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import TIMELINE_CHAPTERS, TimelineChapter


@event(
    "register.key_rotated",
    _("The site seals this register with another key from now on. The old key signed that"),
)
class KeyRotated(Event):
    """The old key hands the register over to a new one: the head of this entry is signed by both."""

    old_key: str
    new_key: str


@event(
    "register.key_lost",
    _("The site lost the key of this register, and seals it with another one: “%(reason)s”"),
    not_own=("reason",),
)
class KeyLost(Event):
    """The register goes on with a new key, after the last head of the lost one; who knew that names it."""

    old_key_id: str
    new_key: str
    last_size: int
    last_root: str
    reason: Text
    old_key: str | None = None


@event("register.key_first_used", _("The site seals with the key %(key)s"), public=False)
class KeyFirstUsed(Event):
    """The installation begins to sign with a key: so its public half is known when the seed is gone."""

    key: str


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="register",
        title=_("The register"),
        order=100,
        without_page=(KeyRotated, KeyLost),
    )
)
