"""Forms of an organisation's own members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from accounts import photos
from accounts.actions.members import PROFILE_FIELDS, UNDER
from accounts.models import Organisation
from accounts.naming import name_as_written
from accounts.roles import STANDING_LABELS, Standing

STANDING_HINTS = {
    Standing.OWNER: _("mengatur semuanya, juga siapa pemilik dan pengelola"),
    Standing.ADMIN: _("mengundang anggota, mengubah profil, membagikan dokumen"),
    Standing.MEMBER: _("berikrar dan mengikuti bantuan"),
}


class MemberForm(forms.Form):
    """Ask somebody in."""

    name = forms.CharField(label=_("Nama"), max_length=150, error_messages={"required": _("Tulis namanya.")})
    email = forms.EmailField(
        label=_("Surel"),
        help_text=_("Tautan undangannya dikirim ke sini dan berlaku tujuh hari."),
        error_messages={
            "required": _("Tulis alamat surelnya."),
            "invalid": _("Alamat surel ini belum lengkap. Contoh: nama@organisasi.id"),
        },
    )
    standing = forms.ChoiceField(
        label=_("Sebagai"), widget=forms.RadioSelect, initial=Standing.MEMBER.value,
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip

    def __init__(self, *args: Any, mine: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.fields["standing"]
        assert isinstance(standing, forms.ChoiceField)
        standing.choices = [
            (one.value, f"{STANDING_LABELS[one]}: {STANDING_HINTS[one]}")
            for one in reversed(Standing)  # type: ignore[call-overload]
            if one in UNDER.get(mine, ())
        ]

    def clean_name(self) -> str:
        return name_as_written(self.cleaned_data["name"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an organisation says of itself, and whether everybody may read it."""

    website = forms.URLField(
        label=_("Situs"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Alamat situs ini belum lengkap. Contoh: organisasi.id")},
    )
    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "PNG, JPEG, atau WebP, paling besar 15 MB. Dibaca ulang dan dikecilkan sebelum disimpan."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    drop_logo = forms.BooleanField(label=_("Hapus logo yang sekarang"), required=False)

    class Meta:
        model = Organisation
        fields = PROFILE_FIELDS
        labels = {
            "about": _("Tentang organisasi ini"),
            "phone": _("Telepon"),
            "email": _("Surel"),
            "may_be_named": _("Namanya boleh disebut kepada umum"),
            "has_page": _("Tampilkan halaman umum"),
        }
        help_texts = {
            "about": _("Beberapa kalimat; tampil di halaman umum Anda."),
            "phone": _("Untuk petugas; tidak tampil kepada umum."),
            "email": _("Untuk petugas; tidak tampil kepada umum."),
            "may_be_named": _(
                "Berlaku untuk ikrar berikutnya. Ikrar yang sudah dikirim mengikuti pilihannya sendiri."
            ),
            "has_page": _("Berisi profil ini dan bantuan yang boleh disebut, dengan tautan ke buktinya."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 5, "maxlength": 1500})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["drop_logo"]

    def clean_new_logo(self) -> ContentFile | None:
        upload = self.cleaned_data["new_logo"]
        if not upload:
            return None
        try:
            return photos.logo(upload, upload.size)
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **{name: data[name] for name in PROFILE_FIELDS},
            "logo": data["new_logo"],
            "drop_logo": data.get("drop_logo", False),
        }
