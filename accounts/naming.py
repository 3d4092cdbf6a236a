"""Names and titles as people type them: on one line, and without what turns the text around them. Pure."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that reverse what follows, also beyond the name, and spaces that nobody sees, with which a name would look like
# another's. Letters of any script find their direction without them; emoji and Persian keep their joiners.
_UNSEEN = re.compile(r"[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """Plain single spaces; no control characters, nothing unseen that turns or hides."""
    told = "".join(one for one in _UNSEEN.sub("", text) if one.isspace() or unicodedata.category(one) != "Cc")
    return " ".join(told.split())


def name_as_written(text: str) -> str:
    """A name on one line. Raises ValidationError where no letter of any script is in it."""
    name = one_line(text)
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Tulis namanya dengan huruf."), code="name")
    return name
