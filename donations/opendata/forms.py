"""What a card shows, chosen on the page that writes its code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from programs.narrowing import name_unknown
from regions.queries import city_names

# In CSS pixels, so that nothing has to be scrolled at 320 px of width.
HEIGHTS = {"embed_statistics": 540, "embed_map": 770}


class CardForm(forms.Form):
    """All optional; a wrong choice is said beside its field, and the usual card is shown."""

    kartu = forms.ChoiceField(
        label=_("Kartu"), required=False, choices=(("statistik", _("statistik")), ("peta", _("peta")))
    )
    program = forms.ChoiceField(label=_("Program"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    warna = forms.ChoiceField(
        label=_("Warna"), required=False,
        choices=(("", _("seperti pembacanya")), ("terang", _("terang")), ("gelap", _("gelap"))),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programs = [
            ("", _("semua program")),
            *((program.code, program.title) for program in Program.objects.all()),
        ]
        name_unknown(self)
        self.fields["program"].choices = programs  # type: ignore[attr-defined]
        self.fields["wilayah"].choices = [("", _("seluruh Jakarta")), *city_names().items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """Each choice, or the usual one where it was wrong."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        usual = {"kartu": "statistik", "program": "", "wilayah": "", "warna": ""}
        return {name: found.get(name) or value for name, value in usual.items()}
