"""Reads HTML as tests compare it: however the templates are laid out."""

import html
import re

from django.test import Client

from wijkverbond.kernel.shown import Shown
from wijkverbond.ui.shown import FIELD, signed


def page_html(client: Client, url: str) -> str:
    """The page at an address, as it is sent to this browser; it is there."""
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def one_line(content: bytes) -> str:
    """A page on one line, without space beside a tag, and with signs instead of entities."""
    collapsed = " ".join(content.decode().split())
    return html.unescape(re.sub(r" ?(<[^>]*>) ?", r"\1", collapsed))


def shown(record: Shown) -> dict[str, str]:
    """What a form sends along whose page shows this record as it is now."""
    type(record).refresh_from_db(record)  # type: ignore[attr-defined]
    return {FIELD: signed(record, record.shown_text)}
