"""What the worker observes of the installation, because a page cannot wait for it."""

from django.db import models


class Observation(models.Model):
    """The last value of something, such as for how many days the certificate is good."""

    class Subject(models.TextChoices):
        """What is observed."""

        CERTIFICATE = "certificate"  # days that it is still good; below zero when it is not

    subject = models.CharField(primary_key=True, max_length=20, choices=Subject)
    value = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject} {self.value}"
