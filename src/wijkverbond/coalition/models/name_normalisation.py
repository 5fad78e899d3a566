"""Names as everyone sees them: what looks the same is the same.

A name is one line without invisible signs and without marks that turn the reading direction. Signs
that are written in several ways are stored in one (NFKC), and no word mixes alphabets that look alike.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control, format, surrogate, private and unknown signs; and letters and marks that show nothing.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
EMPTY = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
LETTERS = re.compile(r"[^\W\d_]+")
LOOK_LIKE_LATIN = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}


def normalised_name(written: str) -> str:
    """The name that somebody wrote, in the one form in which it is stored.

    Raises ValidationError for a name without letters or figures, or with a word of two alphabets.
    """
    line = " ".join(unicodedata.normalize("NFKC", written).split())
    visible = [sign for sign in line if unicodedata.category(sign) not in INVISIBLE]
    name = " ".join(EMPTY.sub("", "".join(visible)).split())
    if not any(sign.isalnum() for sign in name):
        raise ValidationError(_("Write a name with letters or figures."))
    for word in LETTERS.findall(name):
        alphabets = {unicodedata.name(sign, "").split(" ")[0] for sign in word}
        if "LATIN" in alphabets and alphabets & LOOK_LIKE_LATIN:
            raise ValidationError(
                _("Write each word in one alphabet. This one mixes two: %(word)s"),
                params={"word": word},
            )
    return name
