"""What an official asks about a need, and what an assessor answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.acting import SeenForm
from programs.adjustments.models import Adjustment
from programs.adjustments.states import POSSIBLE, Wanted
from programs.models import Need
from regions.amounts import AmountField
from regions.notation import number

CHOICES = {
    Wanted.LESS: _("Kami minta lebih sedikit"),
    Wanted.PAUSE: _("Jeda dulu: untuk sementara jangan terima ikrar baru"),
    Wanted.RESUME: _("Buka lagi: kami siap menerima"),
}


class AskForm(SeenForm):
    wanted = forms.ChoiceField(
        label=_("Apa yang diminta?"), widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip
    target = AmountField(label=_("Cukup berapa seluruhnya?"), required=False)
    reason = forms.CharField(
        label=_("Mengapa?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu dua kalimat untuk asesor, tanpa nama orang."),
        error_messages={"required": _("Tuliskan alasannya, supaya asesor dapat memutuskan.")},
    )  # fmt: skip

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, subject=need.adjustments.first(), **kwargs)
        self.need = need
        possible = POSSIBLE.get(need.state, ())
        choice: Any = self.fields["wanted"]
        choice.choices = [(wanted.value, CHOICES[wanted]) for wanted in possible]
        self.fields["target"].help_text = gettext(
            "Hanya kalau minta lebih sedikit. Sekarang %(target)s %(unit)s, %(promised)s di antaranya sudah dijanjikan."
        ) % {
            "target": number(need.target),
            "unit": need.aid_type.unit_name,
            "promised": number(need.held + need.reserved),
        }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("wanted") != Wanted.LESS:
            found["target"] = None
        elif found.get("target") is None and "target" not in self.errors:
            self.add_error("target", gettext("Tulis jumlah yang cukup untuk Anda."))
        return found

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("wanted", "target", "reason")}


class AnswerForm(SeenForm):
    """`verb`: agree (with the target where less is asked for), decline or withdraw."""

    target = AmountField(label=_("Target menjadi"))
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, adjustment: Adjustment, verb: str, **kwargs: Any) -> None:
        asked = adjustment.moves.order_by("pk").values_list("reason", flat=True).first() or ""
        first = {"target": adjustment.target, "reason": asked if verb == "agree" else ""}
        super().__init__(*args, subject=adjustment, initial=first, **kwargs)
        if verb != "agree" or not adjustment.asks_less:
            del self.fields["target"]
        if verb == "withdraw":
            del self.fields["reason"]
        elif verb == "agree":
            self.fields["reason"].help_text = gettext("Tercatat pada riwayat kebutuhan, yang dibaca umum.")
        else:
            self.fields["reason"].help_text = gettext("Dibaca pengurus yang meminta.")

    def answer(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
