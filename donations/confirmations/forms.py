"""Forms of answers and of draws."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.confirmations.drawing import MOST_HOUSEHOLDS
from donations.confirmations.kinds import Received, Reply, Side
from donations.deliveries.forms import DayField
from programs.models.programs import MOST_SLIPS
from regions.amounts import AmountField, ZeroField

PAID = "paid"


class TapForm(forms.Form):
    """One button: the answer."""

    jawaban = forms.ChoiceField(choices=(*Received.choices, (PAID, _("Diminta membayar"))))

    @property
    def reply(self) -> Reply:
        said = self.cleaned_data["jawaban"]
        return Reply(paid=True) if said == PAID else Reply(received=said)


class AnswerForm(forms.Form):
    """The answer in full, to add to it or to put it right."""

    received = forms.ChoiceField(
        label=_("Apakah bantuannya Anda terima?"), choices=Received.choices, widget=forms.RadioSelect, required=False
    )  # fmt: skip
    paid = forms.BooleanField(
        label=_("Saya diminta membayar atau memberi sesuatu untuk mendapatkannya"), required=False
    )
    count = ZeroField(label=_("Berapa yang Anda terima?"), required=False, max_value=10**12)
    remark = forms.CharField(
        label=_("Yang ingin ditambahkan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tidak perlu menyebut nama. Dibaca petugas yang memeriksa, tidak ditampilkan kepada umum "
                    "dan tidak lagi di sini."),
    )  # fmt: skip

    def __init__(self, *args: Any, side: str, reply: Reply, unit: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"received": reply.received, "paid": reply.paid, "count": reply.count}
        super().__init__(*args, **kwargs)
        self.fields["count"].help_text = unit
        if side != Side.RECIPIENT:
            self.fields["received"].label = _now("Apakah bantuannya sampai?")
            self.fields["paid"].label = _now(
                "Penerima diminta membayar atau memberi sesuatu untuk mendapatkannya"
            )
            self.fields["count"].label = _now("Berapa yang sampai?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("received") and not cleaned.get("paid") and not self.errors:
            self.add_error("received", _now("Pilih salah satu jawaban."))
        return cleaned

    @property
    def reply(self) -> Reply:
        told = self.cleaned_data
        # Nothing written is not none.
        count = told["count"] if str(self["count"].value() or "").strip() else None
        return Reply(told["received"], told["paid"], count, told["remark"].strip())


class DrawForm(forms.Form):
    """How many of how many households are asked, and until when."""

    households = AmountField(
        label=_("Berapa keluarga pada daftar pengurus?"), max_value=MOST_HOUSEHOLDS,
        help_text=_("Hanya banyaknya. Daftarnya tetap di tangan pengurus, berurutan dari nomor 1."),
        error_messages={"required": _("Tulis banyaknya keluarga pada daftar.")},
    )  # fmt: skip
    size = AmountField(
        label=_("Berapa yang diundi?"), max_value=MOST_SLIPS,
        help_text=_("Dua puluh slip biasanya cukup; di bawah lima jawaban hasilnya tidak diterbitkan."),
        error_messages={"required": _("Tulis berapa yang diundi.")},
    )  # fmt: skip
    expires_on = DayField(
        label=_("Jawaban paling lambat"), error_messages={"required": _("Pilih tanggalnya.")}
    )

    def __init__(self, *args: Any, households: int | None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "households": households, "size": min(20, households) if households else 20,
            "expires_on": clock.today() + timedelta(days=14),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
