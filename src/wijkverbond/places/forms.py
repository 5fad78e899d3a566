"""The one form about places: finding one by its name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PlaceSearch(forms.Form):
    """Find a place by (a part of) its name."""

    q = forms.CharField(
        label=_("Name of a neighbourhood, district or municipality"),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
