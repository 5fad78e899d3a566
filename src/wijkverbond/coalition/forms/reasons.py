"""The form for a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import LONGEST_REASON


class ReasonForm(forms.Form):
    """A reason, which others will read."""

    reason = forms.CharField(
        label=_("Why?"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
