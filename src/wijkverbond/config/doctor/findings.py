"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence, and what to do about it, in another; never a secret."""

    what: str
    remedy: str

    def __str__(self) -> str:
        """Both, for a person."""
        return f"{self.what} {self.remedy}"
