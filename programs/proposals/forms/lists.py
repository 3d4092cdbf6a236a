"""Filters of the lists of proposals; a wrong choice is said beside its field and left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.narrowing import name_unknown
from programs.proposals.forms.flow import program_choices
from programs.proposals.models import Proposal, ProposalQuerySet
from programs.proposals.queries import ANSWER_WORDS, ORDERS, found
from regions.models import Region
from regions.queries import called

WITHOUT_PROGRAM = "baru"
ORDER_CHOICES = (
    ("", _("terbaru")),
    ("dukungan", _("paling didukung")),
    ("tanggapan", _("paling ramai ditanggapi")),
)


class ProposalFilters(forms.Form):
    """All optional. `keadaan` is chosen by the tabs."""

    q = forms.CharField(
        label=_("Cari"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("kata dalam usulan"), "autocomplete": "off"}),
    )  # fmt: skip
    wilayah = forms.CharField(
        label=_("Wilayah"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("nama atau kode"), "autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ChoiceField(label=_("Program"), required=False)
    urut = forms.ChoiceField(label=_("Urut"), choices=ORDER_CHOICES, required=False)
    keadaan = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Region | None = None
        self.fields["program"].choices = program_choices(  # type: ignore[attr-defined]
            ("", _("semua program")), (WITHOUT_PROGRAM, _("program baru"))
        )
        name_unknown(self)

    def clean_wilayah(self) -> str:
        text = self.cleaned_data["wilayah"].strip()
        self.place = called(text) if text else None
        if text and self.place is None:
            raise forms.ValidationError(
                _("Wilayah “%(text)s” tidak ditemukan. Coba nama kelurahan, kecamatan, atau kodenya."),
                params={"text": text},
            )
        return text

    @property
    def state(self) -> str | None:
        """The state of the answer that was chosen ("" for unanswered), None for all."""
        return ANSWER_WORDS.get(self.cleaned_data.get("keadaan") or "-")

    @property
    def is_unknown(self) -> bool:
        """Whether a state was asked for that there is not."""
        return bool(self.cleaned_data.get("keadaan")) and self.state is None

    def narrowed(self, proposals: ProposalQuerySet) -> ProposalQuerySet:
        """Those that fit text, region and program: what the tabs count."""
        self.is_valid()
        chosen = self.cleaned_data
        proposals = found(proposals, chosen.get("q") or "")
        program = chosen.get("program")
        if program:
            proposals = proposals.filter(program=None if program == WITHOUT_PROGRAM else program)
        return proposals.within(self.place.code) if self.place else proposals

    def in_order(self, proposals: ProposalQuerySet) -> ProposalQuerySet:
        """Those of the chosen state, in the chosen order."""
        if self.state is not None:
            proposals = proposals.answered(self.state)
        return proposals.order_by(*ORDERS[self.cleaned_data.get("urut") or ""])

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in ("q", "wilayah", "program"))

    def public(self) -> ProposalQuerySet:
        return self.narrowed(Proposal.objects.public())
