"""Appointing and inviting: a role, a place that is looked for, a program, a term."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import programs
from accounts.actions.appointments import LEVELS, Post
from accounts.models import Organisation, User
from accounts.naming import name_as_written
from accounts.phones import normalise
from accounts.queries.places import Place, find, place_of, value_of
from accounts.roles import Role
from regions.models import Region, Site

ROLE_HINTS = {
    Role.ADMINISTRATOR: _("mengurus orang, organisasi, lembaga, dan program di provinsi atau kota"),
    Role.ASSESSOR: _("menetapkan kebutuhan, menjawab ikrar, memeriksa berita acara"),
    Role.FACILITATOR: _("lurah, camat, atau kantor dinas; menyiapkan kebutuhan dan menyerahkan kode masuk"),
    Role.INSPECTOR: _(
        "memeriksa laporan penyimpangan di provinsi atau kota; ditugaskan administrator provinsi"
    ),
    Role.OVERSEER: _(
        "melihat siapa membuka laporan penyimpangan dan mana yang terlambat, tanpa membaca isinya"
    ),
    Role.OFFICIAL: _("pengurus RW atau lembaga; menerima bantuan dan melapor"),
    Role.COLLABORATOR: _("berikrar atas nama organisasi"),
    Role.AGGREGATOR: _("menerima dana atas izin PUB organisasi"),
    Role.EXECUTOR: _("mengirim bantuan atas nama organisasi"),
}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AppointmentForm(forms.Form):
    """Without a place chosen it looks for places that fit `q` and offers them; see `wants_places`."""

    role = forms.ChoiceField(
        label=_("Peran"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu peran.")},
    )
    q = forms.CharField(
        label=_("Cari tempatnya"),
        help_text=_("Nama RW, kelurahan, kota, lembaga, atau organisasi; kode wilayah juga bisa."),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Cari dan pilih dulu tempatnya.")},
    )
    place = forms.ChoiceField(
        label=_("Untuk"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Tempat ini tidak ada di wilayah kerja Anda."),
        },
    )
    program = forms.ChoiceField(label=_("Program"), required=False)
    ends = forms.DateField(
        label=_("Sampai"),
        required=False,
        help_text=_("Kosongkan kalau tidak dibatasi."),
        widget=day_input(),
        error_messages={"invalid": _("Tanggal ini tidak terbaca. Contoh: 2026-12-31")},
    )

    def __init__(self, data: Any = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by
        role, program, place = self.fields["role"], self.fields["program"], self.fields["place"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(program, forms.ChoiceField)
        assert isinstance(place, forms.ChoiceField)
        # In the reader's language, so not before there is a reader.
        role.choices = [
            (one.value, format_html("{}<span class='hint'>{}</span>", one.label, hint))
            for one, hint in ROLE_HINTS.items()
        ]
        program.choices = [("", _("semua program")), *programs.choices()]
        self.offered = self._offer()
        place.choices = [(value_of(row), _line(row)) for row in self.offered]
        if not self.offered:
            del self.fields["place"]
        elif self["place"].value():
            self.fields["q"].required = False

    def _offer(self) -> list[Place]:
        role, text, chosen = (self[name].value() or "" for name in ("role", "q", "place"))
        found: list[Place] = []
        if role in Role.__members__.values() and text:
            levels = sorted(LEVELS.get(Role(role), ()))
            found = find(self.by, Role(role), text, levels)
        kept = place_of(self.by, chosen) if chosen else None
        if kept is not None and value_of(kept) not in map(value_of, found):
            found.insert(0, kept)
        return found

    @property
    def wants_places(self) -> bool:
        """Whether this was a search only ("cari" was pressed): nothing is wrong yet, nothing is done."""
        return bool(self.data.get("cari"))

    def search_only(self) -> None:
        """Show the places that fit and nothing of what is still missing."""
        self.full_clean()
        for name in set(self.errors) - {"role"}:
            del self.errors[name]
        if not self.errors and not self.offered:
            self.add_error(
                "q", _now("Tidak ada yang cocok di wilayah kerja Anda. Coba nama lain atau kodenya.")
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "place" not in self.fields and "q" not in self.errors:
            self.add_error("q", _now("Tempat ini tidak ada di wilayah kerja Anda."))
        return data

    def post(self) -> Post:
        """What a valid form asks for."""
        data = self.cleaned_data
        place = next(row for row in self.offered if value_of(row) == data["place"])
        return Post(Role(data["role"]), place, data["program"], data["ends"])


class InvitationForm(AppointmentForm):
    name = forms.CharField(label=_("Nama"), max_length=150, error_messages={"required": _("Tulis namanya.")})
    contact = forms.CharField(
        label=_("Surel atau nomor telepon"),
        help_text=_(
            "Surel untuk semua peran. Nomor telepon hanya untuk pengurus penerima; kodenya Anda serahkan."
        ),
        max_length=254,
        error_messages={"required": _("Tulis surel atau nomor teleponnya.")},
    )
    field_order = ("name", "contact", "role", "q", "place", "program", "ends")

    def clean_name(self) -> str:
        return name_as_written(self.cleaned_data["name"])

    def clean_contact(self) -> dict[str, str]:
        text = self.cleaned_data["contact"].strip()
        if "@" in text:
            try:
                validate_email(text)
            except ValidationError as error:
                raise ValidationError(
                    _("Alamat surel ini belum lengkap. Contoh: nama@organisasi.id")
                ) from error
            return {"email": text.lower()}
        try:
            return {"phone": normalise(text)}
        except ValueError as error:
            raise ValidationError(_("Nomor ini belum lengkap. Contoh: 0812 3456 7890")) from error


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Disimpan di riwayat."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )


class TermForm(ReasonForm):
    """Until when, and why that changes."""

    ends = forms.DateField(
        label=_("Sampai"), required=False, help_text=_("Kosongkan kalau tidak dibatasi."), widget=day_input(),
        error_messages={"invalid": _("Tanggal ini tidak terbaca. Contoh: 2026-12-31")},
    )  # fmt: skip
    field_order = ("ends", "reason")


def _line(place: Place) -> Any:
    if isinstance(place, Region):
        name, under = place.full_name, f"{place.official_name} · {place.code}"
    elif isinstance(place, Site):
        name, under = place.name, f"{place.get_kind_display()} · {place.region}"
    else:
        assert isinstance(place, Organisation)
        name, under = place.name, place.get_collaborator_kind_display() or _now("organisasi")
    return format_html("{}<span class='hint'>{}</span>", name, under)
