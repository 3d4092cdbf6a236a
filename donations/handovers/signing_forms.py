"""How a report is signed: with fingers, on a sheet that is photographed, or on the printed document."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from donations.handovers import strokes
from donations.handovers.checks import tell_page
from donations.handovers.forms import PhotosInput
from donations.handovers.models import Handover, HandoverSignature, Signing
from donations.handovers.naming import Goods
from donations.handovers.writing import Drawn

Role = HandoverSignature.Role
UNNAMED = _("Tulis nama yang menyerahkan dan menandatangani.")
HOW = (
    (Signing.DRAWN, _("Di layar telepon ini, dengan jari")),
    (Signing.SHEET, _("Di kertas; lembarnya difoto atau dipindai")),
    (Signing.PAPER, _("Nanti, di dokumen yang dicetak")),
)


class StrokesField(forms.CharField):
    """A signature as the page sends it; empty where nobody drew."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, strip=True)

    def clean(self, value: Any) -> strokes.Strokes:
        return strokes.read(super().clean(value))


class SigningForm(forms.Form):
    """One way for all parties; whoever did not draw signs the printed document."""

    how = forms.ChoiceField(
        label=_("Bagaimana ditandatangani?"), choices=HOW, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih cara menandatanganinya.")},
    )  # fmt: skip
    receiver = StrokesField()
    deliverer = StrokesField()
    deliverer_name = forms.CharField(
        label=_("Nama yang menyerahkan"), max_length=150, required=False,
    )  # fmt: skip
    witness = StrokesField()
    sheets = forms.FileField(
        label=_("Lembar yang ditandatangani"), required=False,
        error_messages={"required": _("Tambahkan paling sedikit satu foto lembarnya.")},
        widget=PhotosInput(attrs={
            "accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf", "data-longest": "2200",
        }),
        help_text=_("JPEG, PNG, WebP, HEIC, atau PDF, paling besar 15 MB. Seluruh lembar terlihat, di tempat terang."),
    )  # fmt: skip

    def __init__(self, *args: Any, handover: Handover, say: Goods, **kwargs: Any) -> None:
        self.kept = {row.role: row for row in handover.signatures.all()}
        deliverer = self.kept.get(Role.DELIVERER)
        kwargs["initial"] = {
            "how": handover.signing or Signing.PAPER,
            "deliverer_name": deliverer.name if deliverer else "",
            **{role: compact(row.strokes) for role, row in self.kept.items()},
        }
        super().__init__(*args, **kwargs)
        self.fields["deliverer_name"].help_text = say.deliverer
        # A witness may be named already on a phone that has not sent it: the field is there for everybody.
        self.has_witness = bool(handover.witness_name)
        tell_page(self.fields["deliverer_name"], "with", Role.DELIVERER.value, UNNAMED)
        self.fields[Role.RECEIVER].widget.attrs["data-needed"] = _("Yang menerima belum menandatangani.")
        if not handover.sheets.all():
            self.fields["sheets"].widget.attrs["data-needed"] = self.fields["sheets"].error_messages[
                "required"
            ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_witness:
            self.errors.pop(Role.WITNESS, None)
            cleaned[Role.WITNESS] = []
        if cleaned.get("how") != Signing.DRAWN:
            # What was drawn before another way was chosen is nobody's signature.
            for role in Role:
                self.errors.pop(role, None)
            return cleaned
        if not cleaned.get(Role.RECEIVER) and Role.RECEIVER not in self.errors:
            self.add_error(Role.RECEIVER, _now("Yang menerima belum menandatangani."))
        if cleaned.get(Role.DELIVERER) and not (cleaned.get("deliverer_name") or "").strip():
            self.add_error("deliverer_name", UNNAMED)
        return cleaned

    @property
    def drawn(self) -> dict[str, Drawn]:
        """Only of a valid form."""
        name = (self.cleaned_data.get("deliverer_name") or "").strip()
        return {
            role.value: Drawn(self.cleaned_data.get(role.value) or [], name if role == Role.DELIVERER else "")
            for role in Role
        }


def compact(drawn: strokes.Strokes) -> str:
    """As a page sends it."""
    return str(drawn).replace(" ", "")
