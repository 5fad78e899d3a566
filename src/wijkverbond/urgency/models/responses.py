"""What participants say to statements, and which of them must come first."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.urgency.models.conversations import Conversation, Participant, Statement

MOST_PRIORITIES = 3


class Answer(models.Model):
    """What a participant says to a statement now; every earlier answer is in `AnswerGiven`."""

    class Value(models.IntegerChoices):
        """Agree, disagree or pass."""

        AGREE = 1, _("Agree")
        PASS = 0, _("I do not know, or it is nothing to me")
        DISAGREE = -1, _("Disagree")

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    value = models.SmallIntegerField(choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="answer_once_per_statement"
            ),
            models.CheckConstraint(
                condition=Q(value__in=[-1, 0, 1]), name="answer_is_one_of_three"
            ),
        ]

    def __str__(self) -> str:
        return self.get_value_display()


class AnswerGiven(models.Model):
    """History: each answer as it was given."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(choices=Answer.Value)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_value_display()


class Priority(models.Model):
    """One of the at most three statements that a participant says must come first."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="priorities"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="priorities")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="priority_once_per_statement"
            ),
            models.UniqueConstraint(
                fields=["participant", "place"], name="priority_once_per_place"
            ),
            models.CheckConstraint(
                condition=Q(place__range=(1, MOST_PRIORITIES)), name="priorities_at_most_three"
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)
