"""Forms of administrators for programs and aid types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import reach
from accounts.roles import Permission
from programs.catalogue import DAY, SLUG
from programs.models import AidType, Program
from regions.codes import Level
from regions.models import Region

TEXTS = ("name", "summary", "lead_agency", "facilitators", "beneficiaries", "asset_note", "plans")
PARTS = 4


class InOurWords(forms.ModelForm):  # type: ignore[type-arg]
    """What is missing or misspelt, said plainly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages["required"] = _("Isi bagian ini.")
            if name == "code":
                field.error_messages["invalid"] = _("Huruf kecil, angka, dan tanda hubung saja.")
            elif isinstance(field, forms.IntegerField):
                field.error_messages["invalid"] = _("Tulis dengan angka, misalnya 200.000.")


class ProgramForm(InOurWords):
    """Texts in both languages, Indonesian before English."""

    class Meta:
        model = Program
        fields = (*(f"{name}{end}" for name in TEXTS for end in ("", "_en")), "launched", "position", "slips")
        widgets = {
            f"{name}{end}": forms.Textarea(attrs={"rows": 3})
            for name in ("summary", "facilitators", "beneficiaries", "asset_note", "plans")
            for end in ("", "_en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slips"].required = False

    def clean_slips(self) -> int:
        return self.cleaned_data["slips"] or 0

    def clean_launched(self) -> str:
        launched: str = self.cleaned_data["launched"].strip()
        if launched and not DAY.fullmatch(launched):
            raise ValidationError(_("Tulis tahun, bulan, atau hari: 2020, 2020-04, 2020-04-29."))
        return launched


class NewProgramForm(ProgramForm):
    class Meta(ProgramForm.Meta):
        fields = ("code", "region", *ProgramForm.Meta.fields)
        help_texts = {"code": _("Untuk alamat halaman, misalnya seni-budaya. Tidak dapat diubah.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = Region.objects.current().filter(
            reach.regions(by, Permission.PROGRAM_MANAGE), level__in=(Level.PROVINCE, Level.CITY)
        )
        region.empty_label = None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not SLUG.fullmatch(code):
            raise ValidationError(_("Huruf kecil, angka, dan tanda hubung saja."))
        return code


class AidTypeForm(InOurWords):
    rows = forms.CharField(
        label=_("Isi satu satuan"),
        required=False,
        help_text=_(
            "Satu baris satu isi: nama; banyaknya; nama Inggris; banyaknya dalam Inggris. "
            "Contoh: Beras; 5 kg; Rice; 5 kg"
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field_order = (
        "code", "name", "name_en", "unit", "unit_en", "kind", "is_durable", "needs_recipient_list", "rows",
        "guide_value", "guide_source", "serves", "serves_en", "position", "is_active",
    )  # fmt: skip

    class Meta:
        model = AidType
        fields = (
            "name", "name_en", "unit", "unit_en", "kind", "is_durable", "needs_recipient_list", "guide_value",
            "guide_source", "serves", "serves_en", "position", "is_active",
        )  # fmt: skip
        localized_fields = ("guide_value",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contents = self.instance.contents if self.instance.pk else []
        self.initial["rows"] = "\n".join(map(_line, contents))

    def clean_rows(self) -> list[dict[str, str]]:
        contents = []
        for number, line in enumerate(filter(str.strip, self.cleaned_data["rows"].splitlines()), start=1):
            parts = [part.strip() for part in line.split(";")]
            if not 2 <= len(parts) <= PARTS or not all(parts[:2]):
                raise ValidationError(
                    _("Baris %(number)s: tulis nama; banyaknya."), params={"number": number}
                )
            names = ("name", "amount", "name_en", "amount_en")
            contents.append({name: part for name, part in zip(names, parts, strict=False) if part})
        return contents

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == "money" and data.get("guide_value") != 1:
            self.add_error("guide_value", _("Uang dihitung dalam rupiah: nilai acuannya 1."))
        return data

    def facts(self) -> dict[str, Any]:
        """What a valid form says about the aid type."""
        data = dict(self.cleaned_data)
        return data | {"contents": data.pop("rows")}


class NewAidTypeForm(AidTypeForm):
    class Meta(AidTypeForm.Meta):
        fields: tuple[str, ...] = ("code", *AidTypeForm.Meta.fields)  # type: ignore[assignment]
        help_texts = {"code": _("Singkat, tanpa spasi, misalnya paket-sembako. Tidak dapat diubah.")}

    clean_code = NewProgramForm.clean_code


def _line(row: dict[str, str]) -> str:
    parts = [row["name"], row["amount"], row.get("name_en", ""), row.get("amount_en", "")]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return "; ".join(parts)
