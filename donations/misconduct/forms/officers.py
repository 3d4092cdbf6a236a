"""What inspectors fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.acting import SeenForm
from accounts.verbs import Verb
from donations.misconduct.actions.handling import FOR_REPORTER, offices_for
from donations.misconduct.forms.flow import FILES_HELP, LONGEST_TEXT, FilesField
from donations.misconduct.kinds import Kind
from donations.misconduct.models import Case, CaseQuerySet
from donations.misconduct.states import CASE_STATE_LABELS
from regions.models import Region


class CaseFilters(forms.Form):
    """By GET; what is not understood is left out."""

    q = forms.CharField(
        label=_("Nomor"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "LP-7K3Q9M"}),
    )  # fmt: skip
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        states = [(state.value, label) for state, label in CASE_STATE_LABELS.items()]
        self.fields["keadaan"].choices = [  # type: ignore[attr-defined]
            ("", _("yang berjalan")), ("terlambat", _("lewat batas waktu")), *states, ("semua", _("semua")),
        ]  # fmt: skip
        self.fields["jenis"].choices = [("", _("semua jenis")), *Kind.choices]  # type: ignore[attr-defined]

    def cases(self, found: CaseQuerySet) -> CaseQuerySet:
        self.full_clean()
        data = self.cleaned_data
        if number := "".join(sign for sign in data.get("q", "").upper() if sign.isalnum()):
            return found.filter(number="LP-" + number.removeprefix("LP"))
        if data.get("jenis"):
            found = found.filter(kind=data["jenis"])
        state = data.get("keadaan", "")
        if state == "terlambat":
            return found.overdue()
        return found.open() if not state else found if state == "semua" else found.filter(state=state)


class VerbForm(SeenForm):
    """A reason where the verb needs one, the office where it is forwarded to, files where it adds some."""

    office = forms.ChoiceField(
        label=_("Kantor"), widget=forms.RadioSelect, error_messages={"required": _("Pilih kantornya.")}
    )
    bukti = FilesField(label=_("Foto atau dokumen"), help_text=FILES_HELP)
    reason = forms.CharField(
        label=_("Alasan"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, rule: Verb, subject: Case, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.offices: list[Region] = []
        if rule.name == "forward":
            self.offices = offices_for(subject)
            self.fields["office"].choices = [(one.code, one.full_name) for one in self.offices]  # type: ignore[attr-defined]
        else:
            del self.fields["office"]
        if rule.name != "enclose":
            del self.fields["bukti"]
        if not rule.needs_reason:
            del self.fields["reason"]
        elif rule.name in FOR_REPORTER and subject.has_reader:
            self.fields["reason"].help_text = gettext("Dibaca pelapor. Jelas, dan tanpa nama orang lain.")
        else:
            self.fields["reason"].help_text = gettext("Hanya dibaca pemeriksa, dan disimpan terenkripsi.")

    def words(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: self.cleaned_data[name] for name in ("reason", "office") if name in self.fields
        }
        if "office" in found:
            found["office"] = next(one for one in self.offices if one.code == found["office"])
        if "bukti" in self.fields:
            found["files"] = self.cleaned_data["bukti"]
        return found


class SayForm(SeenForm):
    """A message to the reporter, or a note that only inspectors read; where nobody reported it, only that."""

    untuk = forms.ChoiceField(
        label=_("Untuk siapa?"), widget=forms.RadioSelect,
        choices=(("reply", _("Pelapor")), ("note", _("Catatan internal, hanya untuk pemeriksa"))),
        error_messages={"required": _("Pilih siapa yang membacanya.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Isi"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tuliskan pesannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Case, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"untuk": "reply"}, **kwargs)
        if not subject.has_reader:
            del self.fields["untuk"]

    @property
    def verb(self) -> str:
        """Only of a valid form."""
        return str(self.cleaned_data.get("untuk", "note"))
