"""One colour of a house style: whether everyone can read with it, and the stylesheet that uses it.

Contrast is that of WCAG 2.2. The colour is that of buttons with white letters, of the foot of the page, and
of links, which also stand on the tinted bands. In the dark the site keeps its own colours.
"""

WHITE = "#ffffff"
TINTED = "#d9ecf7"  # the darkest band on which links stand (--wv-color-bg-lucht)
NEEDED = 4.5
DARKER = 0.75  # under the pointer


def contrast(one: str, other: str) -> float:
    """How much two colours differ in light, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def weakest(colour: str) -> float:
    """The least contrast that a colour has where the site uses it."""
    return min(contrast(colour, WHITE), contrast(colour, TINTED))


def stylesheet(colour: str) -> str:
    """The tokens of NL Design System with this colour, for the light display."""
    hover = "#" + "".join(f"{round(part * DARKER):02x}" for part in _parts(colour))
    tokens = (
        f"--utrecht-button-primary-action-background-color:{colour};"
        f"--utrecht-button-primary-action-hover-background-color:{hover};"
        f"--utrecht-link-color:{colour};"
        f"--utrecht-page-footer-background-color:{colour};"
    )
    return (
        f'@media (prefers-color-scheme:light){{:root:not([data-theme="donker"]){{{tokens}}}}}'
        f':root[data-theme="licht"]{{{tokens}}}'
    )


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
