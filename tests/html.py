"""Reads HTML as tests compare it: however the templates are laid out."""

import html
import re


def one_line(content: bytes) -> str:
    """A page on one line, without space beside a tag, and with signs instead of entities."""
    collapsed = " ".join(content.decode().split())
    return html.unescape(re.sub(r" ?(<[^>]*>) ?", r"\1", collapsed))
