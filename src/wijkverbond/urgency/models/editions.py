"""The answers to a closed question as everyone may have them, edition by edition."""

import zlib
from typing import TypedDict

from django.db import models

from wijkverbond.urgency.models.conversations import Conversation

SEALS_TEXTS = 3  # the first form of a reading that does


class CountedStatement(TypedDict):
    """A statement of an edition: its number, the digest of its text, and the salt in hexadecimal."""

    number: int
    digest: str
    salt: str


class Edition(models.Model):
    """What is published of the answers to a closed question; what it says is never changed.

    `form` is that of the reading, and says what the digest covers: before the third the answers alone.
    `earlier` is the digest of the edition before. `packed_votes` is its `votes.csv`, until a newer
    edition stands. `erased` of its `people` erased their answers since; nobody is told how many.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField()
    form = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    earlier = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField()
    erased = models.PositiveIntegerField(default=0)
    statements = models.JSONField(default=list)
    packed_votes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="edition_once_per_number"
            )
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.digest

    @property
    def seals_texts(self) -> bool:
        """Whether its digest covers the texts too, each by a salted digest."""
        return self.form >= SEALS_TEXTS

    @property
    def votes(self) -> bytes:
        """Its `votes.csv`."""
        return zlib.decompress(self.packed_votes)

    @votes.setter
    def votes(self, votes: bytes) -> None:
        self.packed_votes = zlib.compress(votes)
