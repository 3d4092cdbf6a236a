"""What officers write when an offer becomes a need, or goes to one that is there already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.pledges import actions
from donations.pledges.forms.officers import FORMS as ON_COMMITMENTS
from donations.pledges.forms.verbs import NeedChoice, ReasonForm, VerbForm
from donations.pledges.queries_officers import needs_to_allocate
from programs.models import Need, PeopleKind
from programs.officer_forms import TargetFields
from regions.codes import Level
from regions.models import Region


class FoundNeedForm(VerbForm, TargetFields):
    """A need like any other, at the place that was offered to."""

    verb = "found_need"
    lead = _("Kebutuhannya langsung terbit, dan tawaran ini menjadi pemberian pertama yang diterima.")

    rw = forms.ModelChoiceField(
        Region.objects.none(), label=_("RW penerima"), empty_label=_("Pilih RW"),
        error_messages={"required": _("Pilih RW penerimanya.")},
    )  # fmt: skip
    people_kind = forms.ChoiceField(label=_("Siapa"), choices=PeopleKind)
    field_order = (
        "rw",
        "target",
        "people",
        "people_kind",
        "reason",
        "priority",
        "deadline",
        "handover_place",
    )

    def prepare(self) -> None:
        place = self.commitment.region
        if self.commitment.site_id or place.level == Level.RW:
            del self.fields["rw"]
        else:
            rws = Region.objects.current().at_level(Level.RW).within(place.code).order_by("code")
            self.fields["rw"].queryset = rws  # type: ignore[attr-defined]
        self.initial.setdefault("target", self.commitment.live)
        self.number("target")

    def act(self) -> None:
        data = self.cleaned_data
        kept = ("target", "people", "people_kind", "reason", "priority", "deadline", "handover_place")
        fields: dict[str, Any] = {name: data[name] for name in kept}
        if data.get("rw"):
            fields["region"] = data["rw"]
        actions.found_need(commitment=self.commitment, by=self.user, **fields)


class RedirectForm(ReasonForm):
    verb = "redirect"
    lead = _("Bicarakan dulu dengan kolaborator. Jumlahnya ditahan di kebutuhan itu sampai ikrarnya dijawab.")

    need = NeedChoice(
        Need.objects.none(), label=_("Untuk kebutuhan"), empty_label=_("Pilih kebutuhan"),
        error_messages={"required": _("Pilih kebutuhannya."),
                        "invalid_choice": _("Kebutuhan itu sudah penuh, tertutup, atau di luar wilayah Anda.")},
    )  # fmt: skip
    field_order = ("need", "reason")

    def prepare(self) -> None:
        self.fields["need"].queryset = needs_to_allocate(self.commitment, self.user)  # type: ignore[attr-defined]

    def act(self) -> None:
        data = self.cleaned_data
        actions.redirect_offer(
            commitment=self.commitment, by=self.user, need=data["need"], reason=data["reason"]
        )


FORMS: dict[str, type[VerbForm]] = {
    **ON_COMMITMENTS,
    FoundNeedForm.verb: FoundNeedForm,
    RedirectForm.verb: RedirectForm,
}
