"""One form a verb on a commitment: what officers, aggregators and collaborators are asked before it is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from donations.pledges import actions
from donations.pledges.forms.changes import NameForm, NoteForm, RerouteForm, RescheduleForm
from donations.pledges.forms.verbs import AllocationChoice, NeedChoice, ReasonForm, VerbForm
from donations.pledges.models import Allocation
from donations.pledges.queries_officers import executors_for, needs_to_allocate
from programs.models import Need
from regions.amounts import AmountField, ZeroField
from regions.notation import rupiah

CHANNELS = (
    ("phone", _("telepon")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("surel")),
    ("visit", _("bertemu langsung")),
)


class ContactForm(VerbForm):
    verb = "contact"
    lead = _("Kolaborator dihubungi dalam 2 × 24 jam sesudah berikrar. Catat begitu tersambung.")

    channel = forms.ChoiceField(label=_("Lewat"), choices=CHANNELS, widget=forms.RadioSelect, initial="phone")
    note = forms.CharField(
        label=_("Yang disepakati"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jadwal, tempat, hal yang ditanyakan. Dibaca oleh semua yang terlibat."),
    )  # fmt: skip

    def act(self) -> None:
        data = self.cleaned_data
        actions.contact(commitment=self.commitment, by=self.user, channel=data["channel"], note=data["note"])


class AcceptForm(VerbForm):
    verb = "accept"
    lead = _("Yang Anda terima menjadi dialokasikan. Sisanya terbuka lagi untuk kolaborator lain.")

    quantity = AmountField(label=_("Jumlah yang diterima"))

    def prepare(self) -> None:
        self.initial.setdefault("quantity", self.commitment.live)
        self.number("quantity")

    def act(self) -> None:
        actions.accept(commitment=self.commitment, by=self.user, quantity=self.cleaned_data["quantity"])


class DeclineForm(ReasonForm):
    verb = "decline"
    lead = _("Jumlah yang ditahan terbuka lagi. Kolaborator membaca alasannya.")


class CancelForm(ReasonForm):
    verb = "cancel"
    lead = _("Seluruh ikrar ditarik dan jumlahnya terbuka lagi. Hanya selama belum ada yang dikirim.")


class LapseForm(ReasonForm):
    verb = "lapse"
    lead = _("Untuk ikrar yang diterima tetapi tidak kunjung dikirim. Jumlahnya terbuka lagi.")


class CloseShortForm(ReasonForm):
    verb = "close_short"
    lead = _("Untuk ikrar yang tiba sebagian. Yang tidak jadi tiba terbuka lagi di kebutuhannya.")


class ReduceForm(ReasonForm):
    verb = "reduce"
    lead = _("Yang belum direncanakan dan belum dikirim dapat dikurangi.")

    allocation = AllocationChoice(
        Allocation.objects.none(), label=_("Dari bagian mana"), required=False,
        empty_label=_("yang belum dialokasikan dulu, lalu yang terbaru"),
        error_messages={"invalid_choice": _("Bagian itu sudah dilepaskan atau bukan dari ikrar ini.")},
    )  # fmt: skip
    quantity = AmountField(label=_("Dikurangi sebanyak"))
    field_order = ("allocation", "quantity", "reason")

    def prepare(self) -> None:
        live = self.commitment.allocations.live().select_related(
            "need__aid_type", "need__region", "need__site"
        )
        self.fields["allocation"].queryset = live  # type: ignore[attr-defined]
        self.number("quantity")

    def act(self) -> None:
        data = self.cleaned_data
        actions.reduce(
            commitment=self.commitment, by=self.user, quantity=data["quantity"], reason=data["reason"],
            allocation=data["allocation"],
        )  # fmt: skip


class RestoreForm(VerbForm):
    verb = "restore"
    lead = _("Ikrar menunggu jawaban lagi. Jumlahnya ditahan kalau kebutuhannya masih ada tempat.")

    def act(self) -> None:
        actions.restore(commitment=self.commitment, by=self.user)


class AllocateForm(VerbForm):
    verb = "allocate"
    lead = _(
        "Kebutuhan dengan bentuk bantuan yang sama di wilayah kerja Anda, yang paling kurang lebih dulu."
    )

    need = NeedChoice(
        Need.objects.none(), label=_("Untuk kebutuhan"), empty_label=_("Pilih kebutuhan"),
        error_messages={"required": _("Pilih kebutuhannya."),
                        "invalid_choice": _("Kebutuhan itu sudah penuh, tertutup, atau di luar wilayah Anda.")},
    )  # fmt: skip
    quantity = AmountField(label=_("Jumlah"))

    def prepare(self) -> None:
        self.fields["need"].queryset = needs_to_allocate(self.commitment, self.user)  # type: ignore[attr-defined]
        self.initial.setdefault("quantity", max(self.commitment.unallocated, 1))
        self.number("quantity")

    def act(self) -> None:
        data = self.cleaned_data
        actions.allocate(
            commitment=self.commitment, by=self.user, need=data["need"], quantity=data["quantity"]
        )


class ReleaseForm(ReasonForm):
    verb = "release"
    lead = _("Yang dilepaskan terbuka lagi di kebutuhannya, dan menjadi sisa ikrar yang dapat dialokasikan.")

    allocation = AllocationChoice(
        Allocation.objects.none(), label=_("Dari kebutuhan"), empty_label=_("Pilih alokasi"),
        error_messages={"required": _("Pilih alokasinya."),
                        "invalid_choice": _("Alokasi itu sudah dilepaskan atau bukan dari ikrar ini.")},
    )  # fmt: skip
    quantity = AmountField(
        label=_("Jumlah"),
        required=False,
        help_text=_("Kosongkan untuk melepaskan semua yang belum direncanakan."),
    )
    field_order = ("allocation", "quantity", "reason")

    def prepare(self) -> None:
        live = self.commitment.allocations.live().select_related(
            "need__aid_type", "need__region", "need__site"
        )
        self.fields["allocation"].queryset = live  # type: ignore[attr-defined]
        if len(live) == 1:
            self.initial.setdefault("allocation", live[0].pk)
        self.number("quantity")

    def act(self) -> None:
        data = self.cleaned_data
        actions.release(
            allocation=data["allocation"], by=self.user, reason=data["reason"], quantity=data["quantity"]
        )


class EntrustForm(VerbForm):
    verb = "entrust"
    lead = _("Pelaksana merencanakan pengiriman dan membawa bantuan sampai ke penerima.")

    executor = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Pelaksana"), empty_label=_("Pilih pelaksana"),
        error_messages={"required": _("Pilih pelaksananya."),
                        "invalid_choice": _("Organisasi itu tidak terdaftar sebagai pelaksana.")},
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["executor"].queryset = executors_for(self.commitment)  # type: ignore[attr-defined]
        self.initial.setdefault("executor", self.commitment.executor_id)

    def act(self) -> None:
        actions.entrust(commitment=self.commitment, by=self.user, executor=self.cleaned_data["executor"])


def day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class FundForm(VerbForm):
    verb = "fund"
    lead = _("Uang yang sudah masuk ke rekening agregator untuk ikrar ini.")

    amount = AmountField(label=_("Jumlah rupiah"))
    received_on = day(_("Diterima tanggal"))
    reference = forms.CharField(label=_("Nomor bukti"), max_length=100, required=False)

    def prepare(self) -> None:
        self.number("amount", "rupiah")
        value = self.commitment.value
        if value and value > self.commitment.funded:
            self.initial.setdefault("amount", value - self.commitment.funded)

    def act(self) -> None:
        data = self.cleaned_data
        actions.fund(
            commitment=self.commitment, by=self.user, amount=data["amount"], received_on=data["received_on"],
            reference=data["reference"],
        )  # fmt: skip


class ConvertForm(VerbForm):
    verb = "convert"

    quantity = AmountField(label=_("Jumlah yang dibeli"))
    unit_price = AmountField(label=_("Harga satu satuan"))
    cost = ZeroField(
        label=_("Biaya pengumpulan"), initial=0, required=False,
        help_text=_("Paling banyak 10% dari uang yang dipakai."),
    )  # fmt: skip
    converted_on = day(_("Tanggal belanja"))

    @property
    def rest(self) -> str:
        """What is left to spend, in rupiah."""
        return rupiah(self.commitment.funded - self.commitment.spent)

    def prepare(self) -> None:
        left = self.commitment.live - self.commitment.converted
        self.number("quantity")
        for name in ("unit_price", "cost"):
            self.number(name, "rupiah")
        self.initial.setdefault("quantity", max(left, 1))
        self.initial.setdefault("unit_price", self.commitment.unit_value)
        self.fields["quantity"].help_text = gettext("Dana yang diterima dan belum dipakai: %(rest)s.") % {
            "rest": self.rest
        }

    def clean_converted_on(self) -> Any:
        chosen = self.cleaned_data["converted_on"]
        if chosen > clock.today():
            raise forms.ValidationError(gettext("Tanggal belanja belum sampai."))
        return chosen

    def act(self) -> None:
        data = self.cleaned_data
        actions.convert(
            commitment=self.commitment, by=self.user, quantity=data["quantity"],
            unit_price=data["unit_price"], cost=data["cost"] or 0, converted_on=data["converted_on"],
        )  # fmt: skip


FORMS: dict[str, type[VerbForm]] = {
    form.verb: form
    for form in (
        ContactForm, AcceptForm, DeclineForm, AllocateForm, ReleaseForm, EntrustForm, FundForm, ConvertForm,
        ReduceForm, CancelForm, LapseForm, RestoreForm, CloseShortForm, RescheduleForm, RerouteForm, NameForm, NoteForm,
    )
}  # fmt: skip
