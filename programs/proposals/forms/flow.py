"""Proposing, one question a page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import photos
from accounts.errors import Refused
from accounts.models import CollaboratorKind, Organisation, User
from accounts.naming import one_line
from accounts.roles import ORGANISATION_ROLES
from accounts.scope import Scope
from programs.models import Program
from programs.proposals.models import Proposal, ProposalDraft
from programs.proposals.personal import borrows_office, refuse_office, refuse_personal
from regions.codes import Level
from regions.models import Region
from regions.queries import called

NEW_PROGRAM = ""
OWN_NAME = "nama"
NAME_NEEDED = _("Tulis nama yang boleh dibaca semua orang, misalnya “Warga Tebet”.")


def public_text(form: forms.Form, *names: str) -> None:
    """Say beside each of these fields what may not stand in a public text."""
    for name in names:
        try:
            refuse_personal(form.cleaned_data.get(name) or "", name)
        except Refused as refused:
            form.add_error(name, refused)


def program_choices(*first: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [*first, *((program.code, program.title) for program in Program.objects.all())]


class IdeaForm(forms.Form):
    """What, where and in which program: enough to look for similar ones."""

    title = forms.CharField(
        label=_("Apa yang Anda usulkan?"), min_length=8, max_length=120,
        help_text=_("Satu kalimat, misalnya: Pelatihan reparasi sepeda untuk remaja putus sekolah."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Tulis usulan Anda dalam satu kalimat."),
                        "min_length": _("Terlalu pendek. Sebutkan apa yang dikerjakan dan untuk siapa.")},
    )  # fmt: skip
    wilayah = forms.CharField(
        label=_("Di mana?"), required=False, max_length=100,
        help_text=_("Nama atau kode kelurahan, kecamatan, kota, atau RW. Kosongkan untuk seluruh Jakarta."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ChoiceField(
        label=_("Termasuk program mana?"), required=False,
        help_text=_("Pilih “program baru” kalau belum ada yang sesuai, atau kalau Anda belum tahu."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = program_choices((NEW_PROGRAM, _("program baru, atau belum tahu")))
        self.fields["program"].choices = choices  # type: ignore[attr-defined]
        self.place: Region | None = None

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if sum(letter.isalpha() for letter in title) < 6:
            raise ValidationError(_("Tulis usulan Anda dengan kata-kata."), code="words")
        return title

    def clean_wilayah(self) -> str:
        text = " ".join(self.cleaned_data["wilayah"].split())
        if text.casefold() in ("", "jakarta", "dki", "dki jakarta", "seluruh jakarta"):
            self.place = Region.objects.filter(level=Level.PROVINCE, children__isnull=False).first()
        else:
            self.place = called(text)
        if self.place is None:
            raise ValidationError(
                _("Wilayah “%(text)s” tidak ditemukan. Coba nama kelurahan, kecamatan, atau kodenya."),
                params={"text": text}, code="unknown",
            )  # fmt: skip
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        public_text(self, "title")
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        program = Program.objects.filter(code=data["program"]).first() if data["program"] else None
        return {"title": data["title"], "region": self.place, "program": program}

    @staticmethod
    def written(draft: ProposalDraft) -> dict[str, Any]:
        """A draft as the form's first values."""
        whole = draft.region.level == Level.PROVINCE
        return {
            "title": draft.title,
            "wilayah": "" if whole else f"{draft.region.full_name}",
            "program": draft.program_id or NEW_PROGRAM,
        }


class BodyForm(forms.Form):
    """What it is about, for whom, and what the proposer can bring."""

    body = forms.CharField(
        label=_("Jelaskan usulannya"), min_length=40, max_length=3000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Apa masalahnya, apa yang dikerjakan bersama, dan bagaimana kita tahu itu berhasil."),
        error_messages={"required": _("Jelaskan usulan Anda."),
                        "min_length": _("Tambah sedikit lagi: dua atau tiga kalimat.")},
    )  # fmt: skip
    for_whom = forms.CharField(
        label=_("Untuk siapa?"), max_length=200,
        help_text=_("Misalnya: 60 remaja usia 15–20 tahun di tiga RW. Tanpa nama orang."),
        error_messages={"required": _("Sebutkan siapa yang terbantu.")},
    )  # fmt: skip
    offer = forms.CharField(
        label=_("Apa yang dapat Anda bawa?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Waktu, keahlian, tempat, barang. Usulan tanpa ini pun dibaca."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        public_text(self, "body", "for_whom", "offer")
        return data

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("body", "for_whom", "offer")}

    @staticmethod
    def written(draft: ProposalDraft | Proposal) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in ("body", "for_whom", "offer")}


class EditForm(BodyForm):
    """All that may be changed before everybody reads it."""

    title = forms.CharField(label=_("Judul"), min_length=8, max_length=120)
    field_order = ("title", "body", "for_whom", "offer")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        public_text(self, "title")
        return data


