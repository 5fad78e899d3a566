"""What the doctor finds."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence, and what to do about it, in another; never a secret.

    A note is about something that could not be looked at from here: nothing has to be wrong.
    """

    what: str
    remedy: str
    is_note: bool = False

    def __str__(self) -> str:
        """Both, for a person."""
        return f"{self.what} {self.remedy}"


Findings = Iterator[Finding]
