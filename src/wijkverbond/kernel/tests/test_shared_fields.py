"""What an abstract model shares out is taken over; what else a wording holds is not."""

from django.db import models
from django.test.utils import isolate_apps

from wijkverbond.kernel import shared_fields

with isolate_apps():

    class SampleText(models.Model):
        """What a record says."""

        what = models.CharField(max_length=10)
        ends = models.DateField(null=True)

        class Meta:
            abstract = True
            app_label = "kernel"

    class Sample(SampleText):
        """A record, with more than its words."""

        state = models.CharField(max_length=10)

        class Meta:
            app_label = "kernel"

        def __str__(self) -> str:
            return self.what


def test_the_abstract_model_is_the_list() -> None:
    assert shared_fields.names(SampleText) == ["what", "ends"]


def test_a_wording_copies_its_own_fields_only() -> None:
    wording = Sample(what=" Help ", state="signed", pk=7)
    assert shared_fields.values(wording, SampleText) == {"what": "Help", "ends": None}
    record = Sample(what="Before", state="draft")
    shared_fields.write(record, SampleText, wording)
    assert (record.what, record.state, record.pk) == ("Help", "draft", None)
