"""Forms of deliveries. Days in the past, and quantities beyond what is free, are refused by the verbs."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.deliveries.queries import Journey
from donations.deliveries.wording import amount
from donations.pledges.models import Allocation
from programs.models import Program
from regions.amounts import AmountField, ZeroField
from regions.notation import number

SORTS = (
    ("tanggal", _("tanggal terdekat")),
    ("-tanggal", _("tanggal terjauh")),
    ("-nomor", _("terbaru dibuat")),
)


class DayInput(forms.DateInput):
    """A day as browsers send it, whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": _("Tulis tanggalnya, misalnya 25/11/2026.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"), **kwargs)


class ReasonForm(forms.Form):
    """The reason of a verb; the table of verbs says whether there must be one."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        self.fields["reason"].error_messages["required"] = _("Tuliskan alasannya.")


class MoveForm(ReasonForm):
    """Another day for a delivery."""

    planned_on = DayField(label=_("Tanggal kirim yang baru"))
    window = forms.CharField(
        label=_("Jam"), max_length=40, required=False, help_text=_("Misalnya 09.00–11.00")
    )
    field_order = ("planned_on", "window", "reason")


class SettleForm(ReasonForm):
    """What becomes of what was damaged or missing. `seen` is what had been settled when the page was made."""

    quantity = AmountField(label=_("Jumlah"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    field_order = ("quantity", "reason")


class PlanForm(forms.Form):
    """One journey: a quantity for each allocation (0 or empty: not on board), the day, and a word on it."""

    planned_on = DayField(label=_("Tanggal kirim"))
    window = forms.CharField(
        label=_("Jam"), max_length=40, required=False, help_text=_("Misalnya 09.00–11.00")
    )
    note = forms.CharField(
        label=_("Catatan untuk penerima"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: truk kecil, perlu dua orang untuk menurunkan."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4(), "planned_on": clock.today()})
        super().__init__(*args, **kwargs)
        self.journey = journey
        for allocation in journey.allocations:
            name = f"quantity_{allocation.pk}"
            self.fields[name] = _quantity_field(allocation)
            self.initial[name] = allocation.free
        self.order_fields([f"quantity_{a.pk}" for a in journey.allocations])

    @property
    def quantities(self) -> dict[Allocation, int]:
        """The allocations that go on board. Only of a valid form."""
        wanted = ((a, self.cleaned_data[f"quantity_{a.pk}"]) for a in self.journey.allocations)
        return {allocation: quantity for allocation, quantity in wanted if quantity}


def _quantity_field(allocation: Allocation) -> ZeroField:
    commitment = allocation.commitment
    return ZeroField(
        label=commitment.aid_type.title,
        required=False,
        help_text=_("%(number)s dari %(giver)s; masih bisa dikirim %(free)s")
        % {
            "number": commitment.number,
            "giver": commitment.pledge.collaborator,
            "free": amount(commitment.aid_type, allocation.free),
        },
        widget=forms.TextInput(attrs={"data-unit": commitment.aid_type.unit_name, "placeholder": number(0)}),
    )


class FilterForm(forms.Form):
    """The list's search, program and order."""

    q = forms.CharField(label=_("Cari nomor, pelaksana, atau penerima"), required=False, max_length=100)
    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Program"), required=False, empty_label=_("semua")
    )
    urut = forms.ChoiceField(label=_("Urutan"), choices=SORTS, required=False)
    lihat = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