def own_organisations(user: User) -> list[Organisation]:
    """The person's organisations that agreed to be named and are what they say, each once."""
    keys = Scope.of(user).organisations(*ORGANISATION_ROLES)
    named = Organisation.objects.filter(pk__in=keys, may_be_named=True, is_confirmed=True)
    return [organisation for organisation in named.order_by("name") if not borrows_office(organisation)]


class AuthorForm(forms.Form):
    """As whom something is shown: an organisation of one's own that may be named, or a chosen name."""

    sebagai = forms.ChoiceField(label=_("Ditampilkan sebagai"), widget=forms.RadioSelect, required=False)
    display_name = forms.CharField(
        label=_("Nama yang ditampilkan"), required=False, max_length=60,
        help_text=_("Nama panggilan, atau misalnya “Warga Tebet”. Surel dan telepon Anda tidak pernah tampil."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, first: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.own = {str(one.pk): one for one in own_organisations(user)}
        as_now = next(iter(self.own), OWN_NAME)
        super().__init__(*args, **{**kwargs, "initial": {"sebagai": as_now, **(first or {})}})
        if self.own:
            self.fields["sebagai"].choices = [  # type: ignore[attr-defined]
                *((key, one.name) for key, one in self.own.items()),
                (OWN_NAME, gettext("nama yang saya tulis di bawah")),
            ]
            self.fields["sebagai"].required = True
            self.fields["sebagai"].error_messages["required"] = _("Pilih salah satu.")
        else:
            del self.fields["sebagai"]
            self.fields["display_name"].required = True
            self.fields["display_name"].error_messages["required"] = NAME_NEEDED

    @property
    def organisation(self) -> Organisation | None:
        return self.own.get(self.cleaned_data.get("sebagai") or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = one_line(data.get("display_name") or "")
        data["display_name"] = name
        if self.organisation is not None:
            data["display_name"] = ""
        elif "display_name" not in self.errors and sum(letter.isalpha() for letter in name) < 3:
            self.add_error("display_name", ValidationError(
                NAME_NEEDED, code="name",
            ))  # fmt: skip
        public_text(self, "display_name")
        self._refuse_names_of_others(data.get("display_name") or "")
        return data

    def _refuse_names_of_others(self, name: str) -> None:
        """Offices and organisations are shown by their own name, and by nobody else's choice."""
        try:
            refuse_office(name)
        except Refused as refused:
            self.add_error("display_name", refused)
        # Only of those who are named in public anyway: a refusal must not tell who else has an account.
        named = Q(may_be_named=True, is_confirmed=True) & ~Q(collaborator_kind=CollaboratorKind.INDIVIDUAL)
        known = Organisation.objects.filter(named | Q(is_agency=True))
        if name and known.filter(name__iexact=name).exists():
            self.add_error("display_name", ValidationError(
                _("Nama ini tampil sebagai nama kolaborator. Pilih nama lain, atau pilih organisasi Anda."),
                code="organisation",
            ))  # fmt: skip

    def author(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "display_name": self.cleaned_data["display_name"]}


class NameForm(AuthorForm):
    """The name, and a picture for those who have one."""

    picture = forms.FileField(
        label=_("Gambar"), required=False,
        help_text=_("JPEG, PNG, atau WebP; paling besar 15 MB. Tanpa wajah warga dan tanpa data pribadi."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    picture_text = forms.CharField(
        label=_("Apa yang terlihat di gambar?"), required=False, max_length=150,
        help_text=_("Untuk yang tidak dapat melihatnya."),
    )  # fmt: skip
    drop = forms.BooleanField(label=_("Hapus gambar yang sudah terkirim"), required=False)

    def __init__(self, *args: Any, draft: ProposalDraft, **kwargs: Any) -> None:
        first: dict[str, Any] = {"picture_text": draft.picture_text, "display_name": draft.display_name}
        if draft.display_name:
            first["sebagai"] = OWN_NAME
        elif draft.organisation_id:
            first["sebagai"] = str(draft.organisation_id)
        super().__init__(*args, first=first, **kwargs)
        self.draft = draft
        if not draft.picture:
            del self.fields["drop"]

    def clean_picture(self) -> photos.Photo | None:
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return photos.clean(upload, upload.size)
        except Refused as refused:
            raise ValidationError(refused.messages[0], code=refused.code) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        shows = data.get("picture") or (self.draft.picture and not data.get("drop"))
        if shows and "picture_text" not in self.errors and not (data.get("picture_text") or "").strip():
            self.add_error("picture_text", ValidationError(_("Tulis apa yang terlihat."), code="required"))
        public_text(self, "picture_text")
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        photo = data.get("picture")
        return {
            **self.author(),
            "picture": photo.file if photo else None,
            "drop": bool(data.get("drop")),
            "picture_text": data["picture_text"],
        }


class AgreementForm(forms.Form):
    """The last step."""

    agree = forms.BooleanField(
        label=_("Saya sudah membaca aturan usulan dan memenuhinya"),
        error_messages={"required": _("Baca dan setujui aturannya dulu.")},
    )  # fmt: skip
