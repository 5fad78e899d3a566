"""Installation as a Django app."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkverbond.ui import navigation


class InstallationConfig(AppConfig):
    """The first run in the browser."""

    name = "wijkverbond.installation"
    verbose_name = _("Setting up the site")

    def ready(self) -> None:
        """Declare the texts in the footer: each once it has no gaps."""
        from wijkverbond.installation.models import TEXTS  # noqa: PLC0415 - there are models now
        from wijkverbond.installation.presenters import is_published  # noqa: PLC0415

        for order, text in enumerate(TEXTS, start=40):
            navigation.footer_link(
                f"installation:read_{text}",
                text.label,
                column="about",
                order=order,
                is_there=partial(is_published, text),
            )
