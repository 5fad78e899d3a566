"""The kind of a browser and of its device, as people call them."""

import re

# In this order: most browsers also say that they are those further down.
BROWSERS = {
    r"Edg": "Edge",
    r"OPR/": "Opera",
    r"SamsungBrowser": "Samsung Internet",
    r"Firefox|FxiOS": "Firefox",
    r"Chrome|CriOS": "Chrome",
    r"Safari": "Safari",
}
DEVICES = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"CrOS": "Chromebook",
    r"Windows": "Windows",
    r"Macintosh": "Mac",
    r"Linux": "Linux",
}


def kind(user_agent: str) -> str:
    """A name like "Firefox, Android", without versions; empty for one that we do not know."""
    found = (_first(names, user_agent) for names in (BROWSERS, DEVICES))
    return ", ".join(name for name in found if name)


def _first(names: dict[str, str], user_agent: str) -> str:
    known = (name for pattern, name in names.items() if re.search(pattern, user_agent))
    return next(known, "")
