"""The officers' lists of needs and of commitments: search, filter, order."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.pledges.models import Commitment
from donations.pledges.states import COMMITMENT_STATE_LABELS
from donations.pledges.way import with_way
from programs.models import Need, Program
from programs.states import NEED_STATE_LABELS
from regions.models import Region


class ListFilters(forms.Form):
    """All optional; what is not understood is left out of account and said beside its field."""

    q = forms.CharField(
        label=_("Cari"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("nama, wilayah, atau nomor"), "autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Program"), required=False, empty_label=_("semua program")
    )
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)
    urut = forms.ChoiceField(label=_("Urut"), required=False)

    states: dict[Any, Any] = {}
    orders: dict[str, tuple[Any, tuple[Any, ...]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, label) for state, label in self.states.items()]
        self.fields["keadaan"].choices = [("", _("semua keadaan")), *states]  # type: ignore[attr-defined]
        orders = [(name, label) for name, (label, _by) in self.orders.items()]
        self.fields["urut"].choices = orders  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("program"):
            rows = rows.filter(program=chosen["program"])
        if chosen.get("keadaan"):
            rows = rows.filter(state=chosen["keadaan"])
        if text := (chosen.get("q") or "").strip():
            rows = rows.filter(self.fits(text))
        _label, by = self.orders.get(chosen.get("urut") or "", next(iter(self.orders.values())))
        return rows.order_by(*by)

    def fits(self, text: str) -> Q:
        fits = Q(site__name__icontains=text) | Q(
            region__in=Region.objects.search(text).order_by().values("pk")
        )
        digits = text.upper().replace(" ", "").rpartition("-")[2]
        if digits.isdecimal() and len(digits) < 12:
            fits |= Q(pk=int(digits))
        return fits


class NeedFilters(ListFilters):
    states = NEED_STATE_LABELS
    orders = {
        "": (_("paling banyak kurang"), (F("gap").desc(), "deadline", "pk")),
        "batas": (_("batas waktu terdekat"), ("deadline", "pk")),
        "baru": (_("terbaru"), ("-created_at", "-pk")),
    }


class CommitmentFilters(ListFilters):
    states = COMMITMENT_STATE_LABELS
    orders = {
        "": (_("terbaru"), ("-pk",)),
        "batas": (_("batas jawaban terdekat"), (F("answer_by").asc(nulls_last=True), "pk")),
        "jumlah": (_("jumlah terbesar"), ("-quantity", "-pk")),
    }

    def fits(self, text: str) -> Q:
        return super().fits(text) | Q(pledge__collaborator__name__icontains=text)


def needs(user: User, filters: NeedFilters) -> QuerySet[Need]:
    """Needs in reach, drafts included, that fit the filters."""
    gap = F("target") - F("held") - F("reserved")
    return filters.narrow(Need.objects.visible_to(user).for_rows().annotate(gap=gap))


def commitments(rows: QuerySet[Commitment], filters: CommitmentFilters) -> QuerySet[Commitment]:
    return filters.narrow(with_way(rows.for_rows()))  # type: ignore[attr-defined]


def lagging(user: User, n: int = 8) -> list[Need]:
    """Open needs in reach of which most is missing, as a share of the target; then the larger ones."""
    share = (F("held") + F("reserved")) * 100 / F("target")
    rows = Need.objects.open().visible_to(user).for_rows().annotate(share=share)  # type: ignore[attr-defined]
    return list(rows.order_by("share", F("missing_quantity").desc(), "deadline", "pk")[:n])
