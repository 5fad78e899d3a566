"""Taking a coalition off the list, and what its partners say of that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Unlisting, UnlistingReview
from wijkverbond.ui.forms import ChoiceCards, model_field


class UnlistForm(forms.Form):
    """Which coalition the host takes off the list, and on which ground."""

    coalition = forms.ModelChoiceField(
        Coalition.objects.on_front_page().order_by("name", "id"), label=_("Which coalition?")
    )
    ground = forms.ChoiceField(
        label=_("Why do you take it off the list?"), choices=Unlisting.Ground, widget=ChoiceCards
    )
    law = model_field(
        Unlisting,
        "law",
        label=_("Which law does it break, or what makes you doubt?"),
        help_text=_("Name the law and the article. Everyone reads this. Name no people."),
    )


class UnlistingReviewForm(forms.Form):
    """What a partner says of that."""

    upholds = forms.ChoiceField(
        label=_("Must the coalition stay off the list?"),
        choices=[
            ("yes", _("Yes, it stays off the list")),
            ("no", _("No, it comes back on the list")),
        ],
        widget=ChoiceCards,
    )
    reason = model_field(
        UnlistingReview, "reason", label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3})
    )
