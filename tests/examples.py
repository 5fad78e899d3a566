"""How many examples hypothesis tries of a property that needs another number than usual."""

from hypothesis import settings


def at_least(number: int, *, one_in: int = 1) -> settings:
    """Try as many as the run asks for (`./wijkverbond test --long`: far more), and at least so many.

    `one_in`: of a property whose examples are costly, only one in so many.
    """
    asked = settings().max_examples // one_in
    return settings(max_examples=max(number, asked), deadline=None)
