"""Search, filter and order of one's own commitments."""

import re
from typing import Any

from django import forms
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from donations.pledges.models.commitments import CommitmentQuerySet
from donations.pledges.states import COMMITMENT_STATE_LABELS
from programs.models import Program
from regions.models import Region

WORTH = Coalesce(
    ExpressionWrapper((F("quantity") - F("cancelled")) * F("unit_value"), output_field=BigIntegerField()), 0
)
ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "": (_("terbaru"), ("-pk",)),
    "lama": (_("terlama"), ("pk",)),
    "nilai": (_("nilai terbesar"), (WORTH.desc(), "-pk")),
    "jadwal": (_("rencana kirim terdekat"), (F("schedule").asc(nulls_last=True), "-pk")),
}


class CommitmentFilter(forms.Form):
    """`cari`: a pledge's or a commitment's number, an aid type or a place; the others choose from lists."""

    cari = forms.CharField(
        label=_("Cari nomor, bantuan, atau tempat"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False,
        choices=[("", _("semua")), *((state.value, label) for state, label in COMMITMENT_STATE_LABELS.items())],
    )  # fmt: skip
    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Program"), required=False, empty_label=_("semua")
    )
    tahun = forms.TypedChoiceField(label=_("Tahun"), required=False, coerce=int, empty_value=None)
    urut = forms.ChoiceField(
        label=_("Urut"), required=False, choices=[(name, label) for name, (label, _by) in ORDERS.items()]
    )

    def __init__(self, data: Any, *, years: list[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("semua")), *((str(year), str(year)) for year in years)]
        self.fields["tahun"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_asked(self) -> bool:
        """Whether anything is searched or filtered, so that an empty list says so."""
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return any(value for name, value in data.items() if name != "urut")

    def apply(self, rows: CommitmentQuerySet) -> CommitmentQuerySet:
        """What is not understood is left out of account, and said beside its field."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("keadaan"):
            rows = rows.filter(state=data["keadaan"])
        if data.get("program"):
            rows = rows.filter(program=data["program"])
        if data.get("tahun"):
            rows = rows.filter(pledge__submitted_at__year=data["tahun"])
        text = (data.get("cari") or "").strip()
        if text:
            rows = rows.filter(self._found(text))
        _label, by = ORDERS.get(data.get("urut") or "", ORDERS[""])
        return rows.order_by(*by)

    def _found(self, text: str) -> Q:
        number = re.fullmatch(r"(?:(IK|KM)-?)?0*(\d{1,12})", text, flags=re.IGNORECASE)
        if number:
            kind, digits = (number[1] or "").upper(), int(number[2])
            pledge, own = Q(pledge=digits), Q(pk=digits)
            return pledge if kind == "IK" else own if kind == "KM" else own | pledge
        places = Region.objects.search(text).order_by().values("pk")
        return (
            Q(aid_type__name__icontains=text)
            | Q(aid_type__name_en__icontains=text)
            | Q(program__name__icontains=text)
            | Q(site__name__icontains=text)
            | Q(region__in=places)
            | Q(pledge__collaborator__name__icontains=text)
        )
