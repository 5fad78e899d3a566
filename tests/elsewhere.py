"""What needs an event loop of its own, or none: in this thread the tests' browser may run one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def elsewhere(do: Callable[[], Result]) -> Result:
    """What this gives, done in a thread of its own."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(do).result()
