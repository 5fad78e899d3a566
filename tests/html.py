"""Reads HTML as tests compare it: however the templates are laid out."""

import html
import re

from django.test import Client


def page_html(client: Client, url: str) -> str:
    """The page at an address, as it is sent to this browser; it is there."""
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def one_line(content: bytes) -> str:
    """A page on one line, without space beside a tag, and with signs instead of entities."""
    collapsed = " ".join(content.decode().split())
    return html.unescape(re.sub(r" ?(<[^>]*>) ?", r"\1", collapsed))
