"""Reporting, one question a page."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.errors import Refused
from accounts.models import Organisation
from donations.misconduct import uploads
from donations.misconduct.kinds import KIND_HINTS, Kind, Post
from donations.misconduct.queries.things import about
from regions.codes import is_code
from regions.queries import called

LONGEST_TEXT = 6000


class KindForm(forms.Form):
    """What happened, in one of a few words; what it is about comes with the link that led here."""

    kind = forms.ChoiceField(
        label=_("Apa yang Anda laporkan?"), widget=forms.RadioSelect, choices=Kind.choices,
        error_messages={"required": _("Pilih yang paling dekat.")},
    )  # fmt: skip
    tentang = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, format_html("{}<span class='hint'>{}</span>", kind.label, KIND_HINTS[kind]))
            for kind in Kind
        ]

    def answers(self) -> dict[str, Any]:
        found = {"kind": self.cleaned_data["kind"]}
        name = self.cleaned_data["tentang"]
        meant = about(name) if name else None
        if meant is not None:
            found["about"] = name
            if meant.region is not None:
                found["region"] = meant.region.code
            if meant.organisation is not None:
                found["organisation"] = meant.organisation.name
        return found


class StoryForm(forms.Form):
    text = forms.CharField(
        label=_("Apa yang terjadi?"), min_length=20, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Siapa meminta atau melakukan apa, berapa banyak, dan bagaimana Anda tahu. Kalau ingin tidak dikenali, "
            "jangan tulis hal yang hanya Anda tahu."
        ),
        error_messages={
            "required": _("Ceritakan apa yang terjadi."),
            "min_length": _("Tambah sedikit lagi, supaya pemeriksa tahu harus mulai dari mana."),
        },
    )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"].replace("\x00", "")}


class WhereForm(forms.Form):
    """Where and when. The place is where the report is led to, so that it has to be known."""

    wilayah = forms.CharField(
        label=_("Di mana?"), max_length=100,
        help_text=_("RW, kelurahan, atau kecamatan; misalnya “RW 03 Tebet Timur”. Kode wilayah juga bisa."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Sebutkan tempatnya, paling sedikit kotanya.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Tempat persisnya"), required=False, max_length=200,
        help_text=_("Misalnya: pos RW, gudang di belakang masjid."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    happened_on = forms.DateField(
        label=_("Kapan?"), required=False, help_text=_("Perkiraan pun cukup."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tanggal ini tidak terbaca. Contoh: 2026-11-22")},
    )  # fmt: skip

    def clean_wilayah(self) -> str:
        text = " ".join(self.cleaned_data["wilayah"].split())
        # As the page wrote it itself: the name, and the code behind it.
        coded = re.search(r"\(([\d.]+)\)$", text)
        self.region = called(coded[1] if coded and is_code(coded[1]) else text)
        if self.region is None:
            raise ValidationError(
                _("Wilayah “%(text)s” tidak ditemukan. Coba nama kelurahan atau kecamatannya saja."),
                params={"text": text}, code="unknown",
            )  # fmt: skip
        return text

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day is not None and day > clock.today():
            raise ValidationError(_("Hari ini belum terjadi. Periksa tanggalnya."), code="future")
        if day is not None and day.year < 2020:
            raise ValidationError(_("Platform ini mencatat sejak 2020. Periksa tahunnya."), code="past")
        return day

    def answers(self) -> dict[str, Any]:
        day = self.cleaned_data["happened_on"]
        assert self.region is not None
        return {
            "region": self.region.code,
            "place": self.cleaned_data["place"],
            "happened_on": day.isoformat() if day else "",
        }


class WhoForm(forms.Form):
    """Whom it concerns. By post: they are kept from the report, whoever holds the post."""

    posts = forms.MultipleChoiceField(
        label=_("Tentang siapa?"), choices=Post.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Pilih semua yang terlibat. Laporan ini tidak akan sampai kepada mereka dan atasan mereka di wilayah itu."
        ),
        error_messages={"required": _("Pilih paling sedikit satu; “tidak tahu” juga boleh.")},
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Nama organisasinya"), required=False, max_length=200,
        help_text=_("Kalau ada organisasi yang terlibat."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Keterangan tentang orangnya"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Nama atau ciri, kalau Anda tahu dan mau menuliskannya. Hanya dibaca pemeriksa; petugas yang namanya Anda "
            "tulis lengkap tidak dapat membukanya."
        ),
    )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        name = " ".join(self.cleaned_data["organisation"].split())
        # Whether an organisation of that name is known is not told: it is looked up, and written down either way.
        found = Organisation.objects.filter(name__iexact=name).order_by("pk").first() if name else None
        return {
            "posts": self.cleaned_data["posts"], "organisation": name, "who": self.cleaned_data["who"],
            "organisation_id": found.pk if found else None,
        }  # fmt: skip


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


FILES_HELP = _(
    "JPEG, PNG, WebP, atau PDF; paling banyak 10 berkas, foto 15 MB dan PDF 10 MB. Tempat, waktu, dan nama "
    "pembuat yang tersimpan di dalam berkas dihapus."
)


class FilesField(forms.FileField):
    """Several files, each cleaned before anything is kept: a list of (kind, content)."""

    def __init__(self, **kwargs: Any) -> None:
        accept = "image/jpeg,image/png,image/webp,application/pdf"
        super().__init__(widget=ManyFiles(attrs={"accept": accept, "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:  # type: ignore[override]
        files = (
            [one for one in (data or []) if one] if isinstance(data, list | tuple) else [data] if data else []
        )
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > uploads.MOST_FILES:
            raise ValidationError(
                _("Paling banyak %(most)s berkas sekali kirim."),
                params={"most": uploads.MOST_FILES},
                code="many",
            )
        cleaned = []
        for file in files:
            try:
                cleaned.append(uploads.clean(file, file.size))
            except Refused as refused:
                raise ValidationError(
                    _("%(name)s: %(why)s"),
                    params={"name": file.name, "why": refused.messages[0]},
                    code=refused.code,
                ) from refused
        return cleaned


class EvidenceForm(forms.Form):
    bukti = FilesField(
        label=_("Foto atau dokumen"), required=False,
        help_text=FILES_HELP,
    )  # fmt: skip


class NameForm(forms.Form):
    """For who is signed in: to be known to the inspectors, or to nobody."""

    named = forms.ChoiceField(
        label=_("Dengan nama atau tanpa nama?"), widget=forms.RadioSelect,
        choices=(
            ("tidak", _("Tanpa nama. Akun Anda tidak disimpan bersama laporan ini.")),
            ("ya", _("Dengan nama, hanya untuk pemeriksa yang menangani.")),
        ),
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        return {"named": self.cleaned_data["named"] == "ya"}


class SendForm(forms.Form):
    kode = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    saved = forms.BooleanField(
        label=_("Kode ini sudah saya simpan"),
        error_messages={"required": _("Simpan dulu kodenya: foto, salin, atau tulis di kertas.")},
    )  # fmt: skip
