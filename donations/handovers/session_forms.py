"""The sessions of a service, one form each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.deliveries.forms import DayField
from donations.handovers.checks import tell_page
from donations.handovers.forms import TimeInput
from donations.handovers.models import HandoverLine
from donations.handovers.writing import MOST_SESSIONS, NOT_YET, Session
from regions.amounts import CountField

ENDS_BEFORE = _("Jam selesai harus setelah jam mulai.")
BOTH = _("Tulis keduanya, atau jumlah semuanya saja.")
OTHER_SUM = _("Tidak sama dengan perempuan ditambah laki-laki.")
NOBODY = _("Tulis berapa yang hadir.")


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=TimeInput, input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        error_messages={"required": _("Tulis jamnya."), "invalid": _("Tulis jamnya, misalnya 09.30.")},
    )  # fmt: skip


class SessionForm(forms.Form):
    """How many came, when and where; never who."""

    line = forms.TypedChoiceField(label=_("Jasanya"), coerce=int)
    held_on = DayField(label=_("Tanggal"), error_messages={"required": _("Tulis tanggalnya.")})
    begins = _time(_("Mulai"))
    ends = _time(_("Selesai"))
    women = CountField(label=_("Perempuan"), required=False)
    men = CountField(label=_("Laki-laki"), required=False)
    attended = CountField(
        label=_("Semua yang hadir"), required=False, help_text=_("Kalau tidak dihitung terpisah."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Tempat"), max_length=200, required=False, help_text=_("Kalau bukan di tempat kegiatannya.")
    )
    trainer = forms.CharField(label=_("Lembaga pelatih"), max_length=150, required=False)

    def __init__(self, *args: Any, lines: Sequence[HandoverLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (line.delivery_line_id, str(line.delivery_line.allocation.commitment.aid_type)) for line in lines
        ]
        field = self.fields["line"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
        self.initial["line"] = str(self.initial.get("line", choices[0][0]))
        for name in ("held_on", "begins", "ends"):
            words = self.fields[name].error_messages["required"]
            self.fields[name].widget.attrs["data-needed"] = words
        tell_page(self.fields["held_on"], "past", "", NOT_YET)
        tell_page(self.fields["ends"], "after", "begins", ENDS_BEFORE)
        tell_page(self.fields["women"], "pair", "men", BOTH)
        tell_page(self.fields["men"], "pair", "women", BOTH)
        tell_page(self.fields["attended"], "or", "women men", NOBODY)
        tell_page(self.fields["attended"], "sum", "women men", OTHER_SUM)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", ENDS_BEFORE)
        women, men, attended = (cleaned.get(name) for name in ("women", "men", "attended"))
        if (women is None) != (men is None):
            self.add_error("men" if men is None else "women", BOTH)
        elif women is not None and men is not None:
            if attended is not None and attended != women + men:
                self.add_error("attended", OTHER_SUM)
            cleaned["attended"] = women + men
        elif attended is None:
            self.add_error("attended", NOBODY)
        return cleaned

    @property
    def told(self) -> Session:
        """Only of a valid form."""
        wanted = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return Session(**wanted)


SessionForms = forms.formset_factory(
    SessionForm,
    extra=0,
    can_delete=True,
    max_num=MOST_SESSIONS,
    absolute_max=MOST_SESSIONS,
    validate_max=True,
)
