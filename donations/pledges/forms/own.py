"""Search and filter of one's own pledges."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from donations.pledges.models import Pledge
from donations.pledges.states import COMMITMENT_STATE_LABELS
from regions.models import Region


class PledgeFilter(forms.Form):
    """`cari`: a pledge's or a commitment's number, an aid type or a place; `keadaan`: the state of a commitment."""

    cari = forms.CharField(
        label=_("Cari nomor, bantuan, atau tempat"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("semua")),
            *((state.value, label) for state, label in COMMITMENT_STATE_LABELS.items()),
        ],
    )

    @property
    def is_asked(self) -> bool:
        """Whether anything is searched or filtered, so that an empty list says so."""
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return any(data.values())

    def apply(self, rows: QuerySet[Pledge]) -> QuerySet[Pledge]:
        data = self.cleaned_data
        if data["keadaan"]:
            rows = rows.filter(commitments__state=data["keadaan"])
        text = data["cari"].strip()
        if text:
            rows = rows.filter(self._found(text))
        return rows.distinct()

    def _found(self, text: str) -> Q:
        number = re.fullmatch(r"(?:(IK|KM)-?)?0*(\d{1,12})", text, flags=re.IGNORECASE)
        if number:
            kind, digits = (number[1] or "").upper(), int(number[2])
            own, inner = Q(pk=digits), Q(commitments__pk=digits)
            return own if kind == "IK" else inner if kind == "KM" else own | inner
        places = Region.objects.search(text).order_by().values("pk")
        return (
            Q(commitments__aid_type__name__icontains=text)
            | Q(commitments__aid_type__name_en__icontains=text)
            | Q(commitments__program__name__icontains=text)
            | Q(commitments__site__name__icontains=text)
            | Q(commitments__region__in=places)
            | Q(collaborator__name__icontains=text)
        )
