"""For whom it was: counts by kind, and the list where the form of aid asks for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from donations.handovers.checks import tell_page
from donations.handovers.forms import PhotosInput
from donations.handovers.models import Handover, HandoverLine
from programs.models import PeopleKind
from regions.amounts import CountField

# Asked of every report, besides what its needs count.
ALWAYS = (PeopleKind.FAMILIES, PeopleKind.RESIDENTS)
MOST = 20_000_000
TOO_FEW = _("Lebih sedikit daripada keluarganya. Hitung orangnya.")
NO_LIST = _("Bentuk bantuan ini meminta daftar penerima. Lampirkan daftarnya.")


class RecipientsForm(forms.Form):
    """How many received it; empty where it is not handed out yet. Never who."""

    # A script keeps files by itself and leaves their field empty.
    use_required_attribute = False

    lists = forms.FileField(
        label=_("Daftar penerima"), required=False,
        widget=PhotosInput(attrs={"accept": ".csv,.xlsx,image/jpeg,image/png,image/webp,image/heic,application/pdf"}),
        help_text=_("CSV, XLSX, foto, atau PDF, paling besar 15 MB. Disandikan, hanya dibuka asesor yang memeriksa, "
                    "setiap pembukaan dicatat, dan dihapus setelah waktunya. Jangan tulis nomor KTP."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, handover: Handover, lines: Sequence[HandoverLine], needs_list: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(handover.recipients.values_list("kind", "count"))
        self.expected: dict[str, int] = {}
        for need in {line.delivery_line.allocation.need for line in lines}:
            self.expected[need.people_kind] = self.expected.get(need.people_kind, 0) + need.people
        self.kinds = [kind.value for kind in PeopleKind if kind in ALWAYS or kind.value in self.expected]
        self.kinds.sort(key=lambda kind: kind not in self.expected)
        for kind in self.kinds:
            label = _("Berapa %(kind)s") % {"kind": PeopleKind(kind).label}
            self.fields[kind] = CountField(label=label, required=False)
            self.initial[kind] = kept.get(kind)
        tell_page(self.fields[PeopleKind.RESIDENTS], "least", PeopleKind.FAMILIES.value, TOO_FEW)
        if not needs_list:
            del self.fields["lists"]
        elif not handover.recipient_lists.exists():
            self.fields["lists"].widget.attrs["data-needed"] = NO_LIST
        self.order_fields([*self.kinds, "lists"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in self.kinds:
            if (cleaned.get(kind) or 0) > MOST:
                self.add_error(kind, _now("Lebih dari penduduk Jakarta. Periksa angkanya."))
        families, residents = (cleaned.get(kind) for kind in ALWAYS)
        if families and residents is not None and residents < families:
            self.add_error(PeopleKind.RESIDENTS, TOO_FEW)
        return cleaned

    @property
    def counts(self) -> dict[str, int | None]:
        """Only of a valid form."""
        return {kind: self.cleaned_data[kind] for kind in self.kinds}
