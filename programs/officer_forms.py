"""What an officer writes of a need: the target, and its revision."""

import uuid
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.acting import SeenForm
from accounts.models import User
from accounts.once import last_move
from accounts.roles import Permission
from accounts.scope import Place, Scope
from programs.models import AidType, Need, PeopleKind, Priority
from programs.models.programs import ProgramState
from programs.queries.recipients import Recipient, named, suggestions
from regions.amounts import AmountField
from regions.notation import number, rupiah

WRITE_THIS = {"required": _("Bagian ini belum diisi.")}


def aid_types_for(user: User) -> list[AidType]:
    """Aid types in use of programs under way for which this person may draft needs somewhere."""
    grants = Scope.of(user).with_permission(Permission.NEED_DRAFT)
    found = AidType.objects.filter(
        is_active=True, program__state__in=(ProgramState.RUNNING, ProgramState.PLANNED)
    )
    if not any(grant.program == "" for grant in grants):
        found = found.filter(program__in=[grant.program for grant in grants])
    return list(found.select_related("program").order_by("program__position", "program_id", "position", "pk"))


class TargetFields(forms.Form):
    """What a draft and a revision have in common."""

    target = AmountField(label=_("Target"), help_text=_("Berapa satuan yang dibutuhkan seluruhnya."))
    people = AmountField(
        label=_("Untuk berapa"),
        max_value=20_000_000,
        error_messages={"max_value": _("Lebih banyak daripada penduduk Jakarta. Periksa angkanya.")},
    )
    reason = forms.CharField(
        label=_("Mengapa di sini"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu dua kalimat untuk umum, tanpa nama orang."), error_messages=WRITE_THIS,
    )  # fmt: skip
    priority = forms.TypedChoiceField(
        label=_("Prioritas"), choices=Priority, coerce=int, initial=Priority.NORMAL, widget=forms.RadioSelect
    )
    deadline = forms.DateField(
        label=_("Diharapkan tiba sebelum"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Pilih tanggalnya."),
            "invalid": _("Tulis tanggalnya, misalnya 2026-12-31."),
        },
    )
    handover_place = forms.CharField(
        label=_("Tempat serah terima"), max_length=200, required=False,
        help_text=_("Misalnya balai warga atau pos RW."),
    )  # fmt: skip

    def clean_deadline(self) -> Any:
        day = self.cleaned_data["deadline"]
        if day < clock.today() and "deadline" in self.changed_data:
            raise forms.ValidationError(
                gettext("Batas waktunya sudah lewat. Pilih tanggal mulai hari ini."), code="past"
            )
        return day


class NeedForm(TargetFields):
    """A draft: an aid type of a program, for one RW or site of one's own area."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    aid_type = forms.TypedChoiceField(
        label=_("Program dan bentuk bantuan"), coerce=int,
        error_messages={"required": _("Pilih bentuk bantuannya.")},
    )  # fmt: skip
    recipient = forms.CharField(
        label=_("Penerima"), max_length=250,
        help_text=_("RW atau lembaga di wilayah kerja Anda. Ketik nama atau kodenya, lalu pilih."),
        error_messages={"required": _("Tulis RW atau lembaga penerimanya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "penerima"}),
    )  # fmt: skip
    people_kind = forms.ChoiceField(label=_("Siapa"), choices=PeopleKind)
    unit_value = AmountField(
        label=_("Nilai satu satuan"), required=False,
        help_text=_("Dalam rupiah. Kosongkan untuk memakai nilai acuan."),
    )  # fmt: skip
    field_order = (
        "key", "aid_type", "recipient", "target", "people", "people_kind", "unit_value", "reason", "priority",
        "deadline", "handover_place",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, need: Need | None = None, **kwargs: Any) -> None:
        self.user, self.need = user, need
        initial = {
            "key": uuid.uuid4(),
            **(_written(need) if need else {}),
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.aid_types = {aid.pk: aid for aid in aid_types_for(user)}
        if need and need.aid_type_id not in self.aid_types:
            self.aid_types[need.aid_type_id] = need.aid_type
        groups = groupby(self.aid_types.values(), key=lambda aid: aid.program)
        self.fields["aid_type"].choices = [("", gettext("Pilih"))] + [  # type: ignore[attr-defined]
            (program.title, [(aid.pk, f"{aid.title} ({aid.unit_name})") for aid in aids])
            for program, aids in groups
        ]
        self.matches: list[Recipient] = []

    @property
    def chosen_aid(self) -> AidType | None:
        """The aid type that stands in the form now, for the box that says what it is."""
        value = str(self["aid_type"].value() or "")
        return self.aid_types.get(int(value)) if value.isdecimal() and len(value) < 16 else None

    def clean_recipient(self) -> Recipient:
        # What was chosen among several that fit counts before the text that they fit.
        text = str(self.data.get("pilihan") or self.cleaned_data["recipient"]).strip()
        found = named(text)
        if found is None:
            self.matches = suggestions(self.user, text)
            exact = [
                one
                for one in self.matches
                if text.casefold() in (_name(one).casefold(), one.written.casefold())
            ]
            if len(exact) == 1 or len(self.matches) == 1:
                found = (exact or self.matches)[0]
                self.matches = []
        if found is None and self.matches:
            raise forms.ValidationError(
                gettext("Ada %(n)s yang cocok. Pilih salah satu di bawah."), params={"n": len(self.matches)},
                code="several",
            )  # fmt: skip
        if found is None:
            raise forms.ValidationError(
                gettext("Tidak ada RW atau lembaga dengan nama itu di wilayah kerja Anda."), code="unknown"
            )
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        recipient, aid = data.get("recipient"), self.aid_types.get(data.get("aid_type") or 0)
        if recipient and not self._covers(recipient, aid):
            self.add_error("recipient", forms.ValidationError(
                gettext("%(name)s di luar wilayah kerja Anda.") % {"name": _name(recipient)}, code="out_of_area",
            ))  # fmt: skip
        return data

    def _covers(self, recipient: Recipient, aid: AidType | None) -> bool:
        site = recipient.site.pk if recipient.site else None
        place = Place(region=recipient.region.pk, site=site, program=aid.program_id if aid else None)
        return Scope.of(self.user).covers(Permission.NEED_DRAFT, place)

    def draft_fields(self) -> dict[str, Any]:
        """What `draft` and `edit` want, out of a valid form."""
        data = self.cleaned_data
        recipient, aid = data["recipient"], self.aid_types[data["aid_type"]]
        kept = ("target", "people", "people_kind", "reason", "priority", "deadline", "handover_place")
        return {
            "program": aid.program,
            "aid_type": aid,
            "region": recipient.region,
            "site": recipient.site,
            "unit_value": data["unit_value"] or aid.guide_value,
            **{name: data[name] for name in kept},
        }


def _name(recipient: Recipient) -> str:
    return recipient.site.name if recipient.site else recipient.region.full_name


def _written(need: Need) -> dict[str, Any]:
    """A need as the form's first values."""
    names = (
        "target",
        "people",
        "people_kind",
        "unit_value",
        "reason",
        "priority",
        "deadline",
        "handover_place",
    )
    return {
        "aid_type": need.aid_type_id,
        "recipient": Recipient(need.region, need.site).written,
        **{name: getattr(need, name) for name in names},
    }


class ReviseForm(SeenForm, TargetFields):
    """A change of a published need, and why."""

    why = forms.CharField(
        label=_("Alasan perubahan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, subject=need, initial=_written(need), **kwargs)
        self.need = need
        self.fields["target"].help_text = gettext(
            "Tidak di bawah %(floor)s yang sudah ditahan atau dialokasikan."
        ) % {"floor": number(need.held + need.reserved)}
        self.fields["target"].widget.attrs["data-unit"] = need.aid_type.unit_name
        self.fields["people"].label = f"{gettext('Untuk berapa')} ({need.get_people_kind_display()})"

    def changes(self) -> dict[str, Any]:
        """What is different from the need as it stands, out of a valid form."""
        names = ("target", "people", "reason", "priority", "deadline", "handover_place")
        return {
            name: self.cleaned_data[name]
            for name in names
            if self.cleaned_data[name] != getattr(self.need, name)
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # Something newer than what was seen: this form may have come already, which is asked when it is performed.
        overtaken = (data.get("seen") or last_move(self.need)) != last_move(self.need)
        if not self.errors and not overtaken and not self.changes():
            raise forms.ValidationError(gettext("Belum ada yang berubah."), code="nothing")
        return data


class NeedVerbForm(forms.Form):
    """A reason, where the verb needs one."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["reason"]


def guide_text(aid: AidType) -> str:
    """ "Rp200.000 satu paket", or that there is none."""
    if aid.guide_value is None:
        return gettext("tanpa nilai acuan")
    return gettext("%(value)s satu %(unit)s") % {"value": rupiah(aid.guide_value), "unit": aid.unit_name}
